import { connect } from 'node:net';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startServer } from '../../src/node/index.js';
import { membersOf, namesIn } from '../../src/server/json-text.js';
import { right } from '../support.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office }>('what a request may bring');

test.before(async (context) => {
  context.office = await openOffice({ app: { basePath: '/api' } });
});

test.after(async ({ office }) => {
  await office.close();
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
}

const send = async (
  { app }: Office,
  { method = 'POST', path = '/challenges', headers = {}, body }: Sent,
): Promise<{ readonly status: number; readonly code: string; readonly text: string }> => {
  const answer = await app.fetch(
    new Request(`${origin}/api${path}`, {
      method,
      headers: { origin, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  );
  const text = await answer.text();
  const { code = '' } = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string };
  return { status: answer.status, code, text };
};

const json = JSON.stringify({ purpose: 'query-serial', nationalId: 'A123456789' });

test('a body is JSON by its type, in UTF-8, unpacked', async ({ office }) => {
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
  ]) {
    assert.is((await send(office, { headers: { 'content-type': type }, body: json })).status, 200, type);
  }
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/json; charset=big5' },
    { 'content-type': 'application/json; x=1' },
    { 'content-type': 'application/json, text/plain' },
    { 'content-type': 'application/problem+json' },
    { 'content-type': '' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'identity, br' },
  ]) {
    const { status, code } = await send(office, { headers, body: json });
    assert.equal([status, code], [415, 'UNSUPPORTED_MEDIA_TYPE'], JSON.stringify(headers));
  }
});

test('what is no JSON is refused without a word of it', async ({ office }) => {
  for (const body of [
    '',
    '{',
    'undefined',
    '{"purpose": \'x\'}',
    '\ufeff{}',
    '{"a":1}{"b":2}',
    'NaN',
    Uint8Array.of(0x22, 0xc3, 0x28, 0x22),
  ]) {
    const { status, code, text } = await send(office, { body });
    assert.equal([status, code], [400, 'JSON_MALFORMED'], String(body));
    assert.not.match(text, /position|token|SyntaxError/);
  }
});

test('JSON of another kind than the body’s is told field by field', async ({ office }) => {
  for (const body of ['null', '[]', '1', '"x"', '{}', '{"purpose":1}', '{"purpose":["delegation"]}']) {
    assert.equal((await send(office, { body })).status, 400, body);
  }
  const { text } = await send(office, {
    body: '{"__proto__":{"purpose":"delegation"},"a":1,"A123456789":2}',
  });
  assert.not.match(text, 'A123456789');
  assert.match(text, 'UNKNOWN_FIELD');
});

test('a body of more octets than there may be is refused, whatever it says of itself', async ({ office }) => {
  const large = `{"purpose":"${'x'.repeat(140_000)}"}`;
  assert.equal((await send(office, { body: large })).code, 'PAYLOAD_TOO_LARGE');
  const announced = await send(office, { headers: { 'content-length': '999999999' }, body: json });
  assert.is(announced.status, 413);
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(65_536).fill(0x20));
    },
  });
  const answer = await office.app.fetch(
    new Request(`${origin}/api/challenges`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit),
  );
  assert.is(answer.status, 413);
  assert.ok(pulled < 10, `${pulled} pulled`);
});

test('a body may be as large as that, and not an octet larger, in one piece or in parts', async ({
  office,
}) => {
  const filled = (octets: number): string => json + ' '.repeat(octets - json.length);
  const inParts = (text: string): ReadableStream<Uint8Array> => {
    const octets = new TextEncoder().encode(text);
    return new ReadableStream({
      start: (controller) => {
        controller.enqueue(octets.slice(0, 100_000));
        controller.enqueue(octets.slice(100_000));
        controller.close();
      },
    });
  };
  for (const [octets, status] of [
    [131_072, 200],
    [131_073, 413],
  ] as const) {
    const text = filled(octets);
    assert.is((await send(office, { body: text })).status, status);
    const announced = { 'content-length': String(octets) };
    assert.is((await send(office, { headers: announced, body: text })).status, status);
    const { status: told } = await office.app.fetch(
      new Request(`${origin}/api/challenges`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: inParts(text),
        duplex: 'half',
      } as RequestInit),
    );
    assert.is(told, status);
  }
});

test('a body is counted where its length is not certain, also one that says little of itself', async ({
  office,
}) => {
  const large = `{"purpose":"${'x'.repeat(140_000)}"}`;
  const lying = await send(office, { headers: { 'content-length': '10' }, body: large });
  assert.equal([lying.status, lying.code], [413, 'PAYLOAD_TOO_LARGE']);
});

