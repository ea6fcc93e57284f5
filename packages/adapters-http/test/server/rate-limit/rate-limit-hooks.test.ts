import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Caller } from '../../../src/server/caller.js';
import type { Incoming } from '../../../src/server/hooks.js';
import { addressKey } from '../../../src/server/rate-limit/address.js';
import { memoryRateLimiter } from '../../../src/server/rate-limit/memory-rate-limiter.js';
import { rateLimitHooks } from '../../../src/server/rate-limit/rate-limit-hooks.js';
import { countingRules } from '../../../src/server/rate-limit/rules.js';
import { registerRoutes } from '../../../src/server/routes/index.js';
import type { LogRecord } from '../../../src/server/services.js';
import type { SessionRecord } from '../../../src/server/session/record.js';
import { type HandClock, handClock } from '../../support.js';
import { browser, refusalOf } from '../support/counter.js';
import { openOffice } from '../support/office.js';

// -------------------------------------------------------------------------------------
// support
// -------------------------------------------------------------------------------------

interface Sent {
  readonly from?: string;
  readonly session?: Partial<SessionRecord>;
  readonly staff?: string;
  readonly client?: string;
  readonly body?: unknown;
  /** What comes of it. */
  readonly code?: 'IDENTITY_MISMATCH' | 'MEANS_REFUSED' | 'CHALLENGE_USED';
  /** Not answered yet. */
  readonly open?: true;
}

const callerOf = ({ session, staff, client }: Sent, access: ReadonlyArray<string>): Caller => {
  if (staff !== undefined) return { kind: 'staff', account: staff, roles: [] };
  if (client !== undefined) return { kind: 'client', id: client, scopes: [] };
  const record = session as SessionRecord;
  return access.includes('public')
    ? { kind: 'public', session: record }
    : { kind: 'session', session: record, agencyCode: 'EX001', confirmation: 'x' };
};

/** A desk that counts: how many seconds to wait are told, or `undefined`. */
const counting = (clock: HandClock = handClock()) => {
  const addresses = new WeakMap<Request, string>();
  const hooks = rateLimitHooks({
    limiter: memoryRateLimiter({ clock }),
    addressOf: (request) => addresses.get(request),
  });
  return (operation: string, sent: Sent = {}): number | undefined => {
    const found = registerRoutes.find(
      ({ description: { method, path } }) => `${method} ${path}` === operation,
    );
    if (found === undefined) throw new Error(`no route ${operation}`);
    const { description } = found;
    const request = new Request('https://gepi.example/');
    if (sent.from !== undefined) addresses.set(request, sent.from);
    const caller = callerOf(sent, description.access);
    const incoming: Incoming = { requestId: 'r', description, request, caller, body: sent.body };
    const refusal = hooks.before?.(incoming);
    if (sent.open !== true) {
      const code = refusal === undefined ? sent.code : refusal.code;
      const answered = { requestId: 'r', request, description, status: 200, detail: undefined };
      hooks.after?.({ ...answered, code, milliseconds: 1 });
    }
    if (refusal === undefined) return undefined;
    assert.is(refusal.code, 'TOO_MANY_REQUESTS');
    return Number((refusal as { headers?: Record<string, string> }).headers?.['retry-after']);
  };
};

// -------------------------------------------------------------------------------------
// what is counted
// -------------------------------------------------------------------------------------

const test = suite('rate limits: what is counted');

const key = (text: string): Partial<SessionRecord> => ({ key: text, confirmation: 'x' });

