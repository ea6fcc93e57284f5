import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Organisation } from '../../src/agency/organisation.js';
import type { SeenCredential } from '../../src/credential/credential.js';
import type { NewEvent } from '../../src/events/table.js';
import { assess, decideReview, mayForgetApplicant, requestReview } from '../../src/review/decide.js';
import { evolveReviews } from '../../src/review/state.js';
import { given, recorded } from '../../src/testing/index.js';
import { businessNumber, oid, policy, reviews, seen, uuid } from '../register/fixtures.js';

const applicant = { name: '林示範', phone: '04-22289111', extension: null };

interface Shown {
  readonly purpose?: string;
  readonly credential?: SeenCredential;
  readonly presented?: Organisation | null;
  readonly expected?: Organisation | null;
  readonly at?: string;
}

const shown = (options: Shown = {}) => ({
  purpose: 'first-registration',
  credential: seen('GCA', 1),
  presented: oid(1),
  expected: oid(2),
  at: '2026-03-02T02:00:00.000Z',
  ...options,
});

type State = typeof reviews.initial;

const requesting =
  (review: string, options: Shown = {}) =>
  (state: State) =>
    requestReview(state, policy, {
      ...shown(options),
      review,
      code: '10001',
      agencyName: '示範機關',
      applicant,
    });

const deciding = (review: string, outcome: 'approved' | 'rejected') => (state: State) =>
  decideReview(state, { review, outcome, validFrom: '2026-03-02T16:00:00.000Z', note: 'checked' });

/** The assessment of a card as a decision without events. */
const showing =
  (options: Shown = {}) =>
  (state: State) =>
    E.map((): ReadonlyArray<NewEvent> => [])(assess(state, policy, shown(options)));

const requested = given(reviews, [])
  .when(requesting(uuid(1)))
  .givesTypes('RegistrationReviewRequested');
const approved = requested.when(deciding(uuid(1), 'approved')).givesTypes('RegistrationReviewDecided');
const rejected = requested.when(deciding(uuid(1), 'rejected')).givesTypes('RegistrationReviewDecided');

// -------------------------------------------------------------------------------------
const assessing = suite('assessing a certificate');

assessing('GEPI-22: what matches the records is accepted without a review', () => {
  const answer = assess([], policy, shown({ expected: oid(1) }));
  assert.equal(answer, E.right({ organisation: oid(1), review: undefined }));
  given(reviews, [])
    .when(showing({ presented: businessNumber('04595257'), expected: businessNumber('04595257') }))
    .gives();
});

assessing('GEPI-23: another OID, another kind of number, or no record at all is a mismatch', () => {
  for (const expected of [oid(2), businessNumber('04595257'), null]) {
    given(reviews, []).when(showing({ expected })).refuses('ORGANISATION_MISMATCH');
  }
});

assessing('an OID is compared by its arcs, never by how it begins', () => {
  given(reviews, [])
    .when(showing({ presented: oid(1), expected: oid(10) }))
    .refuses('ORGANISATION_MISMATCH');
});

assessing('a certificate that names no organisation cannot be reviewed either', () => {
  given(reviews, [])
    .when(showing({ presented: null }))
    .refuses('AGENCY_IDENTITY_MISSING');
  given(reviews, [])
    .when(showing({ presented: null, expected: null }))
    .refuses('AGENCY_IDENTITY_MISSING');
  const answer = assess([], policy, shown({ presented: null }));
  assert.is(E.isLeft(answer) && answer.left.ca, 'GCA');
});

assessing('where the policy knows no review, the certificate is simply not the registered one', () => {
  given(reviews, [])
    .when(showing({ purpose: 'replace-manager' }))
    .refuses('AGENCY_CERTIFICATE_NOT_REGISTERED');
});

assessing.run();

// -------------------------------------------------------------------------------------
const asking = suite('asking for a review');

asking('GEPI-23: a mismatch goes to review with name and telephone, which are personal', () => {
  given(reviews, [])
    .when(requesting(uuid(1)))
    .gives({
      type: 'RegistrationReviewRequested',
      data: {
        review: uuid(1),
        code: '10001',
        agencyName: '示範機關',
        purpose: 'first-registration',
        credential: seen('GCA', 1),
        presented: oid(1),
        expected: oid(2),
      },
      personal: applicant,
      subject: `review.${uuid(1)}`,
    });
});

