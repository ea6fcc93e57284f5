import { randomUUID } from 'node:crypto';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { commandDigest, definePack, gepiPolicyFor } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RegisterClient } from '../../src/client/index.js';
import { right } from '../support.js';
import {
  agreed,
  browser,
  type Cards,
  contact,
  type HeldCard,
  refusalOf,
  show,
  showAll,
  signed,
  testCards,
} from './support/counter.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office; cards: Cards }>(
  'a command that the card in the reader signs, over HTTP',
);

const policy = definePack({
  ...gepiPolicyFor(origin),
  purposes: gepiPolicyFor(origin).purposes.map((purpose) =>
    purpose.id === 'delegation' ? { ...purpose, evidence: 'command' } : purpose,
  ),
});

test.before.each(async (context) => {
  context.cards = await testCards();
  context.office = await openOffice({ settings: { policy } });
});

test.after.each(async ({ office }) => {
  await office.close();
});

const delegation = { purpose: 'delegation', agencyCode: 'EX001' };

/** A registered agency whose manager has a delegation session. */
const delegating = async (office: Office, cards: Cards) => {
  const { client } = browser(office.app);
  const terms = await agreed(client);
  const { office1, lin } = cards;
  await showAll(client, { purpose: 'first-registration', agencyCode: 'EX001' }, office1, lin);
  right(await client.registerAgency({ body: { terms, contact } }));
  const one = browser(office.app);
  await showAll(one.client, delegation, office1, lin);
  return one;
};

const wang = {
  clerk: {
    name: '王小明',
    nationalId: 'A123456789',
    certificate: { kind: 'typed' as const, serial: 'a'.repeat(32) },
  },
  permissions: ['premium-edit'],
};

const challengeFor = (client: RegisterClient, commandId: string, form = wang) =>
  client.issueCommandChallenge({
    body: { command: { type: 'AuthorizeClerk' as const, commandId, ...form } },
  });

const sign = async (client: RegisterClient, held: HeldCard, commandId: string, form = wang) => {
  const { nonce, text } = right(await challengeFor(client, commandId, form));
  return client.confirmCard({ body: { nonce, cms: await signed(held, text) } });
};

test('unsigned it is 403 COMMAND_NOT_SIGNED; signed, it is given under the same key', async ({
  office,
  cards,
}) => {
  const { client, seen } = await delegating(office, cards);
  const idempotencyKey = randomUUID();
  const unsigned = await client.authorizeClerk({ body: wang }, { idempotencyKey });
  assert.is(refusalOf(unsigned), 'COMMAND_NOT_SIGNED');
  assert.is(seen.at(-1)?.response.status, 403);
  right(await sign(client, cards.lin, idempotencyKey));
  const done = right(await client.authorizeClerk({ body: wang }, { idempotencyKey }));
  assert.equal(
    done.events.map(({ type }) => type),
    ['ClerkAuthorized'],
  );
  assert.is(right(await client.authorizeClerk({ body: wang }, { idempotencyKey })).idempotent, true);
});

test('changed after it was signed it is 409 COMMAND_SIGNATURE_OTHER, under another key not signed', async ({
  office,
  cards,
}) => {
  const { client, seen } = await delegating(office, cards);
  const idempotencyKey = randomUUID();
  right(await sign(client, cards.lin, idempotencyKey));
  const more = { ...wang, permissions: ['premium-edit', 'premium-send'] };
  const changed = await client.authorizeClerk({ body: more }, { idempotencyKey });
  assert.is(refusalOf(changed), 'COMMAND_SIGNATURE_OTHER');
  assert.is(seen.at(-1)?.response.status, 409);
  assert.is(refusalOf(await client.authorizeClerk({ body: wang })), 'COMMAND_NOT_SIGNED');
});

test('the answer shows what is signed, as the register has read it, with the session’s agency', async ({
  office,
  cards,
}) => {
  const { client } = await delegating(office, cards);
  const commandId = randomUUID();
  const challenge = right(await challengeFor(client, commandId));
  assert.is(challenge.command.agencyCode, 'EX001');
  assert.match(JSON.stringify(challenge.command), 'A'.repeat(32));
  assert.equal(JSON.parse(challenge.text).command, {
    type: 'AuthorizeClerk',
    id: commandId,
    digest: commandDigest(nodeSha256, challenge.command),
  });
  assert.equal(challenge.step, { role: 'manager', card: 'registered' });
});

test('signing leaves the session as it was: confirmed, no card to come, the same cookie', async ({
  office,
  cards,
}) => {
  const { client, cookies } = await delegating(office, cards);
  const before = right(await client.session());
  const received = cookies.received().length;
  const after = right(await sign(client, cards.lin, randomUUID()));
  assert.equal([after.state, after.next, after.csrf], ['confirmed', null, before.csrf]);
  assert.is(after.cards.length, 2);
  assert.is(cookies.received().length, received);
});

test('another card than the confirmed one is 403 COMMAND_SIGNED_BY_OTHER_CARD, and the session goes on', async ({
  office,
  cards,
}) => {
  const { client, seen } = await delegating(office, cards);
  const idempotencyKey = randomUUID();
  const answer = await sign(client, cards.hsu, idempotencyKey);
  assert.is(refusalOf(answer), 'COMMAND_SIGNED_BY_OTHER_CARD');
  assert.is(seen.at(-1)?.response.status, 403);
  right(await sign(client, cards.lin, idempotencyKey));
  right(await client.authorizeClerk({ body: wang }, { idempotencyKey }));
});

