import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Access, BodyCodec, Description } from '../../src/server/description.js';
import type { Outgoing } from '../../src/server/hooks.js';
import { codesOf, statusesOf } from '../../src/server/openapi/common-codes.js';
import type { LogRecord } from '../../src/server/services.js';
import { right } from '../support.js';
import { like } from './openapi/like.js';
import { agreed, browser, type Cards, contact, showAll, testCards } from './support/counter.js';
import { type Office, openOffice, origin } from './support/office.js';
import { ports } from './support/staff.js';

/** 10,000 requests in rounds, each at a portal of its own: some of the requests end sessions and close agencies. */
const rounds = 10;
const requests = 1_000;

interface Scene {
  office: Office;
  cards: Cards;
  seen: Outgoing[];
  lines: LogRecord[];
}

const test = suite<Scene>('random requests');

test.before.each(async (context) => {
  context.cards = await testCards();
  context.seen = [];
  context.lines = [];
  const note = (record: LogRecord): void => {
    context.lines.push(record);
  };
  context.office = await openOffice({
    app: {
      ...ports,
      basePath: '/api',
      logger: { info: note, warn: note, error: note },
      limits: { waitMilliseconds: 5 },
      hooks: [{ after: (outgoing) => context.seen.push(outgoing) }],
    },
  });
});

test.after.each(async ({ office }) => {
  await office.close();
});

// -------------------------------------------------------------------------------------
// who asks
// -------------------------------------------------------------------------------------

interface Sender {
  readonly name: string;
  /** Which routes are for them. */
  readonly access: Access;
  readonly headers: Readonly<Record<string, string>>;
}

const base = `${origin}/api`;

const sessionOf = async (
  office: Office,
  purpose: string,
  ...held: ReadonlyArray<Cards['lin']>
): Promise<Sender> => {
  const { client, cookies } = browser(office.app, { base });
  const wish = { purpose, agencyCode: 'EX001' };
  await showAll(client, wish, ...held);
  if (held.length === 0) right(await client.issueChallenge({ body: wish }));
  const { csrf, state } = right(await client.session());
  const headers = { cookie: cookies.header() ?? '', 'x-mandate-csrf': csrf ?? '' };
  return { name: `${purpose} ${state}`, access: 'session', headers };
};

/** An agency with its sessions, staff of all roles, a client of all scopes, and nobody. */
const sendersOf = async (office: Office, { office1, lin }: Cards): Promise<ReadonlyArray<Sender>> => {
  const { client } = browser(office.app, { base });
  const terms = await agreed(client);
  await showAll(client, { purpose: 'first-registration', agencyCode: 'EX001' }, office1, lin);
  right(await client.registerAgency({ body: { terms, contact } }));
  const bearer = (access: Access, name: string): Sender => ({
    ...{ name, access, headers: { authorization: `Bearer ${name}` } },
  });
  return [
    { name: 'nobody', access: 'public', headers: {} },
    await sessionOf(office, 'delegation'),
    await sessionOf(office, 'delegation', office1),
    await sessionOf(office, 'delegation', office1, lin),
    await sessionOf(office, 'delegation', office1, lin),
    await sessionOf(office, 'query-oid', office1),
    ...['all-1', 'rev-1'].map((name) => bearer('staff', name)),
    ...['gate', 'mirror'].map((name) => bearer('client', name)),
  ];
};

// -------------------------------------------------------------------------------------
// what is asked
// -------------------------------------------------------------------------------------

/** What must come back in no answer and no line of the log. */
const personal = ['N134567892', '吳路人', 'stranger@leak.example', '0912-345-678', 'TP01234567890123'];

const leak =
  /N134567892|吳路人|stranger@leak|0912-345-678|TP01234567890123|\bat \S+:\d+:\d+|node_modules|Error:/;

/** The same value, with something personal in the place of one of its texts. */
const planted = (value: unknown, text: string, at: number): unknown => {
  let left = at;
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return left-- === 0 ? text : one;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value);
};

const likely = (codec: BodyCodec, plants: boolean): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: like(codec) },
    {
      weight: plants ? 2 : 0,
      arbitrary: fc
        .tuple(like(codec), fc.constantFrom(...personal), fc.nat(4))
        .map(([value, text, at]) => planted(value, text, at)),
    },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(
        fc.constantFrom('__proto__', 'constructor', 'type', ...personal),
        fc.jsonValue(),
      ),
    },
  );

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

const texts = (value: unknown): ReadonlyArray<[string, string]> =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)])
    : [];

const filled = (path: string, params: unknown): string =>
  texts(params).reduce((whole, [name, value]) => whole.replace(`{${name}}`, encodeURIComponent(value)), path);

