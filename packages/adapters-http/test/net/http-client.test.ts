import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpClient, type HttpRequest, httpClient, type NetOptions } from '../../src/index.js';
import {
  endless,
  misannounced,
  noise,
  octets,
  octetsWithTag,
  redirect,
  reset,
  silence,
  slowBody,
  slowHeaders,
  startWebServer,
  status,
  type WebServer,
} from '../../src/testing/index.js';
import { codeOf, right, thisMachine, until } from '../support.js';
import { serverIdentity } from '../tls.js';

const small = Uint8Array.from([0x30, 0x03, 0x02, 0x01, 0x07]);

let web: WebServer;
let client: HttpClient;

const get = (path: string, rest: Partial<HttpRequest> = {}, by = client) =>
  by.send({
    method: 'GET',
    uri: web.uri(path),
    maxBytes: 1000,
    deadlineMilliseconds: 10_000,
    ...rest,
  })();

/** A client for one test, closed after it. */
const withClient = async <A>(options: NetOptions, run: (one: HttpClient) => Promise<A>): Promise<A> => {
  const one = httpClient(options);
  try {
    return await run(one);
  } finally {
    await one.close();
  }
};

const answers = suite('a client for small answers');

answers.before(async () => {
  web = await startWebServer();
  client = httpClient({ allowAddresses: thisMachine });
});

answers.after(async () => {
  await client.close();
  await web.close();
});

// -------------------------------------------------------------------------------------
// what comes
// -------------------------------------------------------------------------------------

answers('the octets of an answer are brought as they are, whatever type they are said to be', async () => {
  web.serve('/types', octets(small, { 'content-type': 'text/plain' }));
  const answer = right(await get('/types'));
  assert.is(answer.status, 200);
  assert.equal([...answer.body], [...small]);
});

answers('a question is posted with its octets, its headers and their length', async () => {
  web.serve('/post', octets(small));
  const headers = { 'content-type': 'application/ocsp-request' };
  right(await get('/post', { method: 'POST', body: small, headers }));
  const [seen] = web.seen('/post');
  assert.is(seen?.method, 'POST');
  assert.equal([...(seen?.body ?? [])], [...small]);
  assert.is(seen?.headers['content-type'], 'application/ocsp-request');
  assert.is(seen?.headers['content-length'], '5');
});

answers('nothing is unpacked: packed answers are not asked for', async () => {
  web.serve('/identity', octets(small));
  right(await get('/identity'));
  assert.is(web.seen('/identity')[0]?.headers['accept-encoding'], 'identity');
});

answers('an answer in chunks is put together', async () => {
  web.serve('/chunks', (_request, response) => {
    response.writeHead(200);
    response.write(small.subarray(0, 2));
    response.end(small.subarray(2));
  });
  assert.equal([...right(await get('/chunks')).body], [...small]);
});

answers('an answer of exactly the limit is taken, and one octet more is TOO_LARGE', async () => {
  web.serve('/limit', octets(small));
  right(await get('/limit', { maxBytes: 5 }));
  assert.is(codeOf(await get('/limit', { maxBytes: 4 })), 'TOO_LARGE');
});

answers('an empty answer is an answer: its reader judges it', async () => {
  web.serve('/empty', octets(new Uint8Array(0)));
  assert.is(right(await get('/empty')).body.length, 0);
});

answers('RFC 9110 13: not modified is an answer to whoever has the octets, and to nobody else', async () => {
  web.serve('/tag', octetsWithTag(small, '"one"'));
  assert.is(right(await get('/tag')).etag, '"one"');
  const again = right(await get('/tag', { known: { etag: '"one"' } }));
  assert.equal([again.status, again.body.length], [304, 0]);
  web.serve('/unasked', status(304));
  assert.is(codeOf(await get('/unasked')), 'ANSWER_REFUSED');
});

// -------------------------------------------------------------------------------------
// what is refused
// -------------------------------------------------------------------------------------