test('it is answered in the session that it was handed out to, and in no other', async ({
  office,
  cards,
}) => {
  const { client } = await delegating(office, cards);
  const { nonce, text } = right(await challengeFor(client, randomUUID()));
  const cms = await signed(cards.lin, text);
  const other = browser(office.app);
  assert.is(refusalOf(await other.client.confirmCard({ body: { nonce, cms } })), 'SESSION_REQUIRED');
  await showAll(other.client, delegation, cards.office1, cards.lin);
  assert.is(refusalOf(await other.client.confirmCard({ body: { nonce, cms } })), 'CHALLENGE_OTHER_SESSION');
  right(await client.confirmCard({ body: { nonce, cms } }));
});

test('without a session, or before all cards are confirmed, there is nothing to sign', async ({
  office,
  cards,
}) => {
  await delegating(office, cards);
  const { client } = browser(office.app);
  assert.is(refusalOf(await challengeFor(client, randomUUID())), 'SESSION_REQUIRED');
  right(await show(client, delegation, cards.office1));
  assert.is(refusalOf(await challengeFor(client, randomUUID())), 'SESSION_REQUIRED');
});

test('agency and confirmation are not the caller’s to say, nor a command of staff the holder’s to sign', async ({
  office,
  cards,
}) => {
  const { client } = await delegating(office, cards);
  const own = { type: 'AuthorizeClerk', commandId: randomUUID(), ...wang };
  for (const [command, field] of [
    [{ ...own, agencyCode: 'EX002' }, 'command.*'],
    [{ ...own, confirmation: randomUUID() }, 'command.*'],
    [{ type: 'SuspendAgency', commandId: randomUUID(), reason: 'x' }, 'command.type'],
  ] as const) {
    const answer = await client.issueCommandChallenge({ body: { command: command as never } });
    assert.ok(E.isLeft(answer) && answer.left.kind === 'problem');
    assert.is(answer.left.problem.code, 'INVALID_INPUT');
    assert.equal(
      answer.left.problem.fields?.map(({ path }) => path),
      [field],
    );
  }
});

test('what no page of this session has sent is not handed out to be signed', async ({ office, cards }) => {
  const { client, cookies } = await delegating(office, cards);
  const { csrf } = right(await client.session());
  const post = (headers: Readonly<Record<string, string>>) =>
    office.app.fetch(
      new Request(`${origin}/command-challenges`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Test/1.0',
          cookie: cookies.header() ?? '',
          ...headers,
        },
        body: JSON.stringify({ command: { type: 'AuthorizeClerk', commandId: randomUUID(), ...wang } }),
      }),
    );
  const token = { 'x-mandate-csrf': csrf ?? '' };
  for (const [headers, code] of [
    [{ origin }, 'CSRF_FAILED'],
    [{ origin, 'x-mandate-csrf': 'x'.repeat(43) }, 'CSRF_FAILED'],
    [token, 'ORIGIN_REFUSED'],
    [{ ...token, origin: 'https://other.example' }, 'ORIGIN_REFUSED'],
  ] as const) {
    const answer = await post(headers);
    assert.is(answer.status, 403);
    assert.match(await answer.text(), code);
  }
  assert.is((await post({ ...token, origin })).status, 200);
});

test('the application for a review is signed by the agency’s card, which is all that was shown (GEPI-23)', async ({
  cards,
}) => {
  const signing = definePack({
    ...policy,
    purposes: policy.purposes.map((purpose) =>
      purpose.id === 'first-registration' ? { ...purpose, evidence: 'command' } : purpose,
    ),
  });
  const office = await openOffice({ settings: { policy: signing } });
  try {
    const { client } = browser(office.app);
    const terms = await agreed(client);
    const wish = { purpose: 'first-registration', agencyCode: 'EX002' };
    assert.is(right(await show(client, wish, cards.office1)).state, 'review');
    const form = { terms, applicant: { name: '林示範', phone: '02-2192-7111' } };
    const idempotencyKey = randomUUID();
    const command = { type: 'RequestReview' as const, commandId: idempotencyKey, ...form };
    assert.is(
      refusalOf(await client.requestReview({ body: form }, { idempotencyKey })),
      'COMMAND_NOT_SIGNED',
    );
    const { nonce, text } = right(await client.issueCommandChallenge({ body: { command } }));
    const cms = await signed(cards.office1, text);
    const after = right(await client.confirmCard({ body: { nonce, cms } }));
    assert.is(after.state, 'review');
    const done = right(await client.requestReview({ body: form }, { idempotencyKey }));
    assert.ok(done.review !== null);
  } finally {
    await office.close();
  }
});

test('where sessions are evidence enough, nothing is signed', async ({ office, cards }) => {
  await delegating(office, cards);
  const { client } = browser(office.app);
  const wish = { purpose: 'replace-manager', agencyCode: 'EX001' };
  await showAll(client, wish, cards.office1, cards.hsu);
  const form = { terms: await agreed(client), contact };
  const command = { type: 'ReplaceManagerCertificate' as const, commandId: randomUUID(), ...form };
  const answer = await client.issueCommandChallenge({ body: { command } });
  assert.ok(E.isLeft(answer) && answer.left.kind === 'problem');
  assert.equal(
    answer.left.problem.fields?.map(({ path, code }) => [path, code]),
    [['command', 'UNKNOWN_FIELD']],
  );
  assert.is(refusalOf(await challengeFor(client, randomUUID())), 'CONFIRMATION_OTHER_PURPOSE');
});

test.run();
