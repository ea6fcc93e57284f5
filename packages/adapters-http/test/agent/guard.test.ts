import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { maxBodyBytes } from '../../src/agent/body.js';
import { cardAgent } from '../../src/agent/index.js';
import { serverOf } from '../../src/agent/server.js';
import { codeOf, handClock, right } from '../support.js';
import {
  askFor,
  fromSite,
  fromWindow,
  openScene,
  packageOf,
  pin,
  portal,
  rawly,
  type Scene,
  type Sent,
  send,
} from './scene.js';

const untrusted = 0x76000031;
const unsupported = 0x7600000e;

const guard = suite<Scene>('who the agent serves');

guard.before(async (context) => {
  Object.assign(context, await openScene());
});
guard.after(({ agent }) => agent.close());

guard('somebody else’s name for this machine is not answered: DNS rebinding', async ({ agent }) => {
  for (const host of [
    'evil.example',
    `evil.example:${agent.port}`,
    'localhost',
    `localhost.:${agent.port}`,
  ]) {
    const answer = await send(agent, '/popupForm', { headers: { host } });
    assert.is(answer.status, 421, host);
    assert.is(answer.text, '');
  }
  for (const host of ['localhost', '127.0.0.1']) {
    assert.is((await send(agent, '/popupForm', { headers: { host: `${host}:${agent.port}` } })).status, 200);
  }
});

guard('two names at once, or an address in the place of a path, are not answered', async ({ agent }) => {
  const raw = (lines: string) => rawly(agent, `${lines}\r\nConnection: close\r\n\r\n`);
  const own = `localhost:${agent.port}`;
  assert.match(await raw(`GET /popupForm HTTP/1.1\r\nHost: ${own}\r\nHost: evil.example`), /^HTTP\/1\.1 4/);
  assert.match(await raw(`GET http://evil.example/popupForm HTTP/1.1\r\nHost: ${own}`), /^HTTP\/1\.1 400/);
});

guard('what is no form is told to an allowed page, which may read it, and to no other', async ({ agent }) => {
  const tooBig = 'a'.repeat(maxBodyBytes + 1);
  for (const [type, body, retCode] of [
    ['text/plain', 'tbsPackage=x', 0x7600000c],
    ['application/x-www-form-urlencoded', 'tbsPackage=x&tbsPackage=y', 0x7600000c],
    ['application/x-www-form-urlencoded', `tbsPackage=${tooBig}`, 0x7600000a],
  ] as const) {
    const ask = (origin: string) =>
      send(agent, '/sign', { method: 'POST', headers: { origin, 'content-type': type }, body });
    const allowed = await ask(portal);
    assert.equal([allowed.json.ret_code, allowed.headers['access-control-allow-origin']], [retCode, portal]);
    assert.is((await ask('https://evil.example')).headers['access-control-allow-origin'], undefined);
  }
});

guard('only loopback is listened on', async ({ agent }) => {
  const { networkInterfaces } = await import('node:os');
  const outside = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of outside) {
    const answered = await send(agent, '/popupForm', { address }).catch(({ code }) => code);
    assert.is(answered, 'ECONNREFUSED');
  }
  assert.match(agent.origin, /^http:\/\/localhost:\d+$/);
});

guard('a site that is not on the list gets its code, and no card is asked', async ({ agent, drawer }) => {
  const strangers = [
    'https://evil.example',
    'http://portal.example',
    'https://portal.example:8443',
    'https://portal.example.evil.example',
    'https://sub.portal.example',
    'null',
    'HTTPS://PORTAL.EXAMPLE',
  ];
  for (const askingOrigin of strangers) {
    const tbsPackage = packageOf('x', { pin });
    const fields = { tbsPackage, askingOrigin };
    assert.is((await fromWindow(agent, '/sign', fields)).json.ret_code, untrusted, askingOrigin);
    assert.is((await fromWindow(agent, '/pkcs11info?withcert=true', fields)).json.ret_code, untrusted);
    const direct = await fromSite(agent, '/sign', askingOrigin, fields);
    assert.is(direct.json.ret_code, untrusted, askingOrigin);
    assert.is(direct.headers['access-control-allow-origin'], undefined);
  }
  assert.is(drawer.pinsSeen(), 0);
  assert.is(agent.waiting(), 0);
});