/** So many, then a refusal that says when to come again; somebody else goes on. */
const counted: ReadonlyArray<readonly [string, number, number, Sent, Sent]> = [
  ['POST /challenges', 10, 6, { from: 'a' }, { from: 'b' }],
  ['POST /challenges', 5, 12, { from: 'a', body: { nationalId: 'x' } }, { from: 'b' }],
  ['POST /challenges', 5, 12, { from: 'a', session: key('s'), body: { nationalId: 'x' } }, { from: 'a' }],
  ['POST /challenges', 60, 1, { body: { agencyCode: 'EX001' } }, { body: { agencyCode: 'EX002' } }],
  ['POST /confirmations', 10, 6, { from: 'a' }, { from: 'b' }],
  ['POST /command-challenges', 30, 2, { session: key('s') }, { session: key('t') }],
  ['POST /clerks', 30, 2, { session: key('s') }, { session: key('t') }],
  ['PUT /clerks/{clerkId}', 30, 2, { session: key('s') }, { session: key('t') }],
  ['POST /clerk-certificates', 30, 2, { session: key('s') }, { session: key('t') }],
  ['POST /reviews', 3, 28_800, { from: 'a', session: key('s') }, { from: 'b', session: key('s') }],
  ['GET /registrations', 30, 2, { from: 'a' }, { from: 'b' }],
  ['GET /history.csv', 10, 6, { session: key('s') }, { session: key('t') }],
  ['GET /history.jsonl', 10, 6, { session: key('s') }, { session: key('t') }],
  ['GET /agencies/{agencyCode}/history.csv', 10, 6, { staff: 'one' }, { staff: 'two' }],
  ['GET /agencies/{agencyCode}/history.jsonl', 10, 6, { staff: 'one' }, { client: 'one' }],
  ['GET /staff/forecast', 30, 2, { staff: 'one' }, { staff: 'two' }],
];

for (const [operation, amount, seconds, sent, other] of counted) {
  test(`${operation} ${JSON.stringify(sent)}: ${amount}, and then one every ${seconds} s`, () => {
    const clock = handClock();
    const take = counting(clock);
    for (let times = 0; times < amount; times++) assert.is(take(operation, sent), undefined);
    assert.is(take(operation, sent), seconds);
    assert.is(take(operation, other), undefined);
    clock.advance(seconds * 1000);
    assert.is(take(operation, sent), undefined);
    assert.is(take(operation, sent), seconds);
  });
}

test('clerks are added, changed and looked at from one account', () => {
  const take = counting();
  const session = key('s');
  for (let times = 0; times < 10; times++) {
    for (const one of ['POST /clerks', 'PUT /clerks/{clerkId}', 'POST /clerk-certificates']) {
      assert.is(take(one, { session }), undefined);
    }
  }
  assert.is(take('POST /clerks', { session }), 2);
  assert.is(take('GET /clerks', { session }), undefined);
});

test('the next card of what was begun is no beginning', () => {
  const take = counting();
  for (let times = 0; times < 100; times++) {
    assert.is(take('POST /challenges', { from: 'a', session: key('s') }), undefined);
  }
  for (let times = 0; times < 10; times++) {
    assert.is(take('POST /challenges', { from: 'a', session: { key: 's', confirmation: null } }), undefined);
  }
  assert.is(take('POST /challenges', { from: 'a', session: { key: 's', confirmation: null } }), 6);
});

test('what one rule refuses, no other has counted', () => {
  const take = counting();
  const body = { agencyCode: 'EX001', nationalId: 'x' };
  for (let times = 0; times < 5; times++) take('POST /challenges', { from: 'a', body });
  for (let times = 0; times < 100; times++) assert.is(take('POST /challenges', { from: 'a', body }), 12);
  // Five of ten are left for the address, 55 of 60 for the agency.
  for (let times = 0; times < 5; times++) assert.is(take('POST /challenges', { from: 'a' }), undefined);
  assert.is(take('POST /challenges', { from: 'a' }), 6);
  for (let times = 0; times < 55; times++) {
    assert.is(take('POST /challenges', { body: { agencyCode: 'EX001' } }), undefined);
  }
  assert.is(take('POST /challenges', { body: { agencyCode: 'EX001' } }), 1);
});

test('a body of any kind is counted without being believed', () => {
  const take = counting();
  fc.assert(
    fc.property(fc.anything(), (body) => {
      take('POST /challenges', { body });
    }),
  );
});

test('every rule is of a route that there is', () => {
  const operations = registerRoutes.map(({ description: { method, path } }) => `${method} ${path}`);
  for (const operation of countingRules.keys()) assert.ok(operations.includes(operation), operation);
});

// -------------------------------------------------------------------------------------
// guesses
// -------------------------------------------------------------------------------------

const confirm = 'POST /confirmations';

