import { randomUUID } from 'node:crypto';
import { type AccountHolder, type Accounts, type DirectoryEntry, docPolicyFor } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RegisterClient } from '../../src/client/index.js';
import { right } from '../support.js';
import {
  base64,
  browser,
  type Cards,
  type HeldCard,
  refusalOf,
  show,
  showAll,
  testCards,
} from './support/counter.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office; cards: Cards }>('registered credentials over HTTP');

// -------------------------------------------------------------------------------------
// who asks
// -------------------------------------------------------------------------------------

const secret = 'account-secret';

const bureau: DirectoryEntry = {
  code: '391000000A',
  name: '示範縣政府人事處',
  organisation: { kind: 'oid', value: '2.16.886.101.90004.20001.20011' },
};

const holders: ReadonlyArray<AccountHolder> = [
  { account: 'P0230', name: '王小明', nationalId: 'A123456789', roles: [] },
  { account: 'P0231', name: '陳大文', nationalId: 'F131104093', roles: [] },
  { account: 'P0001', name: '林示範', nationalId: 'A223456781', roles: ['registry-desk'] },
];

const accounts: Accounts = {
  prove: ({ account, secret: typed }) =>
    TE.right(typed === secret ? holders.find((holder) => holder.account === account) : undefined),
  find: (nationalId) => TE.right(holders.find((holder) => holder.nationalId === nationalId)),
};

test.before.each(async (context) => {
  context.cards = await testCards();
  const settings = { policy: docPolicyFor(origin), accounts, directory: { find: () => TE.right(bureau) } };
  context.office = await openOffice({ settings });
});

test.after.each(async ({ office }) => {
  await office.close();
});

const signIn = async (office: Office, purpose: string, account: string, typed = secret) => {
  const { client } = browser(office.app);
  const challenge = await client.issueChallenge({ body: { purpose, agencyCode: bureau.code } });
  const { nonce } = right(challenge);
  const confirmed = await client.confirmCard({ body: { nonce, account: { name: account, secret: typed } } });
  return { client, confirmed };
};

/** A session of a person who registers their own, or of the desk. */
const own = async (office: Office, account = 'P0230') => {
  const { client, confirmed } = await signIn(office, 'credentials', account);
  right(confirmed);
  return client;
};

const desk = async (office: Office) => {
  const { client, confirmed } = await signIn(office, 'registry', 'P0001');
  right(confirmed);
  return client;
};

// -------------------------------------------------------------------------------------
// what is sent
// -------------------------------------------------------------------------------------

type Body = Parameters<RegisterClient['registerCredential']>[0]['body'];

const days = { from: '115/03/02', to: '120/03/02' };
const one = 'F6EB44677B7CBFBE84B8F7B7633A1D95';
const two = '67FE1CE7C795A2DC17B5073BCCFC8666';

const certificatesOf = ({ card }: HeldCard) => ({
  signing: base64(card.certificate),
  encryption: base64(card.encryptionCertificate),
});

const read = (held: HeldCard): Body => ({
  ...{ nationalId: held.nationalId ?? '', kind: 'electronic-id', cardKind: 'regular', active: true, ...days },
  serials: { kind: 'read', ...certificatesOf(held) },
});

const typed = (serial1: string, serial2: string): Body => ({
  ...{ nationalId: 'A123456789', kind: 'citizen', cardKind: 'temporary', active: false },
  serials: { kind: 'typed', serial1, serial2 },
});

const fieldsOf = (answer: E.Either<unknown, unknown>): ReadonlyArray<string> => {
  const { left } = answer as { left: { problem?: { fields?: ReadonlyArray<Record<string, string>> } } };
  return (left.problem?.fields ?? []).map(({ path, code }) => `${path} ${code}`);
};

// -------------------------------------------------------------------------------------
// adding and looking
// -------------------------------------------------------------------------------------

test('DOC-2, DOC-5…7, DOC-11: what was read from a card becomes a row with both serials, active on its days', async ({
  office,
  cards,
}) => {
  const client = await own(office);
  assert.equal(right(await client.credentials()).credentials, []);
  const done = right(await client.registerCredential({ body: read(cards.wang) }));
  assert.equal(
    done.events.map(({ type }) => type),
    ['CredentialRegistered', 'CredentialActivated'],
  );
  const [row, ...more] = right(await client.credentials()).credentials;
  assert.equal(more, []);
  assert.equal(row, {
    ...{ id: done.credential, account: 'P0230', name: '王小明', kind: 'electronic-id', cardKind: 'regular' },
    serial1: cards.wang.card.serial.padStart(32, '0'),
    serial2: cards.wang.card.encryptionSerial.padStart(32, '0'),
    proof: 'read',
    active: { from: '2026-03-01T16:00:00.000Z', to: '2031-03-02T15:59:59.000Z' },
  });
});