asking('GEPI-23: a certificate that matches needs no review', () => {
  given(reviews, [])
    .when(requesting(uuid(1), { expected: oid(1) }))
    .refuses('REVIEW_NOT_NEEDED');
});

asking(
  'GEPI-25: until it is decided, the same message for the certificate, and no second application',
  () => {
    requested.when(showing()).refuses('ALREADY_PENDING');
    requested.when(showing({ purpose: 'replace-both' })).refuses('ALREADY_PENDING');
    requested.when(showing({ expected: oid(3) })).refuses('ALREADY_PENDING');
    requested.when(requesting(uuid(2))).refuses('ALREADY_PENDING');
  },
);

const another: Shown = { credential: seen('GCA', 9), presented: oid(3) };

asking('GEPI-25: a review of one certificate does not hold up that of another', () => {
  requested
    .when(showing(another))
    .refuses('ORGANISATION_MISMATCH')
    .when(requesting(uuid(2), another))
    .givesTypes('RegistrationReviewRequested')
    .when(showing(another))
    .refuses('ALREADY_PENDING')
    .when(showing())
    .refuses('ALREADY_PENDING');
});

asking('as many reviews of an agency wait as the policy allows; a decision makes room', () => {
  const full = Array.from({ length: policy.review.maxPending }, (_, index) => index).reduce(
    (world, index) =>
      world
        .when(requesting(uuid(index), { credential: seen('GCA', 20 + index) }))
        .givesTypes('RegistrationReviewRequested'),
    given(reviews, []),
  );
  full.when(showing(another)).refuses('REVIEW_LIMIT_REACHED');
  full.when(requesting(uuid(99), another)).refuses('REVIEW_LIMIT_REACHED');
  full.when(showing({ credential: seen('GCA', 20) })).refuses('ALREADY_PENDING');
  full.when(showing({ ...another, expected: oid(3) })).gives();
  full
    .when(deciding(uuid(0), 'approved'))
    .givesTypes('RegistrationReviewDecided')
    .when(showing({ credential: seen('GCA', 20), at: '2026-03-03T02:00:00.000Z' }))
    .gives()
    .when(requesting(uuid(99), another))
    .givesTypes('RegistrationReviewRequested');
});

asking('GEPI-26: still so after the next business day, as long as nobody decided', () => {
  requested.when(showing({ at: '2026-05-02T02:00:00.000Z' })).refuses('ALREADY_PENDING');
});

asking('a certificate that matches is not held up by a review of another', () => {
  requested.when(showing({ credential: seen('GCA', 9), presented: oid(2) })).gives();
});

asking('a mismatch that cannot be reviewed asks in vain', () => {
  given(reviews, [])
    .when(requesting(uuid(1), { presented: null }))
    .refuses('AGENCY_IDENTITY_MISSING');
});

asking.run();

// -------------------------------------------------------------------------------------
const judging = suite('deciding a review');

judging('GEPI-24: an approval names from when it may be used; a rejection does not', () => {
  const data = { review: uuid(1) };
  requested.when(deciding(uuid(1), 'approved')).gives({
    type: 'RegistrationReviewDecided',
    data: { ...data, outcome: 'approved', validFrom: '2026-03-02T16:00:00.000Z' },
    personal: { note: 'checked' },
    subject: `review.${uuid(1)}`,
  });
  requested.when(deciding(uuid(1), 'rejected')).gives({
    type: 'RegistrationReviewDecided',
    data: { ...data, outcome: 'rejected', validFrom: null },
    personal: { note: 'checked' },
    subject: `review.${uuid(1)}`,
  });
});

judging('a review is decided once', () => {
  approved.when(deciding(uuid(1), 'rejected')).refuses('REVIEW_ALREADY_DECIDED');
  rejected.when(deciding(uuid(1), 'approved')).refuses('REVIEW_ALREADY_DECIDED');
});

judging('a review that nobody asked for cannot be decided', () => {
  given(reviews, [])
    .when(deciding(uuid(1), 'approved'))
    .refuses('REVIEW_NOT_FOUND');
});

judging(
  'GEPI-24: approved, the certificate may be used from the next business day on, to the millisecond',
  () => {
    approved.when(showing({ at: '2026-03-02T15:59:59.999Z' })).refuses('REVIEW_NOT_YET_EFFECTIVE');
    approved.when(showing({ at: '2026-03-02T16:00:00.000Z' })).gives();
    const answer = assess(approved.state, policy, shown({ at: '2026-03-02T16:00:00.000Z' }));
    assert.ok(E.isRight(answer));
    assert.is(answer.right.review?.id, uuid(1));
    assert.equal(answer.right.organisation, oid(1));
  },
);

