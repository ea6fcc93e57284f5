/** What must never be let in, at the register itself: each by its own code. See docs/negative-tests.md. */
import { gpkiPolicies, trustStore } from '@mandate/certificates';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import { gepiPolicyFor } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { citizenCard } from '../../src/world/drawer.js';
import { confirmed, issuePair } from '../support/counter.js';
import { type Office, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const request = { purpose: 'first-registration', agencyCode: cityOffice.code };

const answerOf = async (card: TestCard, text: string, options = {}): Promise<string> =>
  Buffer.from(await card.sign(new TextEncoder().encode(text), options)).toString('base64');

const challenged = async ({ register }: Office, asked: object = request) =>
  right(await register.issueChallenge(asked)());

/** What becomes of an answer by the agency's card to another text than it was asked to sign. */
const verdictOn = async (office: Office, change: (text: string) => string): Promise<string> => {
  const { nonce, text } = await challenged(office);
  const changed = change(text);
  const cms = await answerOf(pair.agencyCard.card, changed);
  const answer = await office.register.confirmCard({ nonce, cms })();
  return answer._tag === 'Right' ? 'confirmed' : answer.left.code;
};

// -------------------------------------------------------------------------------------
const origins = suite('an answer for another origin');

origins('the text that was handed out is accepted, or the rest would prove nothing', async () => {
  assert.is(await verdictOn(await openOffice(pki), (text) => text), 'confirmed');
});

const others: ReadonlyArray<readonly [what: string, origin: string]> = [
  ['another host', 'https://gepi.test'],
  ['another port', 'https://gepi.example:8443'],
  ['the usual port written out', 'https://gepi.example:443'],
  ['a dot at its end', 'https://gepi.example.'],
  ['a letter that looks alike (IDN)', 'https://gеpi.example'],
  ['the same in punycode', 'https://xn--gpi-ofd.example'],
  ['upper case', 'https://GEPI.example'],
  ['no TLS', 'http://gepi.example'],
  ['a path', 'https://gepi.example/'],
  ['a user', 'https://gepi.example@evil.example'],
  ['a host below it', 'https://evil.gepi.example'],
];
for (const [what, origin] of others) {
  origins(`${what} is refused: CONTENT_MISMATCH`, async () => {
    const office = await openOffice(pki);
    const change = (text: string) => text.replace('https://gepi.example', origin);
    assert.is(await verdictOn(office, change), 'CONTENT_MISMATCH');
  });
}

origins(
  'a site in the middle that passes its own challenge on gets an answer that is worth nothing',
  async () => {
    const office = await openOffice(pki);
    const evil = office.reopened({ policy: gepiPolicyFor('https://evil.example') });
    const { nonce, text } = await challenged(evil);
    const cms = await answerOf(pair.agencyCard.card, text);
    // One store, one portal: only the origin differs between the two programs.
    assert.is(refusal(await office.register.confirmCard({ nonce, cms })()), 'CONTENT_MISMATCH');
  },
);

origins.run();

// -------------------------------------------------------------------------------------
const swapped = suite('an answer that was swapped');

swapped('nonce of another session: CONTENT_MISMATCH', async () => {
  const office = await openOffice(pki);
  const [mine, theirs] = [await challenged(office), await challenged(office)];
  const cms = await answerOf(pair.agencyCard.card, mine.text);
  assert.is(refusal(await office.register.confirmCard({ nonce: theirs.nonce, cms })()), 'CONTENT_MISMATCH');
});

swapped('purpose, agency, step, person or expiry changed in the text: CONTENT_MISMATCH', async () => {
  const office = await openOffice(pki);
  const changes: ReadonlyArray<readonly [string, string]> = [
    ['"first-registration"', '"query-oid"'],
    [`"${cityOffice.code}"`, `"${hospital.code}"`],
    ['"step":0', '"step":1'],
    ['"person":null', `"person":"${'0'.repeat(64)}"`],
    ['T02:10:01.000Z', 'T03:10:01.000Z'],
    ['"mandate-challenge/1"', '"mandate-challenge/2"'],
    ['{', '{ '],
  ];
  for (const [from, to] of changes) {
    const change = (text: string) => {
      assert.ok(text.includes(from), from);
      return text.replace(from, to);
    };
    assert.is(await verdictOn(office, change), 'CONTENT_MISMATCH', to);
  }
});

swapped('an answer for one purpose under the nonce of another: CONTENT_MISMATCH', async () => {
  const office = await openOffice(pki);
  const [one, two] = [
    await challenged(office),
    await challenged(office, { ...request, purpose: 'query-oid' }),
  ];
  const cms = await answerOf(pair.agencyCard.card, one.text);
  assert.is(refusal(await office.register.confirmCard({ nonce: two.nonce, cms })()), 'CONTENT_MISMATCH');
});

swapped('a card swapped between challenge and signature: IDENTITY_MISMATCH', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const { nationalId } = people.lin;
  const next = { purpose: request.purpose, confirmation: visit.confirmation.id, nationalId };
  const { nonce, text } = await challenged(office, next);
  const other = await citizenCard(pki, people.chang);
  const cms = await answerOf(other.card, text);
  assert.is(refusal(await office.register.confirmCard({ nonce, cms })()), 'IDENTITY_MISMATCH');
});