guard('a page cannot speak as the agent’s window', async ({ agent }) => {
  const tbsPackage = packageOf('x');
  // It may write the field; the browser writes the Origin.
  const answer = await fromSite(agent, '/sign', 'https://evil.example', { tbsPackage, askingOrigin: portal });
  assert.is(answer.json.ret_code, untrusted);
  for (const path of ['/agent/pin', '/agent/cancel']) {
    for (const origin of ['https://evil.example', portal, `http://localhost:${agent.port + 1}`]) {
      assert.is((await fromSite(agent, path, origin, { ask: 'x', pin })).json.ret_code, untrusted);
    }
  }
  const headers = {
    origin: agent.origin,
    'sec-fetch-site': 'cross-site',
    'content-type': 'application/x-www-form-urlencoded',
  };
  const body = new URLSearchParams({ tbsPackage, askingOrigin: portal }).toString();
  assert.is((await send(agent, '/sign', { method: 'POST', headers, body })).json.ret_code, untrusted);
});

guard(
  'another port of this machine is another site, also to a browser that does not say where a request comes from',
  async ({ agent }) => {
    for (const origin of [
      `http://localhost:${agent.port + 1}`,
      'http://localhost',
      `https://localhost:${agent.port}`,
    ]) {
      const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams({
        tbsPackage: packageOf('x'),
        askingOrigin: portal,
        ask: 'x',
        pin,
      }).toString();
      for (const path of ['/sign', '/agent/pin', '/agent/cancel', '/pkcs11info']) {
        const { json } = await send(agent, path, { method: 'POST', headers, body });
        assert.is(json.ret_code, untrusted, `${origin} ${path}`);
      }
    }
  },
);

guard(
  'the self test asks for itself, and is shown no certificate though it wants them',
  async ({ agent, card }) => {
    const { json } = await fromWindow(agent, '/pkcs11info?withcert=true', { askingOrigin: agent.origin });
    assert.equal(json.slots[0].token, { serialNumber: card.cardNumber });
  },
);

guard('who does not say who they are is nobody', async ({ agent }) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ tbsPackage: packageOf('x'), askingOrigin: portal }).toString();
  assert.is((await send(agent, '/sign', { method: 'POST', headers, body })).json.ret_code, untrusted);
  assert.is((await send(agent, '/pkcs11info?withcert=true')).json.ret_code, untrusted);
});

guard('a site on the list may read what readers there are, itself alone', async ({ agent }) => {
  const answer = await fromSite(agent, '/pkcs11info', portal);
  assert.is(answer.json.ret_code, 0);
  assert.is(answer.headers['access-control-allow-origin'], portal);
  assert.is(answer.headers['vary'], 'Origin');
});

guard('a site on the list cannot have a signature past the window', async ({ agent, drawer }) => {
  const answer = await fromSite(agent, '/sign', portal, { tbsPackage: packageOf('x', { pin }) });
  assert.is(answer.json.ret_code, 0x76000998);
  assert.is(drawer.pinsSeen(), 0);
});

guard('a browser asks before it lets a public site speak with this machine', async ({ agent }) => {
  const preflight = (origin: string) =>
    send(agent, '/pkcs11info', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-private-network': 'true' },
    });
  const yes = await preflight(portal);
  assert.is(yes.status, 204);
  assert.is(yes.headers['access-control-allow-origin'], portal);
  assert.is(yes.headers['access-control-allow-private-network'], 'true');
  const no = await preflight('https://evil.example');
  assert.is(no.status, 403);
  assert.is(no.headers['access-control-allow-origin'], undefined);
});