test('DOC-6, DOC-7: both certificates of a card are shown before anything is registered, and nothing is kept', async ({
  office,
  cards,
}) => {
  const client = await own(office);
  const body = { nationalId: 'A123456789', ...certificatesOf(cards.wang) };
  const shown = right(await client.showCredential({ body }));
  assert.is(shown.serial1, cards.wang.card.serial.padStart(32, '0'));
  assert.is(shown.serial2, cards.wang.card.encryptionSerial.padStart(32, '0'));
  assert.ok(shown.notAfter > new Date(office.clock.now()).toISOString());
  assert.equal(shown.warnings, []);
  assert.equal(right(await client.credentials()).credentials, []);
  right(await client.registerCredential({ body: read(cards.wang) }));
  assert.equal(right(await client.showCredential({ body })).warnings, ['CREDENTIAL_ALREADY_REGISTERED']);
});

test('DOC-7: another person’s card is not shown as one’s own, and two halves of two cards are no card', async ({
  office,
  cards,
}) => {
  const client = await own(office);
  const others = certificatesOf(cards.chen);
  const asked = (certificates: object) =>
    client.showCredential({ body: { nationalId: 'A123456789', ...others, ...certificates } });
  assert.is(refusalOf(await asked({})), 'IDENTITY_MISMATCH');
  assert.is(refusalOf(await asked({ signing: certificatesOf(cards.wang).signing })), 'IDENTITY_MISMATCH');
  assert.is(refusalOf(await asked({ signing: 'AAAA' })), 'CERTIFICATE_MALFORMED');
});

test('DOC-8: whom a national ID belongs to is told, of oneself or to the desk of anybody', async ({
  office,
}) => {
  const client = await own(office);
  const asking = (by: RegisterClient, nationalId: string) => by.findPerson({ body: { nationalId } });
  assert.equal(right(await asking(client, 'A123456789')), { name: '王小明', account: 'P0230' });
  assert.is(refusalOf(await asking(client, 'F131104093')), 'CREDENTIAL_OF_OTHER_PERSON');
  const registry = await desk(office);
  assert.equal(right(await asking(registry, 'F131104093')), { name: '陳大文', account: 'P0231' });
  assert.is(refusalOf(await asking(registry, 'B123456780')), 'ACCOUNT_UNKNOWN');
});

test('DOC-12: 32 digits or 34 with 00 are one serial; 35 are refused at their field', async ({ office }) => {
  const client = await own(office);
  const odd = await client.registerCredential({ body: typed(`00C6BC8F2937F7F4990804F5FEA8202162C`, two) });
  assert.is(refusalOf(odd), 'INVALID_INPUT');
  assert.equal(fieldsOf(odd), ['serials.serial1 CERTIFICATE_SERIAL_LENGTH']);
  right(await client.registerCredential({ body: typed(`00${one}`, two.toLowerCase()) }));
  const [row] = right(await client.credentials()).credentials;
  assert.equal([row?.serial1, row?.serial2, row?.proof], [one, two, 'typedByHand']);
  const again = await client.registerCredential({ body: typed(one, '3'.repeat(32)) });
  assert.is(refusalOf(again), 'CREDENTIAL_ALREADY_REGISTERED');
});

test('DOC-12: a typed serial may begin with zeros', async ({ office }) => {
  const client = await own(office);
  right(await client.registerCredential({ body: typed(`00${one.slice(2)}`, two) }));
  assert.is(right(await client.credentials()).credentials[0]?.serial1, `00${one.slice(2)}`);
});