answers('a redirect is REDIRECTED and not followed', async () => {
  web.serve('/elsewhere', octets(small));
  for (const code of [301, 302, 303, 307, 308]) {
    web.serve('/redirect', redirect(web.uri('/elsewhere'), code));
    assert.is(codeOf(await get('/redirect')), 'REDIRECTED', String(code));
  }
  assert.is(web.seen('/elsewhere').length, 0);
});

answers('every other status is ANSWER_REFUSED, also those that mean well', async () => {
  for (const code of [201, 202, 204, 206, 400, 401, 403, 404, 500, 503]) {
    web.serve('/status', status(code));
    assert.is(codeOf(await get('/status')), 'ANSWER_REFUSED', String(code));
  }
});

answers('an announced length beyond the limit is TOO_LARGE before anything comes', async () => {
  web.serve('/announced', misannounced(new Uint8Array(0), 5_000_000));
  assert.is(codeOf(await get('/announced')), 'TOO_LARGE');
});

answers('an answer without end is TOO_LARGE at the limit', async () => {
  web.serve('/endless', endless);
  assert.is(codeOf(await get('/endless', { maxBytes: 300_000 })), 'TOO_LARGE');
});

answers('more octets than were announced are not taken in', async () => {
  web.serve('/liar', misannounced(new Uint8Array(100_000), 5));
  const answer = await get('/liar');
  if (E.isRight(answer)) assert.is(answer.right.body.length, 5);
  else assert.is(answer.left.code, 'ANSWER_REFUSED');
});

answers('a packed answer is ANSWER_REFUSED, however small it is', async () => {
  const bomb = gzipSync(new Uint8Array(10_000_000));
  for (const encoding of ['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip']) {
    web.serve('/bomb', octets(bomb, { 'content-encoding': encoding }));
    assert.is(codeOf(await get('/bomb', { maxBytes: 100_000 })), 'ANSWER_REFUSED', encoding);
  }
});

answers('an answer that is packed on the way is ANSWER_REFUSED', async () => {
  web.serve('/transfer', (_request, response) => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n';
    response.socket?.end(`${head}1\r\na\r\n0\r\n\r\n`);
  });
  assert.is(codeOf(await get('/transfer')), 'ANSWER_REFUSED');
});

answers('what is no HTTP is ANSWER_REFUSED', async () => {
  web.serve('/noise', noise());
  assert.is(codeOf(await get('/noise')), 'ANSWER_REFUSED');
});

answers('headers beyond 16 KiB are ANSWER_REFUSED', async () => {
  web.serve('/headers', octets(small, { 'x-long': 'a'.repeat(40_000) }));
  assert.is(codeOf(await get('/headers')), 'ANSWER_REFUSED');
});

answers('an answer that would change the protocol is a fault', async () => {
  web.serve('/upgrade', noise('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'));
  assert.ok(['UNREACHABLE', 'ANSWER_REFUSED'].includes(codeOf(await get('/upgrade'))));
});

// -------------------------------------------------------------------------------------
// what does not come
// -------------------------------------------------------------------------------------

const soon = { deadlineMilliseconds: 150 };

answers('a server that says nothing is TIMEOUT', async () => {
  web.serve('/silence', silence);
  assert.is(codeOf(await get('/silence', soon)), 'TIMEOUT');
});

answers('headers that drip are TIMEOUT: each drop starts no new deadline', async () => {
  web.serve('/slow-headers', slowHeaders);
  assert.is(codeOf(await get('/slow-headers', soon)), 'TIMEOUT');
});

answers('a body that drips is TIMEOUT', async () => {
  web.serve('/slow-body', slowBody(new Uint8Array(900)));
  assert.is(codeOf(await get('/slow-body', soon)), 'TIMEOUT');
});

answers('a name that is looked up for too long is TIMEOUT', async () => {
  const never = new Promise<ReadonlyArray<string>>(() => {});
  await withClient({ resolve: () => never }, async (one) => {
    assert.is(codeOf(await get('/', { uri: 'http://crl.example/', ...soon }, one)), 'TIMEOUT');
  });
});