/** A request to a route that has about the right shape. */
const askedOf = ({ method, path, params, query, body, access }: Description): fc.Arbitrary<Asked> => {
  // What staff publishes is for everybody to read.
  const plants = !access.includes('staff');
  return fc
    .record({
      params: params === undefined ? fc.constant({}) : likely(params, plants),
      query: query === undefined ? fc.constant({}) : likely(query, plants),
      body: body === undefined ? fc.constant(undefined) : likely(body, plants),
    })
    .map((parts) => {
      const search = new URLSearchParams(
        texts(parts.query).map(([name, value]): [string, string] => [name, value]),
      );
      const address = filled(path, parts.params).replace(/\{\w+\}/g, 'x');
      return {
        method,
        path: search.size === 0 ? address : `${address}?${search.toString()}`,
        body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
      };
    });
};

const noise: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'),
  path: fc.oneof(
    fc.webPath().map((path) => path || '/'),
    fc.constantFrom(...personal).map((text) => `/clerks/${encodeURIComponent(text)}`),
  ),
  body: fc.oneof(fc.string(), fc.constant('['.repeat(100)), fc.json()),
});

/** What else stands in the head: mostly what a page of the portal writes. */
const heads = fc.record(
  {
    origin: fc.constantFrom('https://evil.example', 'null'),
    'content-type': fc.constantFrom('text/plain', 'application/json; charset=utf-8', ''),
    'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site'),
    'accept-language': fc.constantFrom('en', ';q=;;', '*'),
    'if-none-match': fc.constantFrom('*', '"x"', 'W/'),
    'mandate-after': fc.constantFrom('~', '0', 'N134567892'),
    // AuthZEN 1.0 gives it back as it came (10.1.3).
    'x-request-id': fc.uuid(),
    'x-mandate-csrf': fc.constantFrom('x', ''),
    'content-encoding': fc.constantFrom('gzip', 'identity'),
    'idempotency-key': fc.constantFrom('N134567892', ''),
  },
  { requiredKeys: [] },
);

/** Of ten requests seven have nothing odd in their head. */
const oddities = fc.oneof({ weight: 7, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: heads });

// -------------------------------------------------------------------------------------
// what must hold
// -------------------------------------------------------------------------------------

const unmatched: ReadonlySet<number> = new Set([404, 405, 414]);

const requestOf = (
  { method, path, body }: Asked,
  sender: Sender,
  odd: Readonly<Record<string, string>>,
): Request =>
  new Request(`${base}${path}`, {
    method,
    headers: {
      origin,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      'user-agent': 'Test/1.0',
      ...sender.headers,
      ...odd,
    },
    ...(method === 'GET' || method === 'HEAD' || body === undefined ? {} : { body }),
  });

const readAll = async (answer: Response): Promise<string> => {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) return answer.text();
  await answer.body?.cancel();
  return '';
};

for (let round = 1; round <= rounds; round++) {
  test(`only declared statuses and codes, no stack, nothing personal: ${requests} requests, round ${round} of ${rounds}`, async ({
    office,
    cards,
    seen,
    lines,
  }) => {
    const senders = await sendersOf(office, cards);
    const anybody = fc.constantFrom(...senders);
    const sentBy = ({ access }: Description): fc.Arbitrary<Sender> => {
      const meant = senders.filter((one) => access.includes(one.access));
      return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...meant) }, { weight: 1, arbitrary: anybody });
    };
    const requestsToRoutes = office.app.routes.map(({ description }) => ({
      // What ends the session that the others need comes seldom.
      weight: description.tag === 'session' ? 1 : 4,
      arbitrary: fc.tuple(askedOf(description), sentBy(description)),
    }));
    const sent = fc.oneof({ weight: 15, arbitrary: fc.tuple(noise, anybody) }, ...requestsToRoutes);
    const property = async ([request, sender]: readonly [Asked, Sender], odd: Sender['headers']) => {
      seen.length = 0;
      lines.length = 0;
      const answer = await office.app.fetch(requestOf(request, sender, odd));
      const text = await readAll(answer);
      const [{ description, code, status } = { status: 0, code: undefined, description: undefined }] = seen;
      const what = `${request.method} ${description?.id} by ${sender.name}: ${status} ${code}`;
      assert.is(status, answer.status);
      assert.ok(status !== 500, what);
      if (description === undefined) assert.ok(unmatched.has(status), what);
      else assert.ok(statusesOf(description).includes(status), what);
      if (description !== undefined && code !== undefined)
        assert.ok(codesOf(description).includes(code), what);
      assert.not.match(`${text}${JSON.stringify([...answer.headers])}`, leak);
      for (const record of lines) assert.not.match(JSON.stringify(record), leak);
    };
    await fc.assert(fc.asyncProperty(sent, oddities, property), {
      numRuns: requests,
    });
  });
}

test.run();
