import { randomUUID } from 'node:crypto';
import { registerError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RegisterClient } from '../../src/client/index.js';
import { right, until } from '../support.js';
import {
  agreed,
  base64,
  browser,
  type Cards,
  contact,
  type HeldCard,
  refusalOf,
  show,
  showAll,
  testCards,
} from './support/counter.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office; cards: Cards }>('what people do whose cards are confirmed');

test.before.each(async (context) => {
  context.cards = await testCards();
  context.office = await openOffice();
});

test.after.each(async ({ office }) => {
  await office.close();
});

const of = (purpose: string, agencyCode = 'EX001') => ({ purpose, agencyCode });

const register = async (office: Office, agency: HeldCard, manager: HeldCard, agencyCode = 'EX001') => {
  const { client } = browser(office.app);
  const terms = await agreed(client);
  await showAll(client, of('first-registration', agencyCode), agency, manager);
  const name = right(await client.session()).cards[1]?.displayName ?? '';
  return right(await client.registerAgency({ body: { terms, contact: { ...contact, name } } }));
};

const delegating = async (office: Office, agency: HeldCard, manager: HeldCard, agencyCode = 'EX001') => {
  const one = browser(office.app);
  await showAll(one.client, of('delegation', agencyCode), agency, manager);
  return one;
};

const clerkOf = (held: HeldCard, name: string) => ({
  name,
  nationalId: held.nationalId ?? '',
  certificate: {
    kind: 'card' as const,
    der: base64(held.card.certificate),
    cardNumber: held.card.cardNumber,
  },
});

const authorize = async (client: RegisterClient, held: HeldCard, name: string): Promise<string> => {
  const done = right(
    await client.authorizeClerk({ body: { clerk: clerkOf(held, name), permissions: ['premium-edit'] } }),
  );
  assert.ok(done.clerk !== null);
  return done.clerk ?? '';
};

// -------------------------------------------------------------------------------------
// registration and delegation
// -------------------------------------------------------------------------------------

test('GEPI-22, GEPI-28, GEPI-29: both cards, the terms and the contact register an agency', async ({
  office,
  cards,
}) => {
  const done = await register(office, cards.office1, cards.lin);
  assert.equal(
    done.events.map(({ type }) => type),
    ['TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'],
  );
});

test('GEPI-14: a receipt that this portal has not given is refused, and nothing is registered', async ({
  office,
  cards,
}) => {
  const { client } = browser(office.app);
  const terms = await agreed(client);
  await showAll(client, of('first-registration'), cards.office1, cards.lin);
  const forged = { ...terms, receipt: '0'.repeat(64) };
  assert.is(
    refusalOf(await client.registerAgency({ body: { terms: forged, contact } })),
    'TERMS_RECEIPT_INVALID',
  );
  assert.is(
    refusalOf(await client.registrations({ query: { agencyCode: 'EX001' } })),
    'AGENCY_NOT_REGISTERED',
  );
  right(await client.registerAgency({ body: { terms, contact } }));
});

test('GEPI-31…40: the list, a clerk more, a change in one save, and a deletion after a second question', async ({
  office,
  cards,
}) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  assert.equal(right(await client.clerks()).clerks, []);

  const clerkId = await authorize(client, cards.wang, '王小明');
  const { clerks, manager } = right(await client.clerks());
  assert.is(manager.contact?.email, contact.email);
  assert.equal(
    clerks.map(({ id, name, nationalId, permissions }) => [id, name, nationalId, permissions]),
    [[clerkId, '王小明', 'A123456789', ['premium-edit']]],
  );

  const change = { clerk: clerkOf(cards.wang, '王小明'), permissions: ['premium-edit', 'premium-send'] };
  const changed = right(await client.changeClerk({ params: { clerkId }, body: change }));
  assert.equal(
    changed.events.map(({ type }) => type),
    ['ClerkPermissionsChanged'],
  );

  const params = { clerkId };
  assert.is(
    refusalOf(await client.revokeClerk({ params, body: { confirmed: false } })),
    'DELETION_NOT_CONFIRMED',
  );
  right(await client.revokeClerk({ params, body: { confirmed: true } }));
  assert.equal(right(await client.clerks()).clerks, []);
});