answers('a connection that is reset is UNREACHABLE, before and within the answer', async () => {
  web.serve('/reset', reset());
  assert.is(codeOf(await get('/reset')), 'UNREACHABLE');
  web.serve('/half', reset(small));
  assert.is(codeOf(await get('/half', { maxBytes: 5000 })), 'UNREACHABLE');
});

answers('half an answer is UNREACHABLE, never a short one', async () => {
  web.serve('/truncated', misannounced(small, 50));
  assert.is(codeOf(await get('/truncated')), 'UNREACHABLE');
  web.serve('/chunk', noise('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'));
  assert.is(codeOf(await get('/chunk')), 'UNREACHABLE');
});

answers('nobody at the port, and a name that nobody has, are UNREACHABLE', async () => {
  const gone = await startWebServer();
  await gone.close();
  assert.is(codeOf(await get('/', { uri: gone.uri('/') })), 'UNREACHABLE');
  const unknown = async (): Promise<ReadonlyArray<string>> => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  await withClient({ resolve: unknown }, async (one) => {
    assert.is(codeOf(await get('/', { uri: 'http://crl.example/' }, one)), 'UNREACHABLE');
  });
  await withClient({ resolve: async () => [] }, async (one) => {
    assert.is(codeOf(await get('/', { uri: 'http://crl.example/' }, one)), 'UNREACHABLE');
  });
});

// -------------------------------------------------------------------------------------
// where nobody connects to
// -------------------------------------------------------------------------------------

answers('this machine is ADDRESS_REFUSED unless it is configured, in every spelling', async () => {
  web.serve('/private', octets(small));
  await withClient({}, async (one) => {
    for (const host of [
      '127.0.0.1',
      '127.1',
      '0x7f.0.0.1',
      '2130706433',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ]) {
      const answer = await get('/', { uri: web.uri('/private', host) }, one);
      assert.is(codeOf(answer), 'ADDRESS_REFUSED', host);
    }
    assert.is(codeOf(await get('/', { uri: web.uri('/private', 'localhost') }, one)), 'ADDRESS_REFUSED');
  });
  assert.is(web.seen('/private').length, 0);
});

answers('a name that leads to a private address is ADDRESS_REFUSED, also beside a public one', async () => {
  web.serve('/named', octets(small));
  const uri = web.uri('/named', 'crl.example');
  for (const found of [
    ['127.0.0.1'],
    ['1.1.1.1', '127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['fe80::1%lo'],
    ['nonsense'],
  ]) {
    await withClient({ resolve: async () => found }, async (one) => {
      assert.is(codeOf(await get('/', { uri }, one)), 'ADDRESS_REFUSED', found.join());
    });
  }
  assert.is(web.seen('/named').length, 0);
});

answers('a name is resolved once for each question, so what was judged is what is connected to', async () => {
  web.serve('/rebind', octets(small));
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return asked === 1 ? ['127.0.0.1'] : ['127.0.0.66'];
  };
  await withClient({ resolve, allowAddresses: ['127.0.0.1'] }, async (one) => {
    const uri = web.uri('/rebind', 'crl.example');
    right(await get('/', { uri }, one));
    assert.is(asked, 1);
    assert.is(codeOf(await get('/', { uri }, one)), 'ADDRESS_REFUSED');
    assert.is(asked, 2);
  });
  assert.is(web.seen('/rebind')[0]?.headers.host, `crl.example:${web.port}`);
});

answers('only http and https are followed, without a user, and not beyond 2,048 characters', async () => {
  for (const uri of [
    '',
    'crl.example/list',
    'ldap://127.0.0.1/cn=crl',
    'ftp://127.0.0.1/list',
    'file:///etc/passwd',
    'data:,x',
    web.uri('/', 'somebody:secret@127.0.0.1'),
    web.uri('/', 'secret@127.0.0.1'),
    web.uri('/', ':secret@127.0.0.1'),
    web.uri(`/${'a'.repeat(2048)}`),
  ]) {
    const answer = await get('/', { uri });
    assert.is(codeOf(answer), 'ADDRESS_REFUSED', uri);
    if (E.isLeft(answer)) assert.not.match(answer.left.detail, /secret|passwd/);
  }
});