test('five wrong IDs from an address hold it up; right ones and other refusals do not', () => {
  const clock = handClock();
  const take = counting(clock);
  for (let times = 0; times < 20; times++) {
    assert.is(take(confirm, { from: 'a' }), undefined);
    assert.is(take(confirm, { from: 'a', code: 'CHALLENGE_USED' }), undefined);
    clock.advance(60_000);
  }
  for (let times = 0; times < 5; times++) {
    assert.is(take(confirm, { from: 'a', code: 'IDENTITY_MISMATCH' }), undefined);
  }
  assert.is(take(confirm, { from: 'a' }), 720);
  assert.is(take(confirm, { from: 'b' }), undefined);
});

test('five wrong IDs for an agency hold it up, from wherever they come', () => {
  const take = counting();
  const session = { ...key('s'), agencyCode: 'EX001' };
  for (let times = 0; times < 5; times++) {
    assert.is(take(confirm, { from: `a${times}`, session, code: 'IDENTITY_MISMATCH' }), undefined);
  }
  assert.is(take(confirm, { from: 'b', session }), 720);
  assert.is(take(confirm, { from: 'b', session: { ...session, agencyCode: 'EX002' } }), undefined);
  assert.is(take(confirm, { from: 'b', session: { ...session, agencyCode: null } }), undefined);
});

test('NHI-4, ECPA-2: wrong passwords are guesses as wrong IDs are', () => {
  const take = counting();
  for (let times = 0; times < 5; times++) {
    assert.is(take(confirm, { from: 'a', code: 'MEANS_REFUSED' }), undefined);
  }
  assert.is(take(confirm, { from: 'a' }), 720);
});

test('guesses that are sent all at once are as many as those that come one after another', () => {
  const take = counting();
  for (let times = 0; times < 5; times++) {
    assert.is(take(confirm, { from: 'a', open: true }), undefined);
  }
  assert.is(take(confirm, { from: 'a', open: true }), 720);
});

// -------------------------------------------------------------------------------------
// whose
// -------------------------------------------------------------------------------------

test('an IPv6 address counts as its /64, an IPv4 address in IPv6 as itself (RFC 6177; RFC 4291 2.5.5.2)', () => {
  const network = '2001:db8:0:7::/64';
  for (const address of [
    '2001:db8:0:7::1',
    '2001:DB8:0:7:ffff:ffff:ffff:ffff',
    '2001:0db8:0000:0007:0:0:0:0',
    '[2001:db8::7:0:0:0:5]',
    '2001:db8:0:7::1%eth0',
  ]) {
    assert.is(addressKey(address), network, address);
  }
  assert.is.not(addressKey('2001:db8:0:8::1'), network);
  assert.is(addressKey('::1'), '0:0:0:0::/64');
  assert.is(addressKey('::ffff:192.0.2.7'), '192.0.2.7');
  assert.is(addressKey(' 192.0.2.7 '), '192.0.2.7');
  assert.is(addressKey('x'.repeat(5_000)).length, 100);
});

test('over HTTP: one address is refused, another and none at all are not; the log says where none is known', async () => {
  const lines: LogRecord[] = [];
  const office = await openOffice();
  const { clock } = office;
  const logger = { info: () => {}, warn: (line: LogRecord) => void lines.push(line), error: () => {} };
  const limited = office.serve({
    ...{ rateLimiter: memoryRateLimiter({ clock }), logger },
    addressOf: ({ headers }) => headers.get('user-agent') ?? undefined,
  });
  assert.equal(lines, []);
  const codes = async (userAgent: string): Promise<ReadonlyArray<string>> => {
    const found: string[] = [];
    for (let times = 0; times < 6; times++) {
      const { client } = browser(limited, { userAgent });
      const answer = await client.issueChallenge({
        body: { purpose: 'query-serial', nationalId: 'A123456789' },
      });
      found.push(answer._tag === 'Left' ? refusalOf(answer) : '');
    }
    return found;
  };
  assert.equal(await codes('192.0.2.7'), ['', '', '', '', '', 'TOO_MANY_REQUESTS']);
  assert.equal((await codes('192.0.2.8')).at(0), '');
  assert.equal(
    lines.map(({ code }) => code),
    ['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'],
  );
  office.serve({ rateLimiter: memoryRateLimiter({ clock }), logger });
  assert.match(lines.at(-1)?.message ?? '', 'no addressOf');
  const before = lines.length;
  office.serve({ rateLimiter: null, logger });
  assert.is(lines.length, before);
  await office.close();
});

test.run();