/** What a server answers to one body after another on one connection, as it would come from a network. */
const overTheWire = async ({ app }: Office, bodies: ReadonlyArray<string | Uint8Array<ArrayBuffer>>) => {
  const server = right(await startServer({ fetch: app.fetch, port: 0 })());
  const statuses: number[] = [];
  for (const body of bodies) {
    const headers = { origin, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/api/challenges`, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    statuses.push(answer.status);
  }
  await server.stop();
  return statuses;
};

test('over a network bodies are held to the same rules, one after another', async ({ office }) => {
  const wrong = [
    ['', 400],
    ['{', 400],
    ['\ufeff{}', 400],
    [Uint8Array.of(0x22, 0xc3), 400],
    [`{"purpose":"${'x'.repeat(140_000)}"}`, 413],
    [`{"purpose":${'['.repeat(40)}${']'.repeat(40)}}`, 400],
  ] as const;
  // What was wrong with one body is not remembered against the next.
  const sent = wrong.flatMap(([body]) => [body, json]);
  assert.equal(
    await overTheWire(office, sent),
    wrong.flatMap(([, status]) => [status, 200]),
  );
});

test('a body of parts is counted as they come', async ({ office }) => {
  const server = right(await startServer({ fetch: office.app.fetch, port: 0 })());
  const answered = await new Promise<string>((resolve) => {
    let text = '';
    const head = `POST /api/challenges HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\n`;
    const part = `8000\r\n${' '.repeat(0x8000)}\r\n`;
    const socket = connect(server.port, '127.0.0.1', () =>
      // It never ends.
      socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${part.repeat(8)}`),
    );
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('PAYLOAD_TOO_LARGE')) socket.destroy();
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
  assert.match(answered, 'HTTP/1.1 413');
  await server.stop();
});