test('GEPI-33, GEPI-34: a card that is read shows name, serial and validity, and is not asked for its PIN', async ({
  office,
  cards,
}) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  const der = base64(cards.wang.card.certificate);
  const shown = right(await client.showCertificate({ body: { der } }));
  assert.is(shown.name, '王小明');
  assert.is(shown.ca, 'MOICA');
  assert.is(shown.last4, '6789');
  assert.match(shown.serial, /^[0-9A-F]+$/);
  assert.equal(shown.warnings, []);
  await authorize(client, cards.wang, '王小明');
  assert.equal(right(await client.showCertificate({ body: { der } })).warnings, ['CERTIFICATE_IN_USE']);
  const agency = base64(cards.office1.card.certificate);
  assert.is(refusalOf(await client.showCertificate({ body: { der: agency } })), 'ISSUER_NOT_ACCEPTED');
});

test('GEPI-35, GEPI-2: a serial that was typed counts once its card has signed in', async ({
  office,
  cards,
}) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  const serialOf = browser(office.app);
  await showAll(serialOf.client, { purpose: 'query-serial' }, cards.chen);
  const { serial, name } = right(await serialOf.client.serial());
  assert.is(name, '陳大文');
  const typed = {
    name,
    nationalId: 'F131104093',
    certificate: { kind: 'typed' as const, serial: serial.padStart(32, '0') },
  };
  right(await client.authorizeClerk({ body: { clerk: typed, permissions: ['premium-edit'] } }));

  const clerk = browser(office.app);
  right(await show(clerk.client, of('login'), { card: cards.chen.card }));
  const done = right(await clerk.client.logIn());
  assert.equal(
    done.events.map(({ type }) => type),
    ['ClerkCredentialProved'],
  );
});

test('GEPI-35: a typed serial may begin with zeros', async ({ office, cards }) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  const certificate = { kind: 'typed' as const, serial: '0023456789ABCDEF0123456789ABCDEF' };
  const clerk = { name: '陳大文', nationalId: 'F131104093', certificate };
  const body = { clerk, permissions: ['premium-edit'] };
  const added = right(await client.authorizeClerk({ body }));
  const [listed] = right(await client.clerks()).clerks;
  assert.is(listed?.credential.serial, '23456789ABCDEF0123456789ABCDEF');
  const more = { clerk, permissions: ['premium-edit', 'premium-send'] };
  const changed = right(await client.changeClerk({ params: { clerkId: added.clerk ?? '' }, body: more }));
  assert.equal(
    changed.events.map(({ type }) => type),
    ['ClerkPermissionsChanged'],
  );
});

test('GEPI-52: the agency’s card names its OID', async ({ office, cards }) => {
  const { client } = browser(office.app);
  await showAll(client, of('query-oid'), cards.office1);
  const { organisation } = right(await client.organisation());
  assert.equal(organisation, { kind: 'oid', value: '2.16.886.101.90003.20001.20005' });
  assert.is(refusalOf(await client.clerks()), 'CONFIRMATION_OTHER_PURPOSE');
});

test('GEPI-23, GEPI-24: a card that does not match leads to a review and nowhere else', async ({
  office,
  cards,
}) => {
  const { client } = browser(office.app);
  const terms = await agreed(client);
  const wrong = right(await show(client, of('first-registration', 'EX002'), cards.office1));
  assert.is(wrong.state, 'review');
  assert.is(wrong.next, null);
  assert.is(refusalOf(await client.registerAgency({ body: { terms, contact } })), 'CONFIRMATION_INCOMPLETE');
  const applicant = { name: '林示範', phone: '02-2192-7111' };
  const asked = right(await client.requestReview({ body: { terms, applicant } }));
  assert.ok(asked.review !== null);
  const { items } = right(await client.registrations({ query: { agencyCode: 'EX002' } }));
  assert.equal(
    items.map(({ item, status }) => [item, status]),
    [['first-registration', 'pending']],
  );
  assert.is(
    refusalOf(await show(client, { ...of('first-registration', 'EX002') }, cards.office1)),
    'ALREADY_PENDING',
  );
});

