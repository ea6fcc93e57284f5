import { createTestPki } from '@mandate/certificates/test-pki';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { people, school } from '../../src/world/cast.js';
import { agreeToTerms, showCards } from '../../src/world/counter.js';
import { agencyCard } from '../../src/world/drawer.js';
import { confirmed, give, giveWithForm, issuePair, type Pair, pairOf } from '../support/counter.js';
import { type Office, openOffice, refusal, right, typesOf } from '../support/office.js';
import { applicant, apply as applyFor, decide, ownSchool, reviewOf } from '../support/review.js';

const pki = await createTestPki({ keyPool: 4, cas: ['XCA', 'MOICA'] });
const pair = await issuePair(pki, school, people.huang);

/** Shows the pair's agency card for first registration and applies for its review. */
const apply = (office: Office, of: Pair = pair, purpose = 'first-registration') =>
  applyFor(office, of, purpose);

const show = async ({ register }: Office, of: Pair = pair) =>
  showCards(register, 'first-registration', school.code, of.shown);

// -------------------------------------------------------------------------------------
const asking = suite('申請資料比對不符');

asking('GEPI-23: an OID that does not match goes to review and nothing is registered', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair);
  assert.is(visit.reviewNeeded?.code, 'ORGANISATION_MISMATCH');
  assert.is(visit.reviewNeeded?.zh, '貴機關申請憑證註冊,因申請資料比對不符,需進行審核,請填聯絡資料。');
  assert.is(visit.next, undefined);
  assert.not(visit.confirmation.complete);
  assert.equal(typesOf(right(await apply(office))), ['TermsAccepted', 'RegistrationReviewRequested']);
  assert.is(
    refusal(await showCards(office.register, 'delegation', school.code, pair.shown)),
    'AGENCY_NOT_REGISTERED',
  );
});

asking('GEPI-23: 取消, not to apply, leaves nothing behind', async () => {
  const office = await openOffice(pki);
  await confirmed(office.register, 'first-registration', pair);
  const again = await confirmed(office.register, 'first-registration', pair);
  assert.is(again.reviewNeeded?.code, 'ORGANISATION_MISMATCH');
});

asking('GEPI-20: an agency certificate that did not pass lets no manager’s card follow', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair);
  const request = {
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
    nationalId: people.huang.nationalId,
  };
  assert.is(refusal(await register.issueChallenge(request)()), 'ORGANISATION_MISMATCH');
});

asking('GEPI-23: a confirmation that waits for a review registers nothing', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair);
  const answer = await giveWithForm(office.register, visit, 'RegisterAgency', people.huang);
  assert.is(refusal(answer), 'CONFIRMATION_INCOMPLETE');
});

for (const field of ['name', 'phone'] as const) {
  asking(`GEPI-23: ${field} is required of the applicant`, async () => {
    const { register } = await openOffice(pki);
    const visit = await confirmed(register, 'first-registration', pair);
    const terms = right(await agreeToTerms(register));
    const form = { ...applicant, [field]: '' };
    const answer = await give(register, visit, { type: 'RequestReview', terms, applicant: form });
    assert.equal(E.isLeft(answer) && answer.left.fields?.map(({ path }) => path), [`applicant.${field}`]);
  });
}

asking('a certificate that matches needs no review', async () => {
  const office = await openOffice(pki);
  const matching = await issuePair(pki, ownSchool, people.huang);
  assert.is(refusal(await apply(office, matching)), 'REVIEW_NOT_NEEDED');
});

asking.run();

// -------------------------------------------------------------------------------------
const waiting = suite('申請資料審核中');