guard('nothing that is answered may be read by everybody, framed, kept or guessed at', async ({ agent }) => {
  const answers = [
    await send(agent, '/popupForm'),
    await send(agent, '/selfTest.htm'),
    await send(agent, '/agent/popup.js'),
    await send(agent, '/nothing'),
    await fromSite(agent, '/pkcs11info', portal),
  ];
  for (const { headers } of answers) {
    assert.is.not(headers['access-control-allow-origin'], '*');
    assert.match(String(headers['content-security-policy']), "frame-ancestors 'none'");
    assert.match(String(headers['content-security-policy']), "default-src 'none'");
    assert.is(headers['cache-control'], 'no-store');
    assert.is(headers['x-content-type-options'], 'nosniff');
    assert.is(headers['referrer-policy'], 'no-referrer');
  }
});

guard('the window is shown as a window: in no frame, to no script', async ({ agent }) => {
  // Both words for it: browsers of some years ago know but one.
  const { headers } = await send(agent, '/popupForm');
  assert.is(headers['x-frame-options'], 'DENY');
  assert.match(String(headers['content-security-policy']), "frame-ancestors 'none'");
  const shown = (mode: string, destination: string) =>
    send(agent, '/popupForm', { headers: { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } });
  assert.is((await shown('navigate', 'document')).status, 200);
  assert.is((await shown('navigate', 'iframe')).status, 403);
  assert.is((await shown('no-cors', 'script')).status, 403);
});

guard('a sign of life is for sites on the list', async ({ agent }) => {
  const alive = (headers: Sent['headers'] = {}) => send(agent, '/waiting.gif', { headers });
  assert.is((await alive({ referer: `${portal}/` })).headers['content-type'], 'image/gif');
  for (const referer of ['https://evil.example/', '', 'x']) assert.is((await alive({ referer })).status, 403);
  // Over https there is no Referer; an image with `crossorigin` has an Origin.
  const yes = await alive({ origin: portal });
  assert.is(yes.headers['content-type'], 'image/gif');
  assert.is(yes.headers['access-control-allow-origin'], portal);
  for (const origin of ['https://evil.example', 'http://portal.example', 'null']) {
    const no = await alive({ origin, referer: `${portal}/` });
    assert.is(no.status, 403, origin);
    assert.is(no.headers['access-control-allow-origin'], undefined);
  }
  assert.is((await alive()).status, 403);
});

guard('what is not spoken here has its code, at every other address', async ({ agent }) => {
  for (const path of ['/umakeSig', '/p11Image.bmp', '/CardManagement/CMCPopForm', '/..%2f', '/sign']) {
    const answer = await send(agent, path);
    assert.is(answer.status, 200);
    assert.is(answer.json.ret_code, unsupported, path);
  }
  const changePin = { tbsPackage: '{"func":"changeUserPINCode"}', askingOrigin: portal };
  assert.is((await fromWindow(agent, '/sign', changePin)).json.ret_code, unsupported);
});

guard('what is not spoken here is answered in the shape of its address', async ({ agent }) => {
  for (const [path, func] of [
    ['/umakeSig', 'umakeSig'],
    ['/umakeSig?x=1', 'umakeSig'],
    ['/sign', 'sign'],
    ['/p11Image.bmp', ''],
    ['/__proto__', ''],
  ] as const)
    assert.equal([path, (await send(agent, path)).json.func], [path, func]);
});

guard('a body has a limit, whatever it says of itself', async ({ agent }) => {
  const headers = { origin: agent.origin, 'content-type': 'application/x-www-form-urlencoded' };
  const body = 'x'.repeat(maxBodyBytes + 1);
  for (const more of [{}, { 'transfer-encoding': 'chunked' }]) {
    // It may be cut off while it is still sending.
    const answer = await send(agent, '/sign', {
      method: 'POST',
      headers: { ...headers, ...more },
      body,
    }).catch(() => undefined);
    if (answer !== undefined) assert.is(answer.json.ret_code, 0x7600000a);
  }
  assert.is((await askFor(agent, 'x')).json.func, 'askPin');
});