test('GEPI-46…48: each replacement under its purpose; the sessions of the certificate before end', async ({
  office,
  cards,
}) => {
  const manager = {
    card: await office.pki.issueCitizen({ name: '林示範', last4: '6781' }),
    nationalId: 'A223456781',
  };
  await register(office, cards.office1, manager);
  const { client: watching } = await delegating(office, cards.office1, manager);
  const next = {
    card: await office.pki.issueAgency({
      ca: 'GCA',
      name: '示範市政府人事處',
      organisationOid: '2.16.886.101.90003.20001.20005',
    }),
  };
  const { client } = browser(office.app);
  const terms = await agreed(client);
  await showAll(client, of('replace-agency'), next, manager);
  right(await client.replaceAgencyCertificate({ body: { terms, contact } }));
  await until(async () => right(await watching.session()).state === 'none');
  assert.is(refusalOf(await watching.clerks()), 'SESSION_REQUIRED');

  const card = await office.pki.reissue(manager.card, { notBefore: new Date(office.clock.now()) });
  const renewed = { ...manager, card };
  const alone = browser(office.app);
  const again = await agreed(alone.client);
  await showAll(alone.client, of('replace-manager'), next, renewed);
  right(await alone.client.replaceManagerCertificate({ body: { terms: again, contact } }));

  const third = {
    card: await office.pki.issueAgency({
      ca: 'GCA',
      name: '示範市政府人事處',
      organisationOid: '2.16.886.101.90003.20001.20005',
    }),
  };
  const both = browser(office.app);
  await showAll(both.client, of('replace-both'), third, cards.hsu);
  const terms3 = await agreed(both.client);
  const done = right(
    await both.client.replaceBothCertificates({
      body: { terms: terms3, contact: { ...contact, name: '許示範' } },
    }),
  );
  assert.ok(done.events.some(({ type }) => type === 'ManagerAppointed'));
});

test('GEPI-45: who changed tells what to do and which cards to bring', async ({ office }) => {
  const { client } = browser(office.app);
  const { operations, cards } = right(await client.plan({ query: { changed: 'manager,clerk' } }));
  assert.equal(
    operations.map(({ purpose }) => purpose),
    ['replace-manager', 'delegation'],
  );
  assert.equal(
    cards.map(({ role, which }) => [role, which]),
    [
      ['agency', 'current'],
      ['manager', 'new'],
      ['clerk', 'new'],
    ],
  );
  assert.is(refusalOf(await client.plan({ query: { changed: 'nobody' } })), 'INVALID_INPUT');
});

// -------------------------------------------------------------------------------------
// once
// -------------------------------------------------------------------------------------

test('the same key again is the same command: one clerk, the same answer', async ({ office, cards }) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  const body = { clerk: clerkOf(cards.wang, '王小明'), permissions: ['premium-edit'] };
  const options = { idempotencyKey: randomUUID() };
  const first = right(await client.authorizeClerk({ body }, options));
  const again = right(await client.authorizeClerk({ body }, options));
  assert.equal(again, { ...first, idempotent: true });
  assert.is(right(await client.clerks()).clerks.length, 1);
  const other = { ...body, permissions: ['premium-send'] };
  assert.is(refusalOf(await client.authorizeClerk({ body: other }, options)), 'COMMAND_ID_REUSED');
});

test('a command without a key, or with one that is no UUID, is refused', async ({ office, cards }) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  const params = { clerkId: randomUUID() };
  for (const idempotencyKey of ['', 'x', '1; drop']) {
    const refused = await client.revokeClerk({ params, body: { confirmed: true } }, { idempotencyKey });
    assert.is(refusalOf(refused), 'IDEMPOTENCY_KEY_INVALID');
  }
});

