import { connect, type Socket } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { remoteAddressOf, type ServerOptions, startServer } from '../../src/node/index.js';
import { noteServed } from '../../src/server/own-server.js';
import { textOf, textResponse } from '../../src/server/text-response.js';
import { codeOf, right, until } from '../support.js';

const test = suite('a Node server for a fetch handler');

const hello: ServerOptions['fetch'] = (request) =>
  new Response(`${request.method} ${new URL(request.url).pathname}`);

const started = async (options: Partial<ServerOptions> = {}) =>
  right(await startServer({ fetch: hello, port: 0, ...options })());

interface Line {
  readonly socket: Socket;
  readonly text: () => string;
  readonly ended: Promise<string>;
}

/** A connection on which is written what no client would write. */
const line = (port: number, first: string): Line => {
  let text = '';
  const socket = connect(port, '127.0.0.1', () => socket.write(first));
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = new Promise<string>((resolve) => {
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
  return { socket, text: () => text, ended };
};

test('it answers on this machine alone, and knows from where it was asked', async () => {
  const server = await started({ fetch: (request) => new Response(remoteAddressOf(request) ?? 'nobody') });
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.is(await (await fetch(server.url)).text(), '127.0.0.1');
  await server.stop();
});

test('an answer whose text is known goes out as any other: status, headers, cookies one by one, length in octets', async () => {
  const headers = (): Headers => {
    const made = new Headers({ 'content-type': 'text/plain; charset=utf-8', etag: '"a"' });
    made.append('set-cookie', 'a=1; Path=/');
    made.append('set-cookie', 'b=2, 3; Path=/');
    return made;
  };
  const known = await started({
    fetch: (request) => textResponse(request, '王小明', { status: 201, headers: headers() }),
  });
  const other = await started({ fetch: () => new Response('王小明', { status: 201, headers: headers() }) });
  const ask = async (port: number, method: string): Promise<string> => {
    const head = `${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    const heard = await line(port, head).ended;
    const [top = '', body = ''] = heard.split('\r\n\r\n');
    return `${top
      .toLowerCase()
      .split('\r\n')
      .filter((one) => !one.startsWith('date:'))
      .sort()
      .join('\n')}\n\n${body}`;
  };
  const written = await ask(known.port, 'GET');
  assert.is(written, await ask(other.port, 'GET'));
  assert.match(written, 'content-length: 9');
  assert.match(written, 'set-cookie: a=1; path=/\nset-cookie: b=2, 3; path=/');
  assert.ok((await ask(known.port, 'HEAD')).endsWith('\n\n'));
  await known.stop();
  await other.stop();
});

/** An answer of one text to a request that came through our server. */
const served = (text: string): Response => {
  const request = new Request('http://localhost/');
  noteServed(request, '127.0.0.1');
  return textResponse(request, text, { status: 200, headers: new Headers({ 'content-type': 'text/plain' }) });
};

test('of an answer that somebody has begun to read, the text is not known any more', async () => {
  const answer = served('once');
  assert.is(textOf(answer), 'once');
  assert.not(answer.bodyUsed);
  assert.is(await answer.clone().text(), 'once');
  assert.is(textOf(answer), undefined);
  assert.is(await answer.text(), 'once');
  assert.ok(answer.bodyUsed);
  const again = await answer.text().catch(() => 'refused');
  assert.is(again, 'refused');
});

test('a program between register and server reads such an answer in any way there is', async () => {
  const octets = [...new TextEncoder().encode('{"a":"王"}')];
  assert.equal(await served('{"a":"王"}').json(), { a: '王' });
  assert.equal([...new Uint8Array(await served('{"a":"王"}').arrayBuffer())], octets);
  assert.equal([...new Uint8Array(await (await served('{"a":"王"}').blob()).arrayBuffer())], octets);
  assert.equal((await served('{"a":"王"}').blob()).type, 'text/plain');
  assert.is(
    await served('a=1')
      .formData()
      .catch(() => undefined),
    undefined,
  );
  const { body, status, headers } = served('王');
  const again = new Response(body, { status, headers });
  assert.is(await again.text(), '王');
  assert.is(again.headers.get('content-type'), 'text/plain');
  if (typeof Response.prototype.bytes === 'function') {
    assert.equal([...(await served('{"a":"王"}').bytes())], octets);
  }
});

test('a program between them may answer with what it made of it', async () => {
  const server = await started({
    fetch: (request) => {
      const { body, status, headers } = textResponse(request, '王', { status: 201, headers: new Headers() });
      return new Response(body, { status, headers });
    },
  });
  const answer = await fetch(server.url);
  assert.is(answer.status, 201);
  assert.is(await answer.text(), '王');
  await server.stop();
});

test('for any other server an answer is the one of its platform', () => {
  const init = { status: 200, headers: new Headers() };
  const answer = textResponse(new Request('http://localhost/'), 'a', init);
  assert.is(answer.constructor, Response);
  assert.is(textOf(answer), undefined);
});

test('a port that somebody has is told', async () => {
  const server = await started();
  assert.is(codeOf(await startServer({ fetch: hello, port: server.port })()), 'PORT_IN_USE');
  assert.is(codeOf(await startServer({ fetch: hello, host: '203.0.113.7', port: 0 })()), 'LISTEN_FAILED');
  await server.stop();
});

test('whoever sends a head or a body too slowly is cut off', async () => {
  const server = await started({ headersMilliseconds: 100, requestMilliseconds: 200 });
  const head = line(server.port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const body = line(server.port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
  assert.match(await head.ended, '408 Request Timeout');
  await body.ended;
  await server.stop();
});

test('a head that is too large, and a request that is none, are refused', async () => {
  const server = await started({ headerBytes: 2_048 });
  const large = line(server.port, `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(4_000)}\r\n\r\n`);
  assert.match(await large.ended, '431 ');
  const noise = line(server.port, 'HELO me\r\n\r\n');
  assert.match(await noise.ended, '400 Bad Request');
  const split = line(
    server.port,
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  );
  assert.match(await split.ended, '400 Bad Request');
  await server.stop();
});

test('an impossible Host or target is refused without a word', async () => {
  const server = await started();
  for (const head of [
    'GET / HTTP/1.1\r\nHost: a b\r\n',
    'GET / HTTP/1.1\r\nHost: x/../y\r\n',
    'GET / HTTP/1.1\r\nHost: user@x\r\n',
    'GET \\..\\x HTTP/1.1\r\nHost: x\r\n',
    // Of two names, who stands before may have looked at the other (RFC 9112 3.2).
    'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\nX: Host\r\nHOST: x\r\n',
  ]) {
    const answer = await line(server.port, `${head}Connection: close\r\n\r\n`).ended;
    assert.match(answer, /^HTTP\/1\.1 400 /, head);
    assert.not.match(answer, /Error|at /);
  }
  const named = 'GET /x HTTP/1.1\r\nX: Host\r\nHost: x\r\nHosts: y\r\nConnection: close\r\n\r\n';
  assert.match(await line(server.port, named).ended, /^HTTP\/1\.1 200 /);
  await server.stop();
});

test('a handler that throws is a refusal without a word', async () => {
  const server = await started({
    fetch: () => {
      throw new Error('A123456789');
    },
  });
  const answer = await fetch(server.url);
  assert.ok(answer.status >= 400);
  assert.is(await answer.text(), '');
  await server.stop();
});

test('it stops when what is under way is over, and takes nothing more', async () => {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  let ending = 0;
  const server = await started({
    fetch: async () => {
      asked += 1;
      await released;
      return new Response('done');
    },
    onStop: async () => {
      ending += 1;
    },
  });
  const underWay = fetch(server.url);
  await until(() => asked === 1);
  const stopped = server.stop();
  await until(() => ending === 1);
  const refused = await fetch(server.url).catch(() => 'refused');
  assert.is(refused, 'refused');
  release?.();
  assert.is(await (await underWay).text(), 'done');
  await Promise.all([stopped, server.stop()]);
  assert.is(ending, 1);
});

test('what is not over in time is cut off', async () => {
  let asked = 0;
  const server = await started({
    graceMilliseconds: 50,
    fetch: () => {
      asked += 1;
      return new Promise<Response>(() => undefined);
    },
  });
  const underWay = fetch(server.url).catch(() => 'cut off');
  await until(() => asked === 1);
  await server.stop();
  assert.is(await underWay, 'cut off');
});

test.run();
