import { createTestPki } from '@mandate/certificates/test-pki';
import { type DirectoryEntry, definePack, gepiPolicy } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { people, school } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard } from '../../src/world/drawer.js';
import { confirmed, giveWithForm, issuePair, type Pair, pairOf, registerAgency } from '../support/counter.js';
import { byStaff, type Office, openOffice, refusal, right, typesOf } from '../support/office.js';
import { apply, decide, ownSchool, reviewOf, showAgency } from '../support/review.js';

const pki = await createTestPki({ keyPool: 4, cas: ['XCA', 'MOICA'] });

/** The school with a card of another organisation, its own card, and a card of a third organisation. */
const other = await issuePair(pki, school, people.huang);
const withAgencyCard = async (oid: string): Promise<Pair> =>
  pairOf(school, await agencyCard(pki, { ...school, oid }), people.huang, other.managerCard);
const own = await withAgencyCard(ownSchool.oid);
const third = await withAgencyCard('2.16.886.111.90003.90003.100777');

/** A holder of the other organisation's card and any citizen, with nobody of the agency. */
const strangers = pairOf(school, other.agencyCard, people.stranger, await citizenCard(pki, people.stranger));

const tuesday = '2026-03-03T02:00:00.000Z';

/** A review, asked for and approved; the day on which it may be used has come. */
const approved = async (office: Office, of: Pair, purpose: string): Promise<string> => {
  const review = reviewOf(right(await apply(office, of, purpose)));
  right(await decide(office, review, 'approved'));
  office.clock.set(tuesday);
  return review;
};

/** Whether the first card of a purpose is sent to review, as if nobody had ever asked. */
const asksForReview = async (office: Office, of: Pair, purpose: string): Promise<boolean> =>
  right(await showAgency(office, of, purpose)).reviewNeeded?.code === 'ORGANISATION_MISMATCH';

// -------------------------------------------------------------------------------------
const spending = suite('審核通過後的使用');

spending(
  'GEPI-50: an approval to replace the agency’s certificate does not serve to replace both',
  async () => {
    const office = await openOffice(pki);
    await registerAgency(office.register, own);
    await approved(office, other, 'replace-agency');
    assert.ok(await asksForReview(office, strangers, 'replace-both'));
    const visit = await confirmed(office.register, 'replace-agency', other);
    const done = await giveWithForm(office.register, visit, 'ReplaceAgencyCertificate', people.huang);
    assert.equal(typesOf(right(done)), ['TermsAccepted', 'CertificateReplaced']);
  },
);

spending('GEPI-25: an approval that was not used is void once the agency registered otherwise', async () => {
  const office = await openOffice(pki);
  const review = await approved(office, other, 'first-registration');
  await registerAgency(office.register, own);
  for (const purpose of ['replace-agency', 'replace-both']) {
    assert.ok(await asksForReview(office, strangers, purpose));
  }
  assert.is(refusal(await decide(office, review, 'approved')), 'REVIEW_ALREADY_DECIDED');
});

spending(
  'GEPI-25: an approval lets the agency register once, not again after its service ended',
  async () => {
    const office = await openOffice(pki);
    await approved(office, other, 'first-registration');
    await registerAgency(office.register, other);
    const end = { type: 'DeregisterAgency', agencyCode: school.code, reason: 'abolished' };
    right(await byStaff(office, end));
    assert.ok(await asksForReview(office, strangers, 'first-registration'));
  },
);

spending('GEPI-15: an approval does not outlive the service of the agency', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, own);
  await approved(office, other, 'replace-both');
  const end = { type: 'DeregisterAgency', agencyCode: school.code, reason: 'abolished' };
  right(await byStaff(office, end));
  await registerAgency(office.register, own);
  assert.ok(await asksForReview(office, strangers, 'replace-both'));
});

spending('GEPI-23: records that changed since the review was asked for need another one', async () => {
  let records: DirectoryEntry['organisation'] = school.recorded;
  const office = await openOffice(pki, {
    directory: {
      find: (code) => TE.right({ code, name: school.name, organisation: records, region: school.region }),
    },
  });
  await approved(office, other, 'first-registration');
  records = { kind: 'oid', value: '2.16.886.111.90003.90003.100888' };
  assert.ok(await asksForReview(office, other, 'first-registration'));
  records = school.recorded;
  assert.ok((await confirmed(office.register, 'first-registration', other)).confirmation.complete);
});

spending.run();

// -------------------------------------------------------------------------------------
const several = suite('數件審核');

several('GEPI-25: a stranger’s application does not hold up that of the agency', async () => {
  const office = await openOffice(pki);
  const strangersReview = reviewOf(right(await apply(office, strangers, 'first-registration')));
  const review = reviewOf(right(await apply(office, third, 'first-registration')));
  assert.is.not(review, strangersReview);
  for (const of of [strangers, third]) {
    assert.is(refusal(await showAgency(office, of, 'first-registration')), 'ALREADY_PENDING');
  }
  right(await decide(office, review, 'approved'));
  office.clock.set(tuesday);
  await registerAgency(office.register, third);
  assert.is(refusal(await decide(office, strangersReview, 'approved')), 'REVIEW_ALREADY_DECIDED');
});

several('GEPI-25: of two approvals the one that is used first ends the other', async () => {
  const office = await openOffice(pki);
  const first = reviewOf(right(await apply(office, third, 'first-registration')));
  const second = reviewOf(right(await apply(office, other, 'first-registration')));
  for (const review of [first, second]) right(await decide(office, review, 'approved'));
  office.clock.set(tuesday);
  await registerAgency(office.register, third);
  assert.ok(await asksForReview(office, strangers, 'replace-both'));
});

several('the applications of an agency are bounded; staff make room by deciding', async () => {
  const policy = definePack({ ...gepiPolicy, review: { ...gepiPolicy.review, maxPending: 2 } });
  const office = await openOffice(pki, { policy });
  const review = reviewOf(right(await apply(office, strangers, 'first-registration')));
  right(await apply(office, third, 'first-registration'));
  const late = await withAgencyCard('2.16.886.111.90003.90003.100123');
  assert.is(refusal(await showAgency(office, late, 'first-registration')), 'REVIEW_LIMIT_REACHED');
  // Who waits already is told so, and a card that matches needs no review.
  assert.is(refusal(await showAgency(office, third, 'first-registration')), 'ALREADY_PENDING');
  assert.is(right(await showAgency(office, own, 'first-registration')).reviewNeeded, undefined);
  right(await decide(office, review, 'rejected'));
  right(await apply(office, late, 'first-registration'));
});

several('GEPI-26: a card rejected for one purpose stays rejected for it', async () => {
  const office = await openOffice(pki);
  const review = reviewOf(right(await apply(office, other, 'first-registration')));
  right(await decide(office, review, 'rejected'));
  assert.is(
    refusal(await showCards(office.register, 'first-registration', school.code, strangers.shown)),
    'REVIEW_REJECTED',
  );
});

several.run();