waiting(
  'GEPI-25: until it is approved, the certificate step always says the same; there is one application',
  async () => {
    const office = await openOffice(pki);
    const visit = await confirmed(office.register, 'first-registration', pair);
    right(await apply(office));
    for (const _again of [1, 2]) {
      const answer = await show(office);
      assert.is(refusal(answer), 'ALREADY_PENDING');
      assert.is(
        E.isLeft(answer) && answer.left.zh,
        '申請資料審核中,若審核通過,於下一個營業日貴機關即可重新辦理註冊。若審核不通過,本部將與貴機關聯絡。',
      );
    }
    // A second click on the screen that is still open.
    const terms = right(await agreeToTerms(office.register));
    const twice = await give(office.register, visit, { type: 'RequestReview', terms, applicant });
    assert.is(refusal(twice), 'ALREADY_PENDING');
  },
);

waiting(
  'GEPI-26: the message stays after the next business day, and says that the portal can help',
  async () => {
    const office = await openOffice(pki);
    right(await apply(office));
    office.clock.set('2026-03-05T02:00:00.000Z');
    const answer = await show(office);
    assert.is(refusal(answer), 'ALREADY_PENDING');
    assert.is(E.isLeft(answer) && answer.left.helper, 'portal');
  },
);

waiting('a certificate that matches registers in spite of the review, which is over then', async () => {
  const office = await openOffice(pki);
  const review = reviewOf(right(await apply(office)));
  const matching = await issuePair(pki, ownSchool, people.huang);
  const visit = await confirmed(office.register, 'first-registration', matching);
  right(await giveWithForm(office.register, visit, 'RegisterAgency', people.huang));
  assert.is(refusal(await decide(office, review, 'approved')), 'REVIEW_ALREADY_DECIDED');
});

waiting.run();

// -------------------------------------------------------------------------------------
const deciding = suite('審核結果');

deciding(
  'GEPI-24: approved on Monday, the agency registers again on Tuesday, not on Monday evening',
  async () => {
    const office = await openOffice(pki);
    const review = reviewOf(right(await apply(office)));
    right(await decide(office, review, 'approved'));
    assert.is(refusal(await show(office)), 'REVIEW_NOT_YET_EFFECTIVE');
    office.clock.set('2026-03-02T15:59:59.999Z');
    assert.is(refusal(await show(office)), 'REVIEW_NOT_YET_EFFECTIVE');
    office.clock.set('2026-03-02T23:00:00.000Z');
    const visit = await confirmed(office.register, 'first-registration', pair);
    const done = right(await giveWithForm(office.register, visit, 'RegisterAgency', people.huang));
    assert.equal(typesOf(done), ['TermsAccepted', 'AgencyRegistered', 'ManagerAppointed']);
    assert.is(reviewOf({ events: done.events.slice(1) }), review);
  },
);

deciding('GEPI-24: the next business day after a Friday before a holiday is not the Monday', async () => {
  const office = await openOffice(pki);
  office.clock.set('2026-04-03T02:00:00.000Z');
  const review = reviewOf(right(await apply(office)));
  right(await decide(office, review, 'approved'));
  office.clock.set('2026-04-06T04:00:00.000Z');
  assert.is(refusal(await show(office)), 'REVIEW_NOT_YET_EFFECTIVE');
  office.clock.set('2026-04-07T01:00:00.000Z');
  assert.ok((await confirmed(office.register, 'first-registration', pair)).confirmation.complete);
});

deciding('GEPI-25: an approval registers nothing by itself', async () => {
  const office = await openOffice(pki);
  const review = reviewOf(right(await apply(office)));
  assert.equal(typesOf(right(await decide(office, review, 'approved'))), ['RegistrationReviewDecided']);
  office.clock.set('2026-03-04T02:00:00.000Z');
  assert.is(
    refusal(await showCards(office.register, 'delegation', school.code, pair.shown)),
    'AGENCY_NOT_REGISTERED',
  );
});