answers('where hosts are listed, every other is ADDRESS_REFUSED', async () => {
  web.serve('/listed', octets(small));
  const options = {
    hosts: ['CRL.example'],
    resolve: async () => ['127.0.0.1'],
    allowAddresses: thisMachine,
  };
  await withClient(options, async (one) => {
    for (const host of ['crl.example', 'CRL.EXAMPLE', 'crl.example.']) {
      right(await get('/', { uri: web.uri('/listed', host) }, one));
    }
    for (const host of ['other.example', 'sub.crl.example', 'crl.example.evil.example', '127.0.0.1']) {
      assert.is(codeOf(await get('/', { uri: web.uri('/listed', host) }, one)), 'ADDRESS_REFUSED', host);
    }
  });
});

answers(
  'a listed host is read as an address is: 中文, IPv6; what is more than a host allows none',
  async () => {
    web.serve('/listed', octets(small));
    const options = (hosts: ReadonlyArray<string>): NetOptions => ({
      hosts,
      resolve: async () => ['127.0.0.1'],
      allowAddresses: [...thisMachine, '::1'],
    });
    const codeWith = async (listed: string, asked: string): Promise<string> => {
      const answer = await withClient(options([listed]), (one) =>
        get('/', { uri: web.uri('/listed', asked) }, one),
      );
      return E.isRight(answer) ? 'answered' : answer.left.code;
    };
    assert.is(await codeWith('憑證.example', '憑證.example'), 'answered');
    assert.is(await codeWith('憑證.example', 'xn--6qry8t.example'), 'ADDRESS_REFUSED');
    for (const listed of ['::1', '[::1]', '[0:0:0:0:0:0:0:1]']) {
      assert.is.not(await codeWith(listed, '[::1]'), 'ADDRESS_REFUSED', listed);
    }
    for (const listed of [
      `crl.example:${web.port}`,
      'a@crl.example',
      'crl.example/x',
      'http://crl.example',
      '',
    ]) {
      assert.is(await codeWith(listed, 'crl.example'), 'ADDRESS_REFUSED', listed);
    }
  },
);

answers('a client that was configured with an address that is none asks nobody', async () => {
  await withClient({ allowAddresses: ['127.0.0.0/8', '10.0.0.0/99'] }, async (one) => {
    assert.is(codeOf(await get('/types', {}, one)), 'ADDRESS_REFUSED');
  });
});

answers('a proxy that the environment names is not used', async () => {
  web.serve('/direct', octets(small));
  const proxy = await startWebServer();
  const names = ['http_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY'];
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : proxy.uri('/');
  try {
    await withClient({ allowAddresses: thisMachine }, async (one) => {
      right(await get('/direct', {}, one));
    });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await proxy.close();
  }
});

answers('a fault tells no query: it may hold anything', async () => {
  web.serve('/query?who=A123456789', status(404));
  const answer = await get('/query?who=A123456789');
  assert.ok(E.isLeft(answer));
  assert.not.match(answer.left.detail, 'A123456789');
});

// -------------------------------------------------------------------------------------
// TLS
// -------------------------------------------------------------------------------------

answers('TLS: a server that cannot show who it is is UNREACHABLE', async () => {
  const known = await serverIdentity();
  const elsewhere = await serverIdentity([127, 0, 0, 9]);
  const secure = await startWebServer({ tls: known });
  const wrongHost = await startWebServer({ tls: elsewhere });
  for (const one of [secure, wrongHost]) one.serve('/', octets(small));
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  try {
    await withClient(
      { allowAddresses: thisMachine, tls: { ca: [known.cert, elsewhere.cert] } },
      async (one) => {
        right(await get('/', { uri: secure.uri('/') }, one));
        assert.is(codeOf(await get('/', { uri: wrongHost.uri('/') }, one)), 'UNREACHABLE');
      },
    );
    // Nobody can turn the check off from outside.
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    assert.is(codeOf(await get('/', { uri: secure.uri('/') })), 'UNREACHABLE');
    assert.is(codeOf(await get('/', { uri: web.uri('/').replace('http:', 'https:') })), 'UNREACHABLE');
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    await secure.close();
    await wrongHost.close();
  }
});