judging('GEPI-25: nothing is asked for again while an approval waits for its day', () => {
  approved.when(requesting(uuid(2))).refuses('REVIEW_NOT_YET_EFFECTIVE');
});

judging('an approval is of one certificate, not of the next that does not match either', () => {
  approved
    .when(showing({ credential: seen('GCA', 9), at: '2026-03-03T02:00:00.000Z' }))
    .refuses('ORGANISATION_MISMATCH');
});

const nextDay = '2026-03-03T02:00:00.000Z';

const elsewhere: ReadonlyArray<readonly [string, Shown]> = [
  ['for another purpose', { purpose: 'replace-agency' }],
  ['where the records say something else by now', { expected: oid(3) }],
  ['where the records say nothing any more', { expected: null }],
  ['where the certificate is read otherwise', { presented: oid(4) }],
];

for (const [where, options] of elsewhere) {
  judging(`GEPI-50: an approval does not serve ${where}: that is another review`, () => {
    approved
      .when(showing({ ...options, at: nextDay }))
      .refuses('ORGANISATION_MISMATCH')
      .when(requesting(uuid(2), { ...options, at: nextDay }))
      .givesTypes('RegistrationReviewRequested')
      .when(showing({ at: nextDay }))
      .refuses('ALREADY_PENDING')
      .when(deciding(uuid(2), 'rejected'))
      .givesTypes('RegistrationReviewDecided')
      .when(showing({ ...options, at: nextDay }))
      .refuses('REVIEW_REJECTED')
      .when(showing({ at: nextDay }))
      .gives();
  });

  judging(`GEPI-26: nor does a rejection hold ${where}`, () => {
    rejected.when(requesting(uuid(2), options)).givesTypes('RegistrationReviewRequested');
  });
}

judging('GEPI-23: a certificate approved where no record was holds as long as there is none', () => {
  const unknown: Shown = { expected: null, at: nextDay };
  given(reviews, [])
    .when(requesting(uuid(1), unknown))
    .givesTypes('RegistrationReviewRequested')
    .when(deciding(uuid(1), 'approved'))
    .givesTypes('RegistrationReviewDecided')
    .when(showing(unknown))
    .gives()
    .when(showing({ ...unknown, expected: oid(2) }))
    .refuses('ORGANISATION_MISMATCH');
});

judging('GEPI-26: rejected, the certificate is told so and is not reviewed again', () => {
  rejected.when(showing()).refuses('REVIEW_REJECTED');
  rejected.when(requesting(uuid(2))).refuses('REVIEW_REJECTED');
});

judging('after a rejection another certificate may be applied for; the latest word on each counts', () => {
  const other: Shown = { credential: seen('GCA', 2), presented: oid(3), at: '2026-03-03T02:00:00.000Z' };
  rejected
    .when(requesting(uuid(2), other))
    .givesTypes('RegistrationReviewRequested')
    .when(deciding(uuid(2), 'approved'))
    .givesTypes('RegistrationReviewDecided')
    .when(showing(other))
    .gives()
    .when(showing())
    .refuses('REVIEW_REJECTED');
});

judging('an approval of a certificate that was rejected before counts (and the reverse)', () => {
  // Two requests for one certificate arise when the first ended otherwise; folded here as events.
  const again = (first: 'approved' | 'rejected', second: 'approved' | 'rejected') => {
    const one = requested.when(deciding(uuid(1), first)).givesTypes('RegistrationReviewDecided');
    const [request] = requested.events;
    assert.ok(request?.type === 'RegistrationReviewRequested');
    const next = { ...request, data: { ...request.data, review: uuid(2) } } as typeof request;
    return given(reviews, [...one.events, next])
      .when(deciding(uuid(2), second))
      .givesTypes('RegistrationReviewDecided');
  };
  again('rejected', 'approved')
    .when(showing({ at: '2026-03-03T02:00:00.000Z' }))
    .gives();
  again('approved', 'rejected')
    .when(showing({ at: '2026-03-03T02:00:00.000Z' }))
    .refuses('REVIEW_REJECTED');
});

judging.run();

// -------------------------------------------------------------------------------------
const ending = suite('what becomes of a review');

const registering = (review: string | null): NewEvent => ({
  type: 'AgencyRegistered',
  data: {
    code: '10001',
    name: '示範機關',
    organisation: oid(2),
    credential: seen('GCA', 2),
    review,
  },
});