test('JSON that is nested too deeply is refused before it is parsed', async ({ office }) => {
  const deep = (levels: number) => `{"purpose":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  assert.is((await send(office, { body: deep(31) })).code, 'INVALID_INPUT');
  assert.is((await send(office, { body: deep(32) })).code, 'JSON_TOO_DEEP');
  assert.is((await send(office, { body: deep(60_000) })).code, 'JSON_TOO_DEEP');
  assert.is(
    (await send(office, { body: '{"purpose":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\"["}' })).code,
    'INVALID_INPUT',
  );
});

test('JSON that names a member twice is refused: who looked before may have heard the other (RFC 8259 4)', async ({
  office,
}) => {
  for (const body of [
    '{"purpose":"delegation","purpose":"query-serial","nationalId":"A123456789"}',
    '{"purpose":"query-serial","nationalId":"A123456789","nationalId":"A123456789"}',
    '{"purpose":"query-serial","\\u0070urpose":"query-serial","nationalId":"A123456789"}',
    '{"purpose":"query-serial","nationalId":"A123456789","__proto__":1,"__proto__":2}',
    '{"purpose":[{"a":1},{"b":{"c":1,"d":":","c":1}}]}',
    '{"":1,"":2}',
  ]) {
    const { status, code } = await send(office, { body });
    assert.equal([status, code], [400, 'JSON_MEMBER_TWICE'], body);
  }
  const colons = '{"purpose":"query-serial","nationalId":"a:\\":b,{:"}';
  assert.is((await send(office, { body: colons })).code, 'INVALID_INPUT');
});

test('whatever JSON is written, members once are not taken for members twice, and a doubled one is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
      const text = JSON.stringify(value, null, 1);
      assert.is(membersOf(JSON.parse(text)), namesIn(text, 1000));
      const twice = `{"x":${text},"y":{"n":${text},"n":${text}}}`;
      assert.is.not(membersOf(JSON.parse(twice)), namesIn(twice, 1000));
    }),
  );
});

test('a request that takes no body has none', async ({ office }) => {
  const without = await send(office, { method: 'DELETE', path: '/session' });
  assert.is(without.status, 200);
  const empty = await send(office, { method: 'DELETE', path: '/session', body: '' });
  assert.is(empty.status, 200);
  const { status, code } = await send(office, { method: 'DELETE', path: '/session', body: '{}' });
  assert.equal([status, code], [400, 'INVALID_INPUT']);
});

test('a query parameter that is not declared, or comes twice, is refused without its name', async ({
  office,
}) => {
  for (const query of [
    'agencyCode=EX001&A123456789=1',
    'agencyCode=EX001&agencyCode=EX002',
    'agencyCode=EX001&__proto__=1',
    'agencyCode[]=EX001',
    'AgencyCode=EX001',
    '',
  ]) {
    const answer = await send(office, { method: 'GET', path: `/registrations?${query}` });
    assert.equal([answer.status, answer.code], [400, 'INVALID_INPUT'], query);
    assert.not.match(answer.text, 'A123456789');
  }
});

test('a position is told once: in the header, or else once in the address', async ({ office }) => {
  const path = '/registrations?agencyCode=EX001';
  const ask = async (more: string, headers: Record<string, string> = {}): Promise<string> =>
    (await send(office, { method: 'GET', path: `${path}${more}`, headers })).code;
  const { position } = right(await office.settings.store.readAll('start', 1)()).events[0] ?? { position: '' };
  assert.is(await ask(`&after=${position}`), 'AGENCY_NOT_REGISTERED');
  assert.is(await ask(`&after=${position}&after=${position}`), 'INVALID_INPUT');
  assert.is(await ask('&after=zzzz', { 'mandate-after': position }), 'AGENCY_NOT_REGISTERED');
});

test('an address that is too long is refused', async ({ office }) => {
  const answer = await send(office, { method: 'GET', path: `/terms?${'x'.repeat(5_000)}` });
  assert.equal([answer.status, answer.code], [414, 'URI_TOO_LONG']);
  const start = `${origin}/api`.length + '/terms?'.length;
  const of = (letters: number) =>
    send(office, { method: 'GET', path: `/terms?${'x'.repeat(letters - start)}` });
  assert.is((await of(4_096)).code, 'INVALID_INPUT');
  assert.is((await of(4_097)).code, 'URI_TOO_LONG');
});

test('nothing of a request gets into a header of its answer (header injection)', async ({ office }) => {
  const answer = await office.app.fetch(
    new Request(`${origin}/api/registrations?agencyCode=EX001%0d%0aSet-Cookie:%20x=1`, {
      headers: {
        'accept-language': 'en%0d%0aX-Evil: 1',
        'x-request-id': 'A123456789',
        'mandate-after': '%0d%0aX-Evil: 1',
      },
    }),
  );
  const headers = JSON.stringify([...answer.headers]);
  assert.not.match(headers, /evil|A123456789/i);
  assert.is(answer.headers.get('set-cookie'), null);
});

test('no other spelling of a path is that path (path tricks)', async ({ office }) => {
  const server = right(await startServer({ fetch: office.app.fetch, port: 0 })());
  const statusOf = (target: string): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(`GET ${target} HTTP/1.1\r\nHost: gepi.example\r\nConnection: close\r\n\r\n`);
      });
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text.slice(9, 12)));
    });
  assert.is(await statusOf('/api/terms'), '200');
  // These are what a browser makes of them before it asks: the address itself.
  for (const same of [
    '/api/./terms',
    '/api/x/../terms',
    '/api/x/%2e%2e/terms',
    'http://gepi.example/api/terms',
    '/api/plan?changed=%61gency',
  ]) {
    assert.is(await statusOf(same), '200', same);
  }
  for (const other of [
    '/api//terms',
    '//api/terms',
    '/api/terms/',
    '/api/TERMS',
    '/API/terms',
    '/api%2fterms',
    '/api/terms%2f',
    '/api/terms%00',
    '/api/terms;x=1',
    '/api/..%2fterms',
    '/api/%252e%252e/terms',
    '/terms',
    '/api/../terms',
    '/api/staff/..%2fterms',
    '/api/%E0%A4%A',
    '/api/%zz',
    // Equal by RFC 3986 6.2.2.2; a gateway that keeps a path shut may not know.
    '/api/%74erms',
    '/%61pi/terms',
    '/api/term%53',
  ]) {
    assert.is(await statusOf(other), '404', other);
  }
  await server.stop();
});

test('a mistake of ours is told to nobody but by its name to operators', async ({ office }) => {
  for (const mistake of [new RangeError('of A123456789'), 'A123456789', undefined]) {
    const details: unknown[] = [];
    const app = office.serve({
      register: {
        ...office.register,
        presentTerms: () => async () => {
          throw mistake;
        },
      },
      hooks: [{ after: ({ detail }) => details.push(detail) }],
    });
    const answer = await app.fetch(new Request(`${origin}/api/terms`));
    assert.is(answer.status, 500);
    assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    const text = await answer.text();
    assert.match(text, 'INTERNAL_ERROR');
    assert.not.match(`${text}${JSON.stringify(details)}`, /A123456789|\bat /);
  }
});

test.run();