guard('a body that is announced as too long is refused before it comes', async ({ agent }) => {
  const lines = [
    'POST /sign HTTP/1.1',
    `Host: localhost:${agent.port}`,
    `Origin: ${agent.origin}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${maxBodyBytes + 1}`,
  ];
  const socket = connect(agent.port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
  const [first] = await once(socket, 'data');
  socket.destroy();
  assert.match(String(first), `"ret_code":${0x7600000a}`);
  // What would still come is not to be taken for another request.
  assert.match(String(first), /^connection: close\r$/im);
});

guard('a form that is none, or says a thing twice', async ({ agent }) => {
  const post = (type: string, body: string) =>
    send(agent, '/sign', { method: 'POST', headers: { origin: agent.origin, 'content-type': type }, body });
  assert.is((await post('application/json', packageOf('x'))).json.ret_code, 0x7600000c);
  const twice = `askingOrigin=${portal}&askingOrigin=https://evil.example&tbsPackage={}`;
  assert.is((await post('application/x-www-form-urlencoded', twice)).json.ret_code, 0x7600000c);
});

guard.run();

const setUp = suite('how an agent is set up');

setUp('an origin is exact: no path, no pattern, no capital', async () => {
  const { drawer, agent } = await openScene();
  await agent.close();
  for (const origin of [
    '*',
    'https://*.gov.tw',
    'https://a.example/',
    'a.example',
    'null',
    'file:///x',
    'https://A.example',
  ]) {
    const started = await cardAgent({
      slots: drawer.slots,
      origins: [{ origin }],
      clock: handClock(),
      port: 0,
    })();
    assert.is(codeOf(started), 'ORIGIN_INVALID', origin);
  }
});

setUp('GEPI-17: the window says whether a page need not bring a PIN, as /pkcs11info does', async () => {
  for (const pagePins of [false, true]) {
    const { agent } = await openScene({ pagePins });
    const said = `"func":"getTbs","asksPin":${!pagePins}}`;
    assert.match((await send(agent, '/agent/popup.js')).text, said);
    const { asksPin } = (await fromSite(agent, '/pkcs11info', portal)).json;
    assert.is(asksPin, !pagePins);
    await agent.close();
  }
});

setUp('nobody holds the server up: slow requests, large headers and too many connections have an end', () => {
  const server = serverOf(() => {});
  for (const milliseconds of [server.headersTimeout, server.requestTimeout, server.keepAliveTimeout]) {
    assert.ok(milliseconds > 0 && milliseconds <= 30_000, String(milliseconds));
  }
  assert.ok(server.maxConnections > 100 && server.maxConnections <= 1024, String(server.maxConnections));
});

setUp('more header than any browser sends is refused', async () => {
  const { agent } = await openScene();
  const said = await send(agent, '/popupForm', { headers: { 'x-long': 'x'.repeat(20_000) } });
  assert.is(said.status, 431);
  await agent.close();
});

setUp(
  'whoever holds one of the two loopback addresses could answer for the agent: it does not start',
  async () => {
    const { agent, drawer, clock } = await openScene();
    await agent.close();
    for (const host of ['::1', '127.0.0.1']) {
      const other = createServer();
      const port = await new Promise<number | undefined>((resolve) => {
        other.once('error', () => resolve(undefined));
        other.listen({ host, port: 0 }, () => resolve((other.address() as AddressInfo).port));
      });
      // No IPv6 here: then nobody can hold it either.
      if (port === undefined) continue;
      const started = await cardAgent({ slots: drawer.slots, origins: [], clock, port })();
      assert.is(codeOf(started), 'PORT_IN_USE', host);
      await new Promise((resolve) => other.close(resolve));
      const again = right(await cardAgent({ slots: drawer.slots, origins: [], clock, port })());
      await again.close();
    }
  },
);

setUp('a port that somebody holds is told', async () => {
  const { agent, drawer, clock } = await openScene();
  const started = await cardAgent({ slots: drawer.slots, origins: [], clock, port: agent.port })();
  assert.ok(E.isLeft(started));
  assert.is(started.left.code, 'PORT_IN_USE');
  await agent.close();
});

setUp.run();
