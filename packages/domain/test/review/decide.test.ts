import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Organisation } from '../../src/agency/organisation.js';
import type { SeenCredential } from '../../src/credential/credential.js';
import type { NewEvent } from '../../src/events/table.js';
import { assess, decideReview, requestReview } from '../../src/review/decide.js';
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
  'GEPI-25: until it is decided, the same message for whatever certificate, and no second application',
  () => {
    requested.when(showing()).refuses('ALREADY_PENDING');
    requested.when(showing({ credential: seen('GCA', 9), presented: oid(3) })).refuses('ALREADY_PENDING');
    requested.when(requesting(uuid(2))).refuses('ALREADY_PENDING');
  },
);

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
const superseding = suite('a review that has become pointless');

const events: ReadonlyArray<readonly [string, NewEvent]> = [
  [
    'the agency registered with another certificate',
    {
      type: 'AgencyRegistered',
      data: {
        code: '10001',
        name: '示範機關',
        organisation: oid(2),
        credential: seen('GCA', 2),
        review: null,
      },
    },
  ],
  [
    'the agency replaced its certificate with a third',
    {
      type: 'CertificateReplaced',
      data: {
        holder: 'agency',
        clerk: null,
        previous: seen('GCA', 2),
        next: seen('GCA', 3),
        cause: 'reissue',
        organisation: null,
        review: null,
      },
    },
  ],
  ['its service ended', { type: 'AgencyDeregistered', data: { reason: 'abolished' } }],
];

for (const [what, event] of events) {
  superseding(`GEPI-50: when ${what}, what waited cannot be decided any more and holds nothing up`, () => {
    given(reviews, [...requested.events, ...recorded([event], { revision: 1 })])
      .when(deciding(uuid(1), 'approved'))
      .refuses('REVIEW_ALREADY_DECIDED')
      .when(showing())
      .refuses('ORGANISATION_MISMATCH');
  });
}

superseding("a clerk's or manager's new certificate leaves a review as it is", () => {
  const replaced = (holder: 'manager' | 'clerk'): NewEvent => ({
    type: 'CertificateReplaced',
    data: {
      holder,
      clerk: holder === 'clerk' ? uuid(5) : null,
      previous: seen('MOICA', 2),
      next: seen('MOICA', 3),
      cause: 'reissue',
      organisation: null,
      review: null,
    },
  });
  given(reviews, [
    ...requested.events,
    ...recorded([replaced('manager'), replaced('clerk')], { revision: 1 }),
  ])
    .when(deciding(uuid(1), 'approved'))
    .givesTypes('RegistrationReviewDecided');
});

superseding('what was decided stays decided', () => {
  const [, event] = events[0] ?? ['', undefined];
  assert.ok(event);
  given(reviews, [...approved.events, ...recorded([event], { revision: 2 })])
    .when(showing({ at: '2026-03-03T02:00:00.000Z' }))
    .gives();
});

superseding.run();