test('DOC-5, DOC-7, DOC-8: what is missing or typed instead of read is refused, and nothing is registered', async ({
  office,
  cards,
}) => {
  const client = await own(office);
  const { from: _from, to: _to, ...undated } = read(cards.wang);
  const missing = await client.registerCredential({ body: undated });
  assert.equal(fieldsOf(missing), ['from REQUIRED', 'to REQUIRED']);
  const give = async (more: Partial<Body>) =>
    refusalOf(await client.registerCredential({ body: { ...read(cards.wang), ...more } }));
  assert.is(await give({ to: '115/03/01' }), 'CREDENTIAL_DATES_INVALID');
  assert.is(await give({ kind: 'passport' }), 'CREDENTIAL_KIND_UNKNOWN');
  assert.is(await give({ cardKind: 'gold' }), 'CREDENTIAL_KIND_UNKNOWN');
  assert.is(await give({ serials: typed(one, two).serials }), 'CREDENTIAL_MUST_BE_READ');
  assert.equal(right(await client.credentials()).credentials, []);
});

// -------------------------------------------------------------------------------------
// rights
// -------------------------------------------------------------------------------------

test('DOC-3: officers add their own and see their own; the desk adds for others and sees all', async ({
  office,
  cards,
}) => {
  const client = await own(office);
  right(await client.registerCredential({ body: read(cards.wang) }));
  assert.is(
    refusalOf(await client.registerCredential({ body: read(cards.chen) })),
    'CREDENTIAL_OF_OTHER_PERSON',
  );
  const registry = await desk(office);
  right(await registry.registerCredential({ body: read(cards.chen) }));
  const names = async (by: RegisterClient) =>
    right(await by.credentials()).credentials.map(({ account }) => account);
  assert.equal(await names(client), ['P0230']);
  assert.equal(await names(registry), ['P0230', 'P0231']);
  assert.equal(await names(await own(office, 'P0231')), ['P0231']);
});

test('DOC-3: officers do not modify, the desk does', async ({ office, cards }) => {
  const client = await own(office);
  const { credential } = right(await client.registerCredential({ body: read(cards.wang) }));
  const params = { credentialId: credential ?? '' };
  assert.is(refusalOf(await client.deactivateCredential({ params })), 'CONFIRMATION_OTHER_PURPOSE');
  assert.is(refusalOf(await client.activateCredential({ params, body: days })), 'CONFIRMATION_OTHER_PURPOSE');
  const registry = await desk(office);
  right(await registry.deactivateCredential({ params }));
  assert.is(right(await client.credentials()).credentials[0]?.active, null);
  assert.is(refusalOf(await registry.deactivateCredential({ params })), 'NOTHING_CHANGED');
  const done = right(await registry.activateCredential({ params, body: days }));
  assert.is(done.credential, credential);
  assert.is(refusalOf(await registry.activateCredential({ params, body: days })), 'NOTHING_CHANGED');
  const other = { from: days.to, to: days.from };
  assert.is(
    refusalOf(await registry.activateCredential({ params, body: other })),
    'CREDENTIAL_DATES_INVALID',
  );
});

test('DOC-3: nobody else: without the role, with a wrong password, or without a session', async ({
  office,
  cards,
}) => {
  const notDesk = await signIn(office, 'registry', 'P0230');
  assert.is(refusalOf(notDesk.confirmed), 'ACCOUNT_ROLE_MISSING');
  const guessing = await signIn(office, 'credentials', 'P0230', 'guess');
  assert.is(refusalOf(guessing.confirmed), 'MEANS_REFUSED');
  const card = await show(
    browser(office.app).client,
    { purpose: 'credentials', agencyCode: bureau.code },
    cards.wang,
  );
  assert.is(refusalOf(card), 'MEANS_NOT_ALLOWED');
  const params = { credentialId: randomUUID() };
  for (const { client } of [notDesk, guessing, browser(office.app)]) {
    assert.is(refusalOf(await client.credentials()), 'SESSION_REQUIRED');
    assert.is(refusalOf(await client.registerCredential({ body: read(cards.wang) })), 'SESSION_REQUIRED');
    assert.is(refusalOf(await client.activateCredential({ params, body: days })), 'SESSION_REQUIRED');
    assert.is(refusalOf(await client.deactivateCredential({ params })), 'SESSION_REQUIRED');
  }
});

