import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Access } from '../../src/server/description.js';
import type { Route } from '../../src/server/index.js';
import { right, until } from '../support.js';
import { type Browser, browser, type show, showAll } from './support/counter.js';
import { type Filled, filled, type Person } from './support/filled.js';
import { type Office, openOffice, origin } from './support/office.js';
import { ports } from './support/staff.js';

const test = suite<{ office: Office; past: Filled }>('every route, whoever asks');

test.before(async (context) => {
  context.office = await openOffice({ app: ports });
  context.past = await filled(context.office);
  await until(async () => (await context.office.runner.waitFor(context.past.last)())._tag === 'Right');
});

test.after(async ({ office }) => {
  await office.close();
});

// -------------------------------------------------------------------------------------
// support
// -------------------------------------------------------------------------------------

type Headers = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly text: string;
}

const userAgent = 'Test/1.0';

/** Fields of paths, of what EX002 has. */
const pathOf = ({ description: { path } }: Route, past: Filled): string =>
  path
    .replace('{clerkId}', past.chenId)
    .replace('{agencyCode}', 'EX002')
    .replace('{reviewId}', randomUUID())
    .replace('{hash}', '0'.repeat(64))
    .replace('{list}', '0'.repeat(64));

const ask = async (
  { app }: Pick<Office, 'app'>,
  { description: { method } }: Route,
  path: string,
  headers: Headers,
  body: unknown = {},
): Promise<Answer> => {
  const cancel = new AbortController();
  const answer = await app.fetch(
    new Request(`${origin}${path}`, {
      method,
      headers: {
        'user-agent': userAgent,
        'idempotency-key': randomUUID(),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      signal: cancel.signal,
    }),
  );
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    cancel.abort();
    await answer.body?.cancel();
    return { status: answer.status, code: '', text: '' };
  }
  const text = await answer.text();
  const code = /^(?:\{"type":"urn:mandate:error:)?([A-Z_]+)[":]/.exec(text)?.[1] ?? '';
  return { status: answer.status, code: answer.status < 400 ? '' : code, text };
};

const held = ({ card, nationalId }: Person) => ({ card, nationalId });

/** A browser in which cards were shown. */
const inside = async (
  { app }: Pick<Office, 'app'>,
  wish: { readonly purpose: string; readonly agencyCode?: string },
  ...cards: ReadonlyArray<Parameters<typeof show>[2]>
): Promise<{ readonly one: Browser; readonly cookie: Headers; readonly page: Headers }> => {
  const one = browser(app);
  await showAll(one.client, wish, ...cards);
  const cookie = { cookie: one.cookies.header() ?? '' };
  const { csrf } = right(await one.client.session());
  return { one, cookie, page: { ...cookie, origin, 'x-mandate-csrf': csrf ?? '' } };
};

const manager = (office: Pick<Office, 'app'>, { first, lin }: Filled) =>
  inside(office, { purpose: 'delegation', agencyCode: 'EX001' }, { card: first.card }, held(lin));

/** What stands at a door, and lets nobody past. */
const doors: ReadonlySet<string> = new Set([
  'SESSION_REQUIRED',
  'SIGN_IN_REQUIRED',
  'FORBIDDEN',
  'ORIGIN_REFUSED',
  'CSRF_FAILED',
]);

// -------------------------------------------------------------------------------------
// who
// -------------------------------------------------------------------------------------

/** What a route says to somebody of a kind; `''` where it lets them past its door. */
const expected = (
  { description: { access, roles, scopes, holding } }: Route,
  kind: Access | 'begun',
  has: ReadonlyArray<string>,
): string => {
  const forbidden = (wanted: ReadonlyArray<string> | undefined): string =>
    wanted === undefined || wanted.some((one) => has.includes(one)) ? '' : 'FORBIDDEN';
  if (kind === 'staff' && access.includes('staff')) return forbidden(roles);
  if (kind === 'client' && access.includes('client')) return forbidden(scopes);
  if (kind === 'session' && access.includes('session')) return forbidden(holding);
  if (access.includes('public')) return '';
  return access.includes('session') ? 'SESSION_REQUIRED' : 'SIGN_IN_REQUIRED';
};

test('each lets in whom its description names, by role, scope and card, and nobody else', async ({
  office,
  past,
}) => {
  const { first, lin, wang } = past;
  const agency = { purpose: 'delegation', agencyCode: 'EX001' };
  const bearer = (id: string): Headers => ({ authorization: `Bearer ${id}`, origin });
  // Each is let in anew for each route, since some routes end what let them in.
  const callers: ReadonlyArray<
    readonly [string, Access | 'begun', ReadonlyArray<string>, () => Promise<Headers>]
  > = [
    ['nobody', 'public', [], async () => ({ origin })],
    ['a stranger', 'public', [], async () => bearer('stranger')],
    ['a reviewer', 'staff', ['reviewer'], async () => bearer('rev-1')],
    ['an operator', 'staff', ['operator'], async () => bearer('ops-1')],
    ['an auditor', 'staff', ['auditor'], async () => bearer('aud-1')],
    ['who decides', 'client', ['decide'], async () => bearer('gate')],
    ['who reads', 'client', ['read'], async () => bearer('mirror')],
    ['a manager', 'session', ['manager'], async () => (await manager(office, past)).page],
    [
      'who showed one of two cards',
      'begun',
      [],
      async () => (await inside(office, agency, { card: first.card })).page,
    ],
    [
      'a clerk',
      'session',
      [],
      async () => (await inside(office, { purpose: 'login', agencyCode: 'EX001' }, held(wang))).page,
    ],
    [
      'a citizen',
      'session',
      [],
      async () => (await inside(office, { purpose: 'query-serial' }, held(lin))).page,
    ],
    [
      'who brings a manager’s next card',
      'session',
      [],
      async () =>
        (
          await inside(
            office,
            { purpose: 'replace-manager', agencyCode: 'EX001' },
            { card: first.card },
            held(past.hsu),
          )
        ).page,
    ],
  ];
  for (const [who, kind, has, enter] of callers) {
    let headers = await enter();
    for (const one of office.app.routes) {
      const { method, path } = one.description;
      const answer = await ask(office, one, pathOf(one, past), headers);
      const name = `${who}: ${method} ${path} ${answer.status} ${answer.text.slice(0, 200)}`;
      assert.is(doors.has(answer.code) ? answer.code : '', expected(one, kind, has), name);
      assert.is.not(answer.status, 500, name);
      if (path === '/session' && method === 'DELETE') headers = await enter();
    }
  }
});

test('each that changes something is meant by a page of the portal: its origin, and the token of this session', async ({
  office,
  past,
}) => {
  const { cookie, page } = await manager(office, past);
  const other = await manager(office, past);
  const unsafe = office.app.routes.filter(
    ({ description: { method, access } }) =>
      method !== 'GET' && (access.includes('session') || access.includes('public')),
  );
  assert.ok(unsafe.length > 10);
  const { origin: _own, ...withoutOrigin } = page;
  const wrong: ReadonlyArray<readonly [Headers, string]> = [
    [withoutOrigin, 'ORIGIN_REFUSED'],
    [{ ...page, origin: 'null' }, 'ORIGIN_REFUSED'],
    [{ ...page, origin: `${origin}.evil.example` }, 'ORIGIN_REFUSED'],
    [{ ...page, origin: `${origin}/` }, 'ORIGIN_REFUSED'],
    [{ ...page, origin: origin.toUpperCase() }, 'ORIGIN_REFUSED'],
    [{ ...page, 'sec-fetch-site': 'cross-site' }, 'ORIGIN_REFUSED'],
    [{ ...page, 'sec-fetch-site': 'same-site' }, 'ORIGIN_REFUSED'],
    [{ ...page, 'sec-fetch-site': 'none' }, 'ORIGIN_REFUSED'],
    [{ ...cookie, origin }, 'CSRF_FAILED'],
    [{ ...page, 'x-mandate-csrf': '' }, 'CSRF_FAILED'],
    [{ ...page, 'x-mandate-csrf': other.page['x-mandate-csrf'] ?? '' }, 'CSRF_FAILED'],
    [{ ...page, 'x-mandate-csrf': `${page['x-mandate-csrf']}x` }, 'CSRF_FAILED'],
    [{ ...page, 'x-mandate-csrf': (page['x-mandate-csrf'] ?? '').slice(0, -1) }, 'CSRF_FAILED'],
    // A token in a header makes nobody of a cookie's holder into somebody else.
    [{ ...cookie, origin, authorization: 'Bearer stranger' }, 'CSRF_FAILED'],
  ];
  for (const one of unsafe) {
    for (const [headers, code] of wrong) {
      const { text, code: told } = await ask(office, one, pathOf(one, past), headers);
      const { method, path } = one.description;
      assert.is(told, code, `${method} ${path} ${JSON.stringify(headers)} ${text.slice(0, 200)}`);
    }
  }
  assert.is(right(await other.one.client.session()).state, 'confirmed');
});

// -------------------------------------------------------------------------------------
// what is another agency's
// -------------------------------------------------------------------------------------

const queriesOf = (past: Filled, theirs: string): ReadonlyArray<string> => [
  '',
  '?agencyCode=EX002',
  `?clerk=${past.chenId}`,
  `?clerk=${past.chenId}&function=premium-edit`,
  `?clerk=${past.chenId}&function=premium-edit&at=2030-01-01T00:00:00Z`,
  `?cursor=${theirs}`,
  `?clerk=${past.chenId}&cursor=${theirs}`,
  '?at=2030-01-01T00:00:00Z&knownAt=2030-01-01T00:00:00Z',
  '?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z',
  '?since=1',
  '?limit=1000',
  `?after=${past.last}`,
];

test('whatever a manager asks for by another agency’s clerk, code, cursor or position: nothing of it is in any answer', async ({
  office,
  past,
}) => {
  const { cookie } = await manager(office, past);
  const theirs = await inside(
    office,
    { purpose: 'delegation', agencyCode: 'EX002' },
    { card: past.second.card },
    held(past.hsu),
  );
  const page = right(await theirs.one.client.history({ query: { limit: '1' } }));
  const all = right(await theirs.one.client.history({ query: {} }));
  // Everything of EX002 by which it could be told: names, IDs, certificates, pseudonyms, evidence, events.
  const marks = new Set(
    [
      ...['許示範', '陳大文', past.hsu.nationalId, past.chen.nationalId],
      ...(JSON.stringify(all).match(/[0-9a-f]{64}|[0-9A-F]{20,40}|"eventId":"[^"]+"/g) ?? []),
    ].map((mark) => mark.replace(/^"eventId":|"/g, '')),
  );
  // Menu and terms are everybody's.
  const own = await manager(office, past);
  for (const mark of JSON.stringify(right(await own.one.client.history({ query: {} }))).match(
    /[0-9a-f]{64}/g,
  ) ?? [])
    marks.delete(mark);
  assert.ok(marks.size > 10, String(marks.size));
  const readable = office.app.routes.filter(
    ({ description: { method, access } }) =>
      method === 'GET' && (access.includes('session') || access.includes('public')),
  );
  let answered = 0;
  for (const one of readable) {
    for (const query of queriesOf(past, page.next ?? '')) {
      const { status, text } = await ask(office, one, `${pathOf(one, past)}${query}`, cookie);
      const name = `GET ${one.description.path}${query}: ${status}`;
      assert.is.not(status, 500, name);
      if (status === 200) answered += 1;
      for (const mark of marks) assert.not(text.includes(mark), `${name} tells ${mark}`);
    }
  }
  assert.ok(answered > 20, String(answered));
});

test('another agency’s clerk is asked about as one that never was, by whatever route', async ({
  office,
  past,
}) => {
  const { cookie } = await manager(office, past);
  const get = office.app.routes.find(({ description: { id } }) => id === 'history');
  if (get === undefined) throw new Error('no history');
  for (const path of ['/history?clerk=', '/history/blame?function=premium-edit&clerk=']) {
    const theirs = await ask(office, get, `${path}${past.chenId}`, cookie);
    const nobody = await ask(office, get, `${path}${randomUUID()}`, cookie);
    assert.equal(theirs, nobody, path);
  }
});

test('what a certificate shows says nothing of where else its holder acts', async ({ office, past }) => {
  const { one } = await manager(office, past);
  const der = (person: Person): string => Buffer.from(person.card.certificate).toString('base64');
  const shown = right(await one.client.showCertificate({ body: { der: der(past.chen) } }));
  assert.equal(shown.warnings, []);
  assert.equal(right(await one.client.showCertificate({ body: { der: der(past.wang) } })).warnings, [
    'CERTIFICATE_IN_USE',
  ]);
});

test('a key under which another agency gave a command tells nothing of that command', async ({
  office,
  past,
}) => {
  const theirs = await inside(
    office,
    { purpose: 'delegation', agencyCode: 'EX002' },
    { card: past.second.card },
    held(past.hsu),
  );
  const { one } = await manager(office, past);
  const idempotencyKey = randomUUID();
  const certificate = {
    kind: 'card' as const,
    der: Buffer.from(past.lin.card.certificate).toString('base64'),
    cardNumber: past.lin.card.cardNumber,
  };
  const body = {
    clerk: { name: past.lin.name, nationalId: past.lin.nationalId, certificate },
    permissions: ['premium-edit'],
  };
  const given = right(await theirs.one.client.authorizeClerk({ body }, { idempotencyKey }));
  const again = await one.client.authorizeClerk({ body }, { idempotencyKey });
  assert.not.match(JSON.stringify(again), given.clerk ?? 'no clerk');
  for (const { id } of given.events) assert.not.match(JSON.stringify(again), id);
  // Afterwards each has its own, under its own agency.
  const once = right(await theirs.one.client.authorizeClerk({ body }, { idempotencyKey }));
  assert.equal(once, { ...given, idempotent: true });
});

test.run();