test('what nobody answered is sent again under its key, and carried out once', async ({ office, cards }) => {
  await register(office, cards.office1, cards.lin);
  let lost = 0;
  const { client } = browser({
    fetch: async (request) => {
      const response = await office.app.fetch(request);
      if (request.method !== 'POST' || !request.url.endsWith('/clerks') || lost > 0) return response;
      lost += 1;
      throw new TypeError('the line broke');
    },
  });
  await showAll(client, of('delegation'), cards.office1, cards.lin);
  const body = { clerk: clerkOf(cards.wang, '王小明'), permissions: ['premium-edit'] };
  assert.is(right(await client.authorizeClerk({ body })).idempotent, true);
  assert.is(lost, 1);
  assert.is(right(await client.clerks()).clerks.length, 1);
});

test('a reader who wrote reads what it wrote', async ({ office, cards }) => {
  const { client } = browser(office.app);
  const terms = await agreed(client);
  await showAll(client, of('first-registration'), cards.office1, cards.lin);
  const { position } = right(await client.registerAgency({ body: { terms, contact } }));
  assert.is(client.position(), position);
  assert.is(right(await client.registrations({ query: { agencyCode: 'EX001' } })).items.length, 1);
});

test('a position that the lists do not reach in time is told, with when to come again', async ({
  office,
}) => {
  const app = office.serve({ limits: { waitMilliseconds: 20 } });
  const answer = await app.fetch(
    new Request(`${origin}/registrations?agencyCode=EX001`, { headers: { 'mandate-after': '~' } }),
  );
  assert.is(answer.status, 503);
  assert.is(((await answer.json()) as { code: string }).code, 'READ_MODEL_BEHIND');
  assert.is(answer.headers.get('retry-after'), '1');
});

test('GEPI-4: a session that began in time gives no command after the portal has closed', async ({
  office,
  cards,
}) => {
  await register(office, cards.office1, cards.lin);
  // 23:58 in Taipei; the confirmation holds beyond midnight.
  office.clock.set('2026-03-02T15:58:00Z');
  const { client } = await delegating(office, cards.office1, cards.lin);
  const body = { clerk: clerkOf(cards.wang, '王小明'), permissions: ['premium-edit'] };
  office.clock.set('2026-03-02T15:59:59.999Z');
  right(await client.authorizeClerk({ body }));
  office.clock.set('2026-03-02T16:00:00Z');
  const late = { clerk: clerkOf(cards.chen, '陳大文'), permissions: ['premium-edit'] };
  assert.is(refusalOf(await client.authorizeClerk({ body: late })), 'OUTSIDE_OPENING_HOURS');
  assert.is(right(await client.session()).state, 'confirmed');
  assert.is(refusalOf(await client.issueChallenge({ body: of('query-oid') })), 'OUTSIDE_OPENING_HOURS');
});

// -------------------------------------------------------------------------------------
// others' things
// -------------------------------------------------------------------------------------

test('another agency’s clerk answers exactly as one that never was', async ({ office, cards }) => {
  await register(office, cards.office1, cards.lin);
  await register(office, cards.office2, cards.hsu, 'EX002');
  const theirs = await delegating(office, cards.office2, cards.hsu, 'EX002');
  const clerkId = await authorize(theirs.client, cards.wang, '王小明');
  const { client } = await delegating(office, cards.office1, cards.lin);
  const body = { clerk: clerkOf(cards.chen, '陳大文'), permissions: ['premium-edit'] };

  const told = async (id: string): Promise<string> => {
    const params = { clerkId: id };
    const answers = [
      await client.changeClerk({ params, body }),
      await client.revokeClerk({ params, body: { confirmed: true } }),
    ];
    return JSON.stringify(answers).replace(/"requestId":"[^"]*"/g, '');
  };
  const unknown = await told(randomUUID());
  assert.is(await told(clerkId), unknown);
  assert.match(unknown, 'CLERK_NOT_FOUND');
  assert.is(right(await theirs.client.clerks()).clerks.length, 1);
});