deciding('GEPI-26: rejected, the same certificate is told so; another may be applied for', async () => {
  const office = await openOffice(pki);
  const review = reviewOf(right(await apply(office)));
  right(await decide(office, review, 'rejected'));
  assert.is(refusal(await show(office)), 'REVIEW_REJECTED');
  assert.is(refusal(await decide(office, review, 'approved')), 'REVIEW_ALREADY_DECIDED');
  const other = pairOf(school, await agencyCard(pki, school), people.huang, pair.managerCard);
  right(await apply(office, other));
});

deciding('a review of another agency, or of nobody, is not found', async () => {
  const office = await openOffice(pki);
  assert.is(refusal(await decide(office, crypto.randomUUID(), 'approved')), 'REVIEW_NOT_FOUND');
});

deciding('a calendar without business days approves nothing', async () => {
  const office = await openOffice(pki, {
    calendar: { isBusinessDay: () => false, isClosed: () => false },
  });
  const review = reviewOf(right(await apply(office)));
  assert.is(refusal(await decide(office, review, 'approved')), 'NO_BUSINESS_DAY');
});

deciding.run();

// -------------------------------------------------------------------------------------
const replacing = suite('更換機關憑證的審核');

replacing(
  'GEPI-50: a next certificate of another organisation goes to review, then takes its place',
  async () => {
    const office = await openOffice(pki);
    const { register, clock } = office;
    const first = await issuePair(pki, ownSchool, people.huang);
    right(
      await giveWithForm(
        register,
        await confirmed(register, 'first-registration', first),
        'RegisterAgency',
        people.huang,
      ),
    );
    const next = pairOf(school, pair.agencyCard, people.huang, first.managerCard);
    const visit = await confirmed(register, 'replace-agency', next, next.shown.slice(0, 1));
    assert.is(visit.reviewNeeded?.code, 'ORGANISATION_MISMATCH');
    const review = reviewOf(right(await apply(office, next, 'replace-agency')));
    assert.is(
      refusal(await showCards(register, 'replace-agency', school.code, next.shown)),
      'ALREADY_PENDING',
    );
    // The registered certificate goes on working meanwhile.
    assert.ok((await confirmed(register, 'delegation', first)).confirmation.complete);

    right(await decide(office, review, 'approved'));
    clock.set('2026-03-03T01:00:00.000Z');
    const done = right(
      await giveWithForm(
        register,
        await confirmed(register, 'replace-agency', next),
        'ReplaceAgencyCertificate',
        people.huang,
      ),
    );
    assert.equal(typesOf(done), ['TermsAccepted', 'CertificateReplaced']);
    assert.is(reviewOf({ events: done.events.slice(1) }), review);
    assert.ok((await confirmed(register, 'delegation', next)).confirmation.complete);
    assert.is(
      refusal(await showCards(register, 'delegation', school.code, first.shown)),
      'AGENCY_CERTIFICATE_NOT_REGISTERED',
    );
  },
);

replacing(
  'a confirmation that asked for a review once does not ask again after the review was overtaken',
  async () => {
    const office = await openOffice(pki);
    const { register } = office;
    const first = await issuePair(pki, ownSchool, people.huang);
    right(
      await giveWithForm(
        register,
        await confirmed(register, 'first-registration', first),
        'RegisterAgency',
        people.huang,
      ),
    );
    const wrong = pairOf(school, pair.agencyCard, people.huang, first.managerCard);
    const visit = await confirmed(register, 'replace-agency', wrong, wrong.shown.slice(0, 1));
    const terms = right(await agreeToTerms(register));
    right(await give(register, visit, { type: 'RequestReview', terms, applicant }));
    const second = pairOf(ownSchool, await agencyCard(pki, ownSchool), people.huang, first.managerCard);
    right(
      await giveWithForm(
        register,
        await confirmed(register, 'replace-agency', second),
        'ReplaceAgencyCertificate',
        people.huang,
      ),
    );
    const again = await give(register, visit, { type: 'RequestReview', terms, applicant });
    assert.is(refusal(again), 'CONFIRMATION_USED');
  },
);

replacing.run();