const replacing = (holder: 'agency' | 'manager' | 'clerk', review: string | null): NewEvent => ({
  type: 'CertificateReplaced',
  data: {
    holder,
    clerk: holder === 'clerk' ? uuid(5) : null,
    previous: seen('GCA', 2),
    next: seen('GCA', 3),
    identityProof: holder === 'agency' ? null : 'last4',
    cause: 'reissue',
    organisation: null,
    review,
  },
});

/** Review 1 is approved, 2 pending, 3 rejected, 4 approved. */
const several = [
  [2, undefined],
  [3, 'rejected'],
  [4, 'approved'],
].reduce((world, [index, outcome]) => {
  const review = uuid(Number(index));
  const asked = world
    .when(requesting(review, { credential: seen('GCA', Number(index)) }))
    .givesTypes('RegistrationReviewRequested');
  return outcome === 'approved' || outcome === 'rejected'
    ? asked.when(deciding(review, outcome)).givesTypes('RegistrationReviewDecided')
    : asked;
}, approved);

const statusesAfter = (event: NewEvent) =>
  recorded([event], { revision: several.events.length })
    .reduce(evolveReviews, several.state)
    .map(({ status }) => status);

for (const [what, of] of [
  ['the agency registered', (review: string | null) => registering(review)],
  ["the agency's certificate was replaced", (review: string | null) => replacing('agency', review)],
] as const) {
  ending(`GEPI-50: when ${what} by an approval, it is used, and nothing else stays open`, () => {
    assert.equal(statusesAfter(of(uuid(4))), ['superseded', 'superseded', 'rejected', 'used']);
  });
  ending(`GEPI-50: when ${what} without one, nothing stays open`, () => {
    assert.equal(statusesAfter(of(null)), ['superseded', 'superseded', 'rejected', 'superseded']);
  });
}

ending('GEPI-15: when the service of the agency ends, nothing stays open', () => {
  assert.equal(statusesAfter({ type: 'AgencyDeregistered', data: { reason: 'abolished' } }), [
    'superseded',
    'superseded',
    'rejected',
    'superseded',
  ]);
});

ending("a clerk's or manager's new certificate leaves every review as it is", () => {
  for (const holder of ['manager', 'clerk'] as const) {
    const statuses = statusesAfter(replacing(holder, null));
    assert.equal(statuses, ['approved', 'pending', 'rejected', 'approved']);
  }
});

ending('GEPI-50: what is used or superseded is not decided, lets nothing in and holds nothing up', () => {
  for (const review of [uuid(1), null]) {
    for (const first of [approved, requested]) {
      const closed = recorded([registering(review)], { revision: first.events.length });
      given(reviews, [...first.events, ...closed])
        .when(deciding(uuid(1), 'approved'))
        .refuses('REVIEW_ALREADY_DECIDED')
        .when(showing({ at: nextDay }))
        .refuses('ORGANISATION_MISMATCH')
        .when(requesting(uuid(2), { at: nextDay }))
        .givesTypes('RegistrationReviewRequested');
    }
  }
});

ending('GEPI-26: what was rejected stays so', () => {
  given(reviews, [...rejected.events, ...recorded([registering(null)], { revision: 2 })])
    .when(showing({ at: nextDay }))
    .refuses('REVIEW_REJECTED');
});

ending.run();

// -------------------------------------------------------------------------------------
const forgetting = suite('forgetting the applicant of a review');

const forgettingApplicant = (review: string) => (state: State) =>
  E.map((): ReadonlyArray<NewEvent> => [])(mayForgetApplicant(state, review));

forgetting('GEPI-23: not while the review waits, since the applicant has to be called back', () => {
  requested.when(forgettingApplicant(uuid(1))).refuses('REVIEW_STILL_PENDING');
});

forgetting('once it was decided, or became pointless', () => {
  approved.when(forgettingApplicant(uuid(1))).gives();
  rejected.when(forgettingApplicant(uuid(1))).gives();
  const gone: NewEvent = { type: 'AgencyDeregistered', data: { reason: 'abolished' } };
  given(reviews, [...requested.events, ...recorded([gone], { revision: 1 })])
    .when(forgettingApplicant(uuid(1)))
    .gives();
});

forgetting('not of a review that nobody asked for', () => {
  rejected.when(forgettingApplicant(uuid(2))).refuses('REVIEW_NOT_FOUND');
});

forgetting.run();