// -------------------------------------------------------------------------------------
// what is left behind
// -------------------------------------------------------------------------------------

answers('no connection outlives its answer, whatever the answer was', async () => {
  for (const path of ['/types', '/redirect', '/endless', '/bomb', '/noise', '/half', '/slow-body']) {
    await get(path, soon);
  }
  await until(async () => (await web.connections()) === 0);
  assert.is(await web.connections(), 0);
});

answers('one host has as many connections as configured; others wait, and their deadline runs', async () => {
  await withClient({ allowAddresses: thisMachine, connectionsPerHost: 2 }, async (one) => {
    web.serve('/queue', silence);
    const waiting = [1, 2, 3, 4].map(() => get('/queue', { deadlineMilliseconds: 2000 }, one));
    await until(() => web.seen('/queue').length === 2);
    assert.is(await web.connections(), 2);
    assert.equal((await Promise.all(waiting)).map(codeOf), ['TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
    // Those who gave up stand in nobody's way.
    right(await get('/types', {}, one));
  });
});

answers('a thousand may wait, and who comes then is told at once', () =>
  withClient({ allowAddresses: thisMachine, connectionsPerHost: 1 }, async (one) => {
    web.serve('/crowd', silence);
    const waiting = Array.from({ length: 1000 }, () => get('/crowd', {}, one));
    assert.is(codeOf(await get('/types', {}, one)), 'UNREACHABLE');
    await one.close();
    assert.ok((await Promise.all(waiting)).every((answer) => codeOf(answer) === 'UNREACHABLE'));
  }),
);

answers('close ends what is under way, and nothing is asked after it', async () => {
  web.serve('/closing', silence);
  const one = httpClient({ allowAddresses: thisMachine });
  const waiting = [get('/closing', {}, one), get('/closing', {}, one)];
  await until(() => web.seen('/closing').length === 2);
  await one.close();
  assert.equal((await Promise.all(waiting)).map(codeOf), ['UNREACHABLE', 'UNREACHABLE']);
  assert.is(codeOf(await get('/types', {}, one)), 'UNREACHABLE');
  await one.close();
  await until(async () => (await web.connections()) === 0);
});

answers('whatever octets come, they are an answer or a fault, and the connection is closed', async () => {
  const line = fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.0 200\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'Content-Length: 3\r\n',
    'Content-Length: -1\r\n',
    'Content-Length: 99999999999999999999\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: identity\r\n',
    'Content-Encoding: gzip\r\n',
    'Location: http://127.0.0.1/\r\n',
    'Connection: keep-alive\r\n',
    '\r\n',
    '3\r\nabc\r\n0\r\n\r\n',
    'abc',
  );
  const sent = fc.array(fc.oneof({ weight: 5, arbitrary: line }, fc.string()), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sent, async (lines) => {
      web.serve('/any', noise(lines.join('')));
      const answer = await get('/any', { deadlineMilliseconds: 5000 });
      if (E.isRight(answer)) assert.ok(answer.right.status === 200 && answer.right.body.length <= 1000);
      else assert.ok(['UNREACHABLE', 'ANSWER_REFUSED', 'TOO_LARGE', 'REDIRECTED'].includes(answer.left.code));
    }),
    { numRuns: 200 },
  );
  await until(async () => (await web.connections()) === 0);
});

answers('headers that cannot be sent are a fault', async () => {
  assert.is(codeOf(await get('/types', { headers: { 'x-bad': 'a\r\nb: c' } })), 'UNREACHABLE');
});

answers.run();