swapped('the agency’s card where the manager’s is asked for: ISSUER_NOT_ACCEPTED', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const { nationalId } = people.lin;
  const next = { purpose: request.purpose, confirmation: visit.confirmation.id, nationalId };
  const { nonce, text } = await challenged(office, next);
  const cms = await answerOf(pair.agencyCard.card, text);
  assert.is(refusal(await office.register.confirmCard({ nonce, cms })()), 'ISSUER_NOT_ACCEPTED');
});

swapped('the encryption certificate of the card: KEY_USAGE_NOT_ACCEPTED', async () => {
  const office = await openOffice(pki);
  const { nonce, text } = await challenged(office);
  const cms = await answerOf(pair.agencyCard.card, text, { byEncryptionKey: true });
  assert.is(refusal(await office.register.confirmCard({ nonce, cms })()), 'KEY_USAGE_NOT_ACCEPTED');
});

swapped.run();

// -------------------------------------------------------------------------------------
const forged = suite('a card of nobody');

const agencyOf = (from: TestPki, change: object = {}): Promise<TestCard> =>
  from.issueAgency({
    ca: 'GCA',
    name: cityOffice.name,
    organisationOid: cityOffice.recorded?.value ?? '',
    ...change,
  });

const verdictOf = async (card: TestCard, office: Office, options = {}): Promise<string> => {
  const { nonce, text } = await challenged(office);
  return refusal(await office.register.confirmCard({ nonce, cms: await answerOf(card, text, options) })());
};

forged('of a look-alike root with the same names: CERTIFICATE_SIGNATURE_INVALID', async () => {
  const stranger = await pki.stranger();
  const extraCertificates = [
    stranger.authority('GCA G2').certificate,
    stranger.authority('GRCA G2').certificate,
  ];
  const card = await agencyOf(stranger);
  assert.is(
    await verdictOf(card, await openOffice(pki), { extraCertificates }),
    'CERTIFICATE_SIGNATURE_INVALID',
  );
});

forged('of a PKI that nobody pinned: ISSUER_UNKNOWN', async () => {
  const { anchors } = pki.trustInput;
  const trust = right(await trustStore({ anchors: anchors.slice(0, 1), issuers: [] })());
  const office = await openOffice(pki, { trust });
  assert.is(await verdictOf(await agencyOf(pki), office), 'ISSUER_UNKNOWN');
});

forged('without a policy, or with the policy for tests: POLICY_NOT_ACCEPTED', async () => {
  const office = await openOffice(pki);
  for (const policies of [[], [gpkiPolicies.test]]) {
    const card = await agencyOf(pki, { defects: { policies } });
    assert.is(await verdictOf(card, office), 'POLICY_NOT_ACCEPTED');
  }
});

forged(
  'with a key of 1,024 bits: KEY_NOT_ACCEPTED; signed with SHA-1: SIGNED_DATA_OUTDATED or DIGEST_NOT_ACCEPTED',
  async () => {
    const office = await openOffice(pki);
    const short = await agencyOf(pki, { defects: { rsaBits: 1024 } });
    assert.is(await verdictOf(short, office), 'KEY_NOT_ACCEPTED');
    const card = pair.agencyCard.card;
    assert.is(
      await verdictOf(card, office, { digest: 'SHA-1', withoutAttributes: true }),
      'SIGNED_DATA_OUTDATED',
    );
    assert.is(await verdictOf(card, office, { digest: 'SHA-1' }), 'DIGEST_NOT_ACCEPTED');
  },
);

forged('expired, not yet valid, revoked or on hold: each by its code', async () => {
  const office = await openOffice(pki);
  const early = new Date('2026-01-01T00:00:00Z');
  const old = await agencyOf(pki, { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: early });
  assert.is(await verdictOf(old, office), 'CERTIFICATE_EXPIRED');
  const young = await agencyOf(pki, { notBefore: new Date('2026-06-01T00:00:00Z') });
  assert.is(await verdictOf(young, office), 'CERTIFICATE_NOT_YET_VALID');
  const [revoked, held] = [await agencyOf(pki), await agencyOf(pki)];
  pki.revoke(revoked, early);
  pki.hold(held, early);
  assert.is(await verdictOf(revoked, office), 'CERTIFICATE_REVOKED');
  assert.is(await verdictOf(held, office), 'CERTIFICATE_ON_HOLD');
});

forged.run();