test('DOC-3: a session of another portal’s purpose registers nothing', async ({ cards }) => {
  const gepi = await openOffice();
  const { client } = browser(gepi.app);
  await showAll(client, { purpose: 'query-oid', agencyCode: 'EX001' }, cards.office1);
  assert.is(refusalOf(await client.credentials()), 'CONFIRMATION_OTHER_PURPOSE');
  const body = { nationalId: 'A123456789', ...certificatesOf(cards.wang) };
  assert.is(refusalOf(await client.showCredential({ body })), 'CONFIRMATION_OTHER_PURPOSE');
  assert.is(
    refusalOf(await client.registerCredential({ body: read(cards.wang) })),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  await gepi.close();
});

// -------------------------------------------------------------------------------------
// one active
// -------------------------------------------------------------------------------------

test('DOC-9, DOC-10: once one is active the others are not, and every row stays', async ({
  office,
  cards,
}) => {
  const client = await own(office);
  const first = right(await client.registerCredential({ body: read(cards.wang) }));
  const renewed = { ...cards.wang, card: await office.pki.renew(cards.wang.card) };
  const second = right(await client.registerCredential({ body: read(renewed) }));
  assert.equal(
    second.events.map(({ type }) => type),
    ['CredentialRegistered', 'CredentialDeactivated', 'CredentialActivated'],
  );
  const rows = async () =>
    right(await client.credentials()).credentials.map(({ id, active }) => [id, active !== null]);
  assert.equal(await rows(), [
    [first.credential, false],
    [second.credential, true],
  ]);
  const params = { credentialId: first.credential ?? '' };
  const back = right(await (await desk(office)).activateCredential({ params, body: days }));
  assert.is(back.credential, first.credential);
  assert.equal(await rows(), [
    [first.credential, true],
    [second.credential, false],
  ]);
});

test('a registration that is sent twice under one key is one row', async ({ office, cards }) => {
  const client = await own(office);
  const options = { idempotencyKey: randomUUID() };
  const first = right(await client.registerCredential({ body: read(cards.wang) }, options));
  const again = right(await client.registerCredential({ body: read(cards.wang) }, options));
  assert.equal(again, { ...first, idempotent: true });
  assert.is(right(await client.credentials()).credentials.length, 1);
});

// -------------------------------------------------------------------------------------
// garbage
// -------------------------------------------------------------------------------------

test('a row that never was is not found; kind, agency and confirmation are not a caller’s to say', async ({
  office,
  cards,
}) => {
  const client = await desk(office);
  const params = { credentialId: randomUUID() };
  assert.is(refusalOf(await client.activateCredential({ params, body: days })), 'CREDENTIAL_NOT_FOUND');
  assert.is(refusalOf(await client.deactivateCredential({ params })), 'CREDENTIAL_NOT_FOUND');
  assert.is(
    refusalOf(await client.deactivateCredential({ params: { credentialId: '../x' } })),
    'INVALID_INPUT',
  );
  for (const more of [
    { type: 'DeactivateCredential' },
    { agencyCode: 'EX002' },
    { confirmation: randomUUID() },
    { person: 'a'.repeat(64) },
  ]) {
    const body = { ...read(cards.wang), ...more };
    assert.is(refusalOf(await client.registerCredential({ body })), 'INVALID_INPUT', JSON.stringify(more));
  }
  assert.equal(right(await client.credentials()).credentials, []);
});

test('anything else in the place of a registration is refused and leaves nothing', async ({ office }) => {
  const client = await desk(office);
  const serials = fc.oneof(
    fc.record({ kind: fc.constantFrom('read', 'typed', 'x'), serial1: fc.string(), serial2: fc.string() }),
    fc.record({ kind: fc.constant('read'), signing: fc.base64String(), encryption: fc.base64String() }),
    fc.jsonValue(),
  );
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record({
      nationalId: fc.constantFrom('A123456789', 'A123456788', '', 'F131104093'),
      kind: fc.constantFrom('electronic-id', 'citizen', '__proto__'),
      cardKind: fc.constantFrom('regular', 'toString'),
      serials,
      active: fc.constantFrom<unknown>(true, false, 'yes'),
      from: fc.constantFrom<unknown>('115/03/02', '115/02/30', '', null, 1),
      to: fc.constantFrom<unknown>('120/03/02', '民國120年3月2日', undefined),
    }),
  );
  await fc.assert(
    fc.asyncProperty(body, async (sent) => {
      assert.ok(E.isLeft(await client.registerCredential({ body: sent as Body })));
    }),
    { numRuns: 150 },
  );
  assert.equal(right(await client.credentials()).credentials, []);
});

test.run();
