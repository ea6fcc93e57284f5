import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type ClientFault,
  cookieJar,
  forwarding,
  type RegisterClientOptions,
  registerClient,
} from '../../src/client/index.js';
import { registerRoutes } from '../../src/server/routes/index.js';
import { right } from '../support.js';

const test = suite('the typed client');

const base = 'https://portal.example/api';

interface Answered {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A register that answers as it is told, and remembers what it was asked. */
const scripted = (answers: ReadonlyArray<Answered | 'nobody'>) => {
  const asked: Request[] = [];
  const fetch: NonNullable<RegisterClientOptions['fetch']> = async (request) => {
    const answer = answers[asked.length] ?? {};
    asked.push(request);
    if (answer === 'nobody') throw new TypeError('connection refused');
    const { status = 200, body = {}, headers = {} } = answer;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    return new Response(text, { status, headers: { 'content-type': type, ...headers } });
  };
  return { asked, fetch };
};

const faultOf = (answer: E.Either<ClientFault, unknown>): ClientFault => {
  if (E.isRight(answer)) throw new Error('no fault');
  return answer.left;
};

const problem = (code: string, status = 403): Answered => ({
  ...{ status, body: { code, status, texts: { zh: '', en: '' } } },
  headers: { 'content-type': 'application/problem+json' },
});

const command = { params: { clerkId: 'f0c1a1e8-8a53-4f2b-9c55-0d3c2b1a4e01' }, body: { confirmed: true } };

test('it has a method for every route of the register', () => {
  const client = registerClient({ base, fetch: scripted([]).fetch });
  for (const { description } of registerRoutes) {
    assert.type((client as unknown as Record<string, unknown>)[description.id], 'function', description.id);
  }
});

test('it asks at the route’s address, with what a path or a query may not hold written so that it may', async () => {
  const { asked, fetch } = scripted([]);
  const client = registerClient({ base: `${base}/`, fetch });
  await client.registrations({ query: { agencyCode: 'a&b=c' } });
  await client.review({ params: { reviewId: '../x?y#z' } });
  await client.root();
  assert.equal(
    asked.map(({ url }) => url),
    [
      'https://portal.example/api/registrations?agencyCode=a%26b%3Dc',
      'https://portal.example/api/staff/reviews/..%2Fx%3Fy%23z',
      'https://portal.example/api',
    ],
  );
});

test('a command has a key of its own, and the same one when it is sent again', async () => {
  const { asked, fetch } = scripted(['nobody', 'nobody', {}]);
  const client = registerClient({ base, fetch, csrf: 'token' });
  right(await client.revokeClerk(command));
  const keys = asked.map(({ headers }) => headers.get('idempotency-key'));
  assert.is(asked.length, 3);
  assert.match(keys[0] ?? '', /^[0-9a-f-]{36}$/);
  assert.is(new Set(keys).size, 1);
  await client.revokeClerk(command);
  assert.is.not(asked[3]?.headers.get('idempotency-key'), keys[0]);
});

test('what could count twice is not sent again when nobody answers', async () => {
  const { asked, fetch } = scripted(['nobody']);
  const client = registerClient({ base, fetch, csrf: 'token' });
  const fault = faultOf(await client.confirmCard({ body: { nonce: 'n', cms: 'AAAA' } }));
  assert.is(fault.kind, 'network');
  assert.is(asked.length, 1);
});

test('whoever gives up, or has it given up for them, gets a fault and no exception', async () => {
  const never = registerClient({
    base,
    fetch: scripted(['nobody', 'nobody', 'nobody', 'nobody']).fetch,
    retries: 1,
  });
  assert.is(faultOf(await never.terms()).kind, 'network');
  const { asked, fetch } = scripted(['nobody']);
  const stopping = new AbortController();
  stopping.abort();
  assert.is(
    faultOf(await registerClient({ base, fetch }).terms({}, { signal: stopping.signal })).kind,
    'network',
  );
  assert.is(asked.length, 1);
});

test('an answer that is not the register’s is told as such', async () => {
  for (const answer of [
    { status: 502, body: '<h1>Bad Gateway</h1>' },
    { status: 500, body: { error: 'x' } },
    { status: 200, body: '{"cut": ', headers: { 'content-type': 'application/json' } },
    { status: 404, body: '{', headers: { 'content-type': 'application/problem+json' } },
  ]) {
    const fault = faultOf(await registerClient({ base, fetch: scripted([answer]).fetch }).terms());
    assert.equal(fault, { _tag: 'ClientFault', kind: 'answer', status: answer.status });
  }
});

test('a refusal comes as its problem', async () => {
  const fault = faultOf(
    await registerClient({ base, fetch: scripted([problem('NOT_FOUND', 404)]).fetch }).terms(),
  );
  assert.is(fault.kind === 'problem' ? fault.problem.code : '', 'NOT_FOUND');
});

test('the page’s token is asked for when it is first needed, follows its changes, and is asked for anew when it is old', async () => {
  const { asked, fetch } = scripted([
    { headers: { 'mandate-csrf': 'one' } },
    { headers: { 'mandate-csrf': 'two' } },
    {},
    problem('CSRF_FAILED'),
    { headers: { 'mandate-csrf': 'three' } },
    {},
  ]);
  const client = registerClient({ base, fetch });
  for (let times = 0; times < 3; times++) right(await client.revokeClerk(command));
  assert.equal(
    asked.map(({ method, headers }) => [method, headers.get('x-mandate-csrf')]),
    [
      ['GET', null],
      ['DELETE', 'one'],
      ['DELETE', 'two'],
      ['DELETE', 'two'],
      ['GET', null],
      ['DELETE', 'three'],
    ],
  );
  assert.is(asked[3]?.headers.get('idempotency-key'), asked[5]?.headers.get('idempotency-key'));
});

test('who asks in a browser’s name never asks for a token, and sends the one of the form', async () => {
  for (const csrf of ['of-the-form', null]) {
    const { asked, fetch } = scripted([problem('CSRF_FAILED'), {}]);
    const client = registerClient({ base, fetch, csrf });
    assert.is(faultOf(await client.revokeClerk(command)).kind, 'problem');
    assert.equal(
      asked.map(({ headers }) => headers.get('x-mandate-csrf')),
      [csrf],
    );
  }
});

test('a reader asks for what the client’s last command brought', async () => {
  const { asked, fetch } = scripted([{ headers: { 'mandate-position': '00000042' } }, {}, {}]);
  const client = registerClient({ base, fetch, csrf: 'token', after: '00000007' });
  assert.is(client.position(), '00000007');
  await client.revokeClerk(command);
  await client.history();
  await client.history({}, { after: '00000099' });
  assert.equal(
    asked.map(({ headers }) => headers.get('mandate-after')),
    [null, '00000042', '00000099'],
  );
});

test('cookies are kept, replaced and taken away as they come, and can be passed on', async () => {
  const jar = cookieJar('a=1; b=2; broken');
  assert.is(jar.header(), 'a=1; b=2');
  jar.take(['a=3; Path=/; HttpOnly', 'b=; Max-Age=0; Path=/', 'nonsense', 'c=x=y; Secure']);
  assert.is(jar.header(), 'a=3; c=x=y');
  assert.equal(jar.received(), ['a=3; Path=/; HttpOnly', 'b=; Max-Age=0; Path=/', 'c=x=y; Secure']);
  jar.take(['a=; Max-Age=0', 'c=; max-age = 0;']);
  assert.is(jar.header(), undefined);
});

test('a server of pages passes on what tells the browser, and nothing else of its request', async () => {
  const request = new Request('https://portal.example/clerks', {
    headers: {
      cookie: '__Host-mandate=t',
      origin: 'https://portal.example',
      'user-agent': 'Browser/1',
      'accept-language': 'en',
      'sec-fetch-site': 'same-origin',
      authorization: 'Basic eDp5',
      'idempotency-key': 'x',
      'x-mandate-csrf': 'sent by a script',
    },
  });
  const { headers, cookies, csrf } = forwarding(request, 'of-the-form');
  assert.equal(headers, {
    origin: 'https://portal.example',
    'sec-fetch-site': 'same-origin',
    'user-agent': 'Browser/1',
    'accept-language': 'en',
  });
  assert.is(cookies.header(), '__Host-mandate=t');
  assert.is(csrf, 'of-the-form');
  assert.is(forwarding(request).csrf, null);
});

test.run();