test('kind, agency, confirmation and command id are not a caller’s to say (mass assignment)', async ({
  office,
  cards,
}) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  const right0 = { clerk: clerkOf(cards.wang, '王小明'), permissions: ['premium-edit'] };
  for (const more of [
    { type: 'RevokeClerk' },
    { agencyCode: 'EX002' },
    { confirmation: randomUUID() },
    { commandId: randomUUID() },
    { clerkId: randomUUID() },
    { staff: 'ops-1' },
    { dryRun: true },
  ]) {
    const refused = await client.authorizeClerk({ body: { ...right0, ...more } as typeof right0 });
    assert.is(refusalOf(refused), 'INVALID_INPUT', JSON.stringify(more));
    if (E.isLeft(refused) && refused.left.kind === 'problem') {
      assert.equal(
        refused.left.problem.fields?.map(({ path, code }) => [path, code]),
        [['*', 'UNKNOWN_FIELD']],
      );
    }
  }
  assert.equal(right(await client.clerks()).clerks, []);
});

// -------------------------------------------------------------------------------------
// revocation
// -------------------------------------------------------------------------------------

test('X-4: a session whose card was revoked ends at its next command; a clerk’s revoked card ends nothing', async ({
  office,
  cards,
}) => {
  const { pki } = office;
  const clerk = { card: await pki.issueCitizen({ name: '高護理', last4: '7618' }), nationalId: 'T200987618' };
  const manager = {
    card: await pki.issueCitizen({ name: '張接任', last4: '6780' }),
    nationalId: 'B123456780',
  };
  await register(office, cards.office2, manager, 'EX002');
  const { client } = await delegating(office, cards.office2, manager, 'EX002');
  const now = () => new Date(office.clock.now());

  pki.revoke(clerk.card, now());
  const body = { clerk: clerkOf(clerk, '高護理'), permissions: ['premium-edit'] };
  assert.is(refusalOf(await client.authorizeClerk({ body })), 'CERTIFICATE_REVOKED');
  assert.is(right(await client.session()).state, 'confirmed');

  pki.revoke(manager.card, now());
  office.clock.advance(120_000);
  const other = { clerk: clerkOf(cards.wang, '王小明'), permissions: ['premium-edit'] };
  assert.is(refusalOf(await client.authorizeClerk({ body: other })), 'CERTIFICATE_REVOKED');
  assert.is(right(await client.session()).state, 'none');
});

test('X-4: the history is not read with a card that was revoked since, and its session ends', async ({
  office,
}) => {
  const { pki } = office;
  const manager = {
    card: await pki.issueCitizen({ name: '張接任', last4: '6780' }),
    nationalId: 'B123456780',
  };
  const agency = {
    card: await pki.issueAgency({
      ca: 'GCA',
      name: '示範縣政府人事處',
      organisationOid: '2.16.886.101.90003.20001.20006',
    }),
  };
  await register(office, agency, manager, 'EX002');
  const { client } = await delegating(office, agency, manager, 'EX002');
  right(await client.history());
  pki.revoke(manager.card, new Date(office.clock.now()));
  office.clock.advance(120_000);
  assert.is(refusalOf(await client.history()), 'CERTIFICATE_REVOKED');
  assert.is(right(await client.session()).state, 'none');
});

test('the history is not read while nobody can say whether a card was revoked, and the session goes on', async ({
  office,
  cards,
}) => {
  await register(office, cards.office1, cards.lin);
  let known = true;
  const app = office.serve({
    register: {
      ...office.register,
      checkConfirmation: (confirmation) =>
        known
          ? office.register.checkConfirmation(confirmation)
          : async () => E.left(registerError('REVOCATION_UNKNOWN')),
    },
  });
  const { client } = browser(app);
  await showAll(client, of('delegation'), cards.office1, cards.lin);
  right(await client.history());
  known = false;
  assert.is(refusalOf(await client.history()), 'REVOCATION_UNKNOWN');
  assert.is(right(await client.session()).state, 'confirmed');
});

test('an agency that staff suspends is signed out', async ({ office, cards }) => {
  await register(office, cards.office1, cards.lin);
  const { client } = await delegating(office, cards.office1, cards.lin);
  await office.byStaff({ type: 'SuspendAgency', agencyCode: 'EX001', reason: 'audit' });
  await until(async () => right(await client.session()).state === 'none');
});

test.run();
