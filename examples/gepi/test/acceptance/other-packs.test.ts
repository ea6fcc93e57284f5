import { createTestPki } from '@mandate/certificates/test-pki';
import { definePack, gepiPolicy, type PortalPolicySource } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people, school } from '../../src/world/cast.js';
import { agreeToTerms, showCards } from '../../src/world/counter.js';
import { agencyCard, citizenCard, pinned } from '../../src/world/drawer.js';
import {
  addClerk,
  clerkByCard,
  clerkBySerial,
  confirmed,
  give,
  issuePair,
  ofAgency,
  registerAgency,
} from '../support/counter.js';
import { byStaff, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'XCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wangCard = await citizenCard(pki, people.wang);

/** An office of a portal that differs from GEPI in its pack alone. */
const openAs = (changes: Partial<PortalPolicySource>) =>
  openOffice(pki, { policy: definePack({ ...gepiPolicy, ...changes }) });

const packs = suite('X-1: a portal with other rules is another pack, and no new code');

packs('X-1: an approval that counts at once', async () => {
  const office = await openAs({ review: { ...gepiPolicy.review, validFrom: 'atOnce' } });
  const { register } = office;
  const applying = await issuePair(pki, school, people.huang);
  const visit = await confirmed(register, 'first-registration', applying);
  const terms = right(await agreeToTerms(register));
  const applicant = { name: '黃兼任', phone: '03-9251000' };
  const asked = right(await give(register, visit, { type: 'RequestReview', terms, applicant }));
  const { review } = JSON.parse(JSON.stringify(asked.events[1]?.data));
  const decide = { type: 'DecideReview', agencyCode: school.code, review, outcome: 'approved' };
  right(await byStaff(office, decide));
  await registerAgency(register, applying);
});

packs('X-1: a portal without reviews refuses what does not match', async () => {
  const { register } = await openAs({ review: { ...gepiPolicy.review, purposes: [] } });
  const applying = await issuePair(pki, school, people.huang);
  assert.is(
    refusal(await showCards(register, 'first-registration', school.code, applying.shown)),
    'AGENCY_CERTIFICATE_NOT_REGISTERED',
  );
});

packs(
  'X-1: clerks without functions, names that need not be those of the card, no typed serials',
  async () => {
    const { register } = await openAs({
      clerks: { minPermissions: 0, typedSerialCa: null, nameFromCard: false },
    });
    await registerAgency(register, pair);
    await addClerk(register, pair, { ...clerkByCard(people.wang, wangCard), name: '王大明' }, []);
    const session = await confirmed(register, 'delegation', pair);
    const clerk = clerkBySerial(people.chen, 'a'.repeat(32));
    const answer = await give(register, session, { type: 'AuthorizeClerk', clerk, permissions: [] });
    assert.is(refusal(answer), 'CERTIFICATE_MALFORMED');
  },
);

packs('X-1: a portal that is always open', async () => {
  const office = await openAs({ openingHours: null });
  office.clock.set('2026-03-02T20:00:00.000Z');
  await registerAgency(office.register, pair);
});

packs('X-1: other minutes for challenges and sessions', async () => {
  const { register } = await openAs({ challengeMinutes: 1, sessionMinutes: 3 });
  const request = { purpose: 'first-registration', agencyCode: cityOffice.code };
  const challenge = right(await register.issueChallenge(request)());
  assert.is(challenge.expiresAt, '2026-03-02T02:01:01.000Z');
  const visit = await confirmed(register, 'first-registration', pair);
  assert.is(visit.confirmation.expiresAt, '2026-03-02T02:03:01.000Z');
});

packs('X-1: a purpose that begins without terms asks for none', async () => {
  const purposes = gepiPolicy.purposes.map((purpose) => ({ ...purpose, terms: false }));
  const { register } = await openAs({ purposes });
  const visit = await confirmed(register, 'first-registration', pair);
  const terms = right(await agreeToTerms(register));
  const contact = { name: '林示範', email: 'lin@agency.example', phone: '04-22289111' };
  const done = right(await give(register, visit, { type: 'RegisterAgency', terms, contact }));
  assert.equal(
    done.events.map(({ type }) => type),
    ['AgencyRegistered', 'ManagerAppointed'],
  );
});

packs.run();

// -------------------------------------------------------------------------------------
const cards = suite('cards that say too little, or the wrong thing');

cards('X-3: an agency card that names no organisation can neither register nor be looked up', async () => {
  const { register } = await openOffice(pki);
  const { oid: _, ...nameless } = cityOffice;
  const shown = [ofAgency(await agencyCard(pki, nameless), cityOffice)];
  assert.is(
    refusal(await showCards(register, 'first-registration', cityOffice.code, shown)),
    'AGENCY_IDENTITY_MISSING',
  );
  const visit = right(await showCards(register, 'query-oid', cityOffice.code, shown));
  assert.is(refusal(await register.organisationOf(visit.confirmation.id)()), 'AGENCY_IDENTITY_MISSING');
});

cards(
  'a key that is too short, a policy of no assurance, a kind of subject that is not accepted',
  async () => {
    const { register } = await openOffice(pki);
    const codeOf = async (defects: object) => {
      const { ca, name } = cityOffice;
      const organisationOid = cityOffice.oid ?? '';
      const card = await pki.issueAgency({ ca, name, organisationOid, defects });
      const shown = [ofAgency(pinned(card, cityOffice.pin), cityOffice)];
      return refusal(await showCards(register, 'first-registration', cityOffice.code, shown));
    };
    assert.is(await codeOf({ rsaBits: 1024 }), 'KEY_NOT_ACCEPTED');
    assert.is(await codeOf({ policies: [] }), 'POLICY_NOT_ACCEPTED');
    assert.is(await codeOf({ keyUsage: ['keyEncipherment'] }), 'KEY_USAGE_NOT_ACCEPTED');
    assert.is(await codeOf({ unknownCriticalExtension: true }), 'CRITICAL_EXTENSION_UNKNOWN');
  },
);

cards('an answer signed by the card’s other key is no proof', async () => {
  const { register } = await openOffice(pki);
  const request = { purpose: 'first-registration', agencyCode: cityOffice.code };
  const challenge = right(await register.issueChallenge(request)());
  const content = new TextEncoder().encode(challenge.text);
  const signed = await pair.agencyCard.card.sign(content, { byEncryptionKey: true });
  const cms = Buffer.from(signed).toString('base64');
  assert.is(refusal(await register.confirmCard({ nonce: challenge.nonce, cms })()), 'KEY_USAGE_NOT_ACCEPTED');
});

cards.run();
