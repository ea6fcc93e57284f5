import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AgentSlot } from '../../src/agent/index.js';
import { right } from '../support.js';
import {
  type Answered,
  askFor,
  fromSite,
  fromWindow,
  openScene,
  packageOf,
  pin,
  portal,
  rawly,
  reader,
  type Scene,
  send,
} from './scene.js';
import { verdictOf } from './verified.js';

const loginFailed = 0x76100006;

const challenge = JSON.stringify({
  agencyCode: '99001',
  nonce: 'n-1',
  origin: portal,
  purpose: 'delegation',
});

const givePin = (
  { agent }: Scene,
  asked: Answered,
  digits: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answered> =>
  fromWindow(agent, '/agent/pin', { ask: asked.json.ask, pin: digits, slotDescription: reader, ...more });

const signing = suite<Scene>('a signature through the agent');

signing.before.each(async (context) => {
  Object.assign(context, await openScene());
});
signing.after.each(({ agent }) => agent.close());

signing('the person is shown who asks, what for, the text and the card', async ({ agent, card }) => {
  const { json } = await askFor(agent, challenge);
  assert.is(json.func, 'askPin');
  assert.is(json.origin, portal);
  assert.is(json.site, '測試入口網');
  assert.is(json.content.purpose, 'delegation');
  assert.is(json.content.text, challenge);
  assert.equal(json.choices, [{ slotDescription: reader, cardNumber: card.cardNumber, holder: '王小明' }]);
});

signing('GEPI-17: a yes to the last try is one for the card for which it was asked', async (scene) => {
  const { drawer, agent, pki } = scene;
  const other = await pki.issueCitizen({ name: '陳大文', last4: '4321' });
  drawer.insert('Reader B', { card: other, pin: '135790', tries: 1 });
  drawer.insert(reader, { card: scene.card, pin, tries: 1 });
  const yes = { allowLastTry: 'true' };
  const asked = await askFor(agent, challenge);
  // Before anything was asked about a last try, a yes is none.
  const first = await givePin(scene, asked, pin, yes);
  assert.is(first.json.notice.lastTry, true);
  const second = await givePin(scene, first, '135790', { ...yes, slotDescription: 'Reader B' });
  assert.is(second.json.notice.lastTry, true);
  assert.is(drawer.pinsSeen(), 0);
  const signed = await givePin(scene, second, '135790', { ...yes, slotDescription: 'Reader B' });
  assert.is(signed.json.ret_code, 0);
});

signing('a table is shown only where it says all that the text says', async ({ agent }) => {
  const shown = async (content: string) => (await askFor(agent, content)).json.content;
  const many = Object.fromEntries(Array.from({ length: 41 }, (_, at) => [`m${at}`, at]));
  // A number that is rounded, one that is spelled otherwise, an order that is turned, more lines than a person reads.
  const others = ['{"amount":9007199254740993}', '{"amount":1e3}', '{"b":1,"1":2}', JSON.stringify(many)];
  for (const content of others) {
    const { members, text } = await shown(content);
    assert.equal(members, [], content);
    assert.is(text, content);
  }
  const spaced = ' { "name" : "\\u738b" ,\n "list": [1, {"a": null}], "__proto__": "x" } ';
  assert.equal((await shown(spaced)).members, [
    ['name', '王'],
    ['list', '[1,{"a":null}]'],
    ['__proto__', 'x'],
  ]);
});

signing(
  'a text that says one thing twice is not signed: who reads it may hear the other',
  async ({ agent }) => {
    const twice = [
      '{"origin":"https://other.example","nonce":"n","origin":"https://portal.example"}',
      '{"amount":1,"amount":2}',
      '{"a":[{"b":{"c":1,"\\u0063":2}}]}',
      '{"__proto__":1,"__proto__":2}',
    ];
    for (const content of twice)
      assert.equal([content, (await askFor(agent, content)).json.ret_code], [content, 0x7600000c]);
    for (const content of [
      '{"a":{"b":1},"b":1,"c":[{"b":"\\"b\\":1"},{"b":2}]}',
      '"a":1,"a":2',
      '["a","a"]',
      '{"a":1,"a"',
    ])
      assert.equal([content, (await askFor(agent, content)).json.func], [content, 'askPin']);
  },
);

signing('what is nested too deep to be read is not signed', async ({ agent }) => {
  const { json } = await askFor(agent, `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
  assert.is(json.ret_code, 0x7600000c);
});

signing('letters that nobody sees are shown as what they are', async ({ agent }) => {
  for (const letter of ['\u3164', '\u115f', '\u034f', '\u180b', '\ufe0f', '\u{e0100}', '\u2066', '\u200b']) {
    const { json } = await askFor(agent, `給${letter}甲`);
    assert.is(json.content.text, `給\\u{${letter.codePointAt(0)?.toString(16).toUpperCase()}}甲`);
  }
  const { json } = await askFor(agent, '{"name":"\\ud800甲"}');
  assert.equal(json.content.members, [['name', '\\u{D800}甲']]);
});

signing('the right PIN: CMS that the register accepts, with what was asked for', async (scene) => {
  const wishes = { nonce: 'n-1', withSigningTime: 'true', withCardSN: 'true', checkValidity: 'true' };
  const asked = await askFor(scene.agent, challenge, wishes);
  const { json } = await givePin(scene, asked, pin);
  assert.equal([json.func, json.ret_code, json.last_error], ['sign', 0, 0]);
  assert.is(json.cardSN, scene.card.cardNumber);
  assert.is(json.certb64, Buffer.from(scene.card.certificate).toString('base64'));
  const verified = right(await verdictOf(scene, json.signature, challenge));
  assert.equal(verified.attributes, {
    signingTime: '2026-03-02T02:00:00.000Z',
    nonce: 'n-1',
    cardNumber: scene.card.cardNumber,
  });
  assert.is(scene.agent.waiting(), 0);
});

signing('what was not asked for does not stand under the signature', async (scene) => {
  const { json } = await givePin(scene, await askFor(scene.agent, challenge), pin);
  assert.equal(right(await verdictOf(scene, json.signature, challenge)).attributes, {});
});

signing('GEPI-17, GEPI-19: the page is told whose card was locked, which it cannot know', async (scene) => {
  const { drawer, agent, pki } = scene;
  const cards = [
    [scene.card, 'citizen'],
    [await pki.issueAgency({ ca: 'GCA', name: '測試市政府' }), 'agency'],
  ] as const;
  for (const [card, kind] of cards) {
    drawer.insert(reader, { card, pin, tries: 1 });
    const asked = await askFor(agent, challenge);
    const warned = await givePin(scene, asked, '000000');
    const locked = await givePin(scene, warned, '000000', { allowLastTry: 'true' });
    assert.equal([locked.json.last_error, locked.json.cardKind], [0xa4, kind]);
  }
});

signing('GEPI-17: wrong, wrong, the last try only by an explicit yes, locked', async (scene) => {
  const asked = await askFor(scene.agent, challenge);
  const first = await givePin(scene, asked, '000000');
  assert.is(first.json.func, 'askPin');
  assert.match(first.json.notice.text.zh, '尚可再試2次');
  assert.is(first.json.notice.lastTry, false);
  const second = await givePin(scene, first, '000000');
  assert.match(second.json.notice.text.zh, '尚可再試1次');
  assert.is(second.json.notice.lastTry, true);
  const withoutYes = await givePin(scene, second, pin);
  assert.is(withoutYes.json.notice.lastTry, true);
  assert.is(scene.drawer.tries(reader), 1);
  const locked = await givePin(scene, withoutYes, '000000', { allowLastTry: 'true' });
  assert.equal([locked.json.ret_code, locked.json.last_error], [loginFailed, 0xa4]);
  assert.is(scene.drawer.pinsSeen(), 3);
  const later = await givePin(scene, await askFor(scene.agent, challenge), pin);
  assert.equal([later.json.ret_code, later.json.last_error], [loginFailed, 0xa4]);
});

signing('a PIN that no card takes is not sent to one', async (scene) => {
  const again = await givePin(scene, await askFor(scene.agent, challenge), '123');
  assert.is(again.json.func, 'askPin');
  assert.match(again.json.notice.text.zh, '尚未送入IC卡,不計入錯誤次數');
  assert.is(scene.drawer.pinsSeen(), 0);
});

signing('cancelled by the person', async (scene) => {
  const asked = await askFor(scene.agent, challenge);
  const { json } = await fromWindow(scene.agent, '/agent/cancel', { ask: asked.json.ask });
  assert.is(json.ret_code, 0x76000999);
  assert.is(scene.agent.waiting(), 0);
});

signing('a question is answered once', async (scene) => {
  const asked = await askFor(scene.agent, challenge);
  const answers = await Promise.all([givePin(scene, asked, pin), givePin(scene, asked, pin)]);
  assert.equal(answers.map(({ json }) => json.ret_code).sort(), [0, 0x7600000d]);
  assert.is(scene.drawer.pinsSeen(), 1);
});

signing('a question that nobody answers is forgotten', async (scene) => {
  const asked = await askFor(scene.agent, challenge);
  scene.clock.advance(299_999);
  assert.is(scene.agent.waiting(), 1);
  scene.clock.advance(1);
  assert.is(scene.agent.waiting(), 0);
  assert.is((await givePin(scene, asked, pin)).json.ret_code, 0x7600000d);
  assert.is(scene.drawer.pinsSeen(), 0);
  // Nothing else has to happen in between for it to be forgotten.
  const another = await askFor(scene.agent, challenge);
  scene.clock.advance(300_000);
  assert.is((await givePin(scene, another, pin)).json.ret_code, 0x7600000d);
  assert.is(scene.drawer.pinsSeen(), 0);
});

signing(
  'another card in the meantime: its PIN is asked for anew, that of the first goes to nobody',
  async (scene) => {
    const asked = await askFor(scene.agent, challenge);
    const other = await scene.pki.issueCitizen({ name: '李小華', last4: '1234' });
    scene.drawer.insert(reader, { card: other, pin: '135791' });
    const again = await givePin(scene, asked, pin);
    assert.is(again.json.func, 'askPin');
    assert.is(again.json.choices[0].holder, '李小華');
    assert.match(again.json.notice.text.zh, '已更換');
    assert.is(scene.drawer.pinsSeen(), 0);
    assert.is((await givePin(scene, again, '135791')).json.cardSN, other.cardNumber);
  },
);

signing('the card is gone before the PIN, and in the middle of the signature', async (scene) => {
  const asked = await askFor(scene.agent, challenge);
  scene.drawer.remove(reader);
  assert.is((await givePin(scene, asked, pin)).json.ret_code, 0x76000006);
  scene.drawer.insert(reader, { card: scene.card, pin });
  scene.drawer.during(async () => scene.drawer.remove(reader));
  const pulled = await givePin(scene, await askFor(scene.agent, challenge), pin);
  assert.is(pulled.json.ret_code, 0x76000006);
});

signing('content that no answer has room for is refused before its PIN is asked for', async (scene) => {
  const { agent, drawer } = scene;
  const tbsOf = (length: number) => Buffer.alloc(length, 'a').toString('base64');
  const ask = async (length: number, more: object = {}) =>
    (await askFor(agent, '', { tbs: tbsOf(length), ...more })).json;
  for (const length of [65_536, 65_537, 150_000]) {
    const { func, ret_code } = await ask(length);
    assert.equal([length, func, ret_code], [length, 'sign', 0x7600000a]);
  }
  // What goes under the signature takes room as well.
  let [fits, tooLarge] = [60_000, 65_536];
  while (tooLarge - fits > 1) {
    const middle = (fits + tooLarge) >> 1;
    const asked = await ask(middle);
    if (asked.func === 'askPin') fits = middle;
    else tooLarge = middle;
    if (asked.ask !== undefined) await fromWindow(agent, '/agent/cancel', { ask: asked.ask });
  }
  assert.is((await ask(fits, { withCardSN: 'true' })).ret_code, 0x7600000a);
  const asked = await askFor(agent, '', { tbs: tbsOf(fits) });
  const signed = await givePin(scene, asked, pin);
  right(await verdictOf(scene, signed.json.signature, 'a'.repeat(fits)));
  // Without a card it is the same, since no card helps.
  drawer.remove(reader);
  assert.is((await ask(70_000)).ret_code, 0x7600000a);
});

signing(
  'GEPI-17: a card that does not sign here is asked for no PIN, and it is told what it lacks',
  async (scene) => {
    const { agent, drawer, card, pki } = scene;
    drawer.insert(reader, { card, pin, signs: false });
    const { json } = await askFor(agent, challenge);
    assert.equal([json.func, json.ret_code], ['sign', 0x7600000e]);
    for (const words of ['傳輸金鑰', '--pin-transport-key', '--pkcs11']) assert.match(json.message, words);
    const info = (await fromWindow(agent, '/pkcs11info', { askingOrigin: portal })).json;
    assert.equal([info.slots[0].token.serialNumber, info.slots[0].ret_code], [card.cardNumber, 0x7600000e]);
    // Beside one that signs it is no choice.
    const other = await pki.issueCitizen({ name: '陳大文', last4: '4321' });
    drawer.insert('Reader B', { card: other, pin });
    const asked = await askFor(agent, challenge);
    assert.equal(
      asked.json.choices.map(({ slotDescription }: { slotDescription: string }) => slotDescription),
      ['Reader B'],
    );
    const named = await askFor(agent, challenge, { slotDescription: reader });
    assert.is(named.json.ret_code, 0x7600000e);
    assert.is(drawer.pinsSeen(), 0);
  },
);

signing('no card, no reader, a reader that is not there', async ({ agent, drawer }) => {
  const codeOf = async (more: object = {}) => (await askFor(agent, challenge, more)).json.ret_code;
  assert.is(await codeOf({ slotDescription: 'Reader Z' }), 0x76100004);
  assert.is(await codeOf({ cardid: 'TP00000000000000' }), 0x82000116 - 2 ** 32);
  drawer.remove(reader);
  assert.is(await codeOf(), 0x76000006);
});

signing('an expired card is told before its PIN is asked for', async ({ agent, clock }) => {
  const codeOf = async () => (await askFor(agent, challenge, { checkValidity: 'true' })).json.ret_code;
  clock.set('2040-01-01T00:00:00Z');
  assert.is(await codeOf(), 0x76500002);
  clock.set('2020-01-01T00:00:00Z');
  assert.is(await codeOf(), 0x76500001);
  clock.set('2026-03-02T02:00:00Z');
  assert.is((await askFor(agent, challenge, { checkValidity: 'true' })).json.func, 'askPin');
});

signing('a challenge that names another site is not signed for this one', async ({ agent }) => {
  const relayed = challenge.replace(portal, 'https://other.example');
  assert.is((await askFor(agent, relayed)).json.ret_code, 0x7600000f);
});

signing('letters that turn a text round are shown as what they are', async ({ agent }) => {
  const { content } = (await askFor(agent, '{"purpose":"a\u202eb","x\u200b":{"y":1}}')).json;
  assert.match(content.text, 'a\\u{202E}b');
  assert.equal(content.members, [
    ['purpose', 'a\\u{202E}b'],
    ['x\\u{200B}', '{"y":1}'],
  ]);
});

signing(
  'what a page calls its purpose is its own word: beside what is signed, short, and nothing hidden in it',
  async ({ agent }) => {
    const shown = async (purposeName: unknown) => (await askFor(agent, challenge, { purposeName })).json;
    const named = await shown({ zh: '首次\n註冊', en: 'First \u202eregistration' });
    assert.equal(named.purposeName, { zh: '首次 註冊', en: 'First \\u{202E}registration' });
    assert.is(named.content.purpose, 'delegation');
    assert.not.ok(named.content.text.includes('首次'));
    for (const no of [
      '首次註冊',
      { zh: '首次註冊' },
      { zh: 'x', en: 7 },
      { zh: '長'.repeat(61), en: 'Long' },
      null,
    ])
      assert.is((await shown(no)).purposeName, undefined);
  },
);

signing('octets that are no text are shown as octets', async ({ agent }) => {
  const tbsPackage = packageOf('', { tbs: 'AAH/' });
  const { json } = await fromWindow(agent, '/sign', { tbsPackage, askingOrigin: portal });
  assert.is(json.content.text, '00 01 ff');
});

signing('SHA-1, bare signatures and keys by name are not offered', async ({ agent }) => {
  const codeOf = async (more: object) => (await askFor(agent, challenge, more)).json.ret_code;
  assert.is(await codeOf({ hashAlgorithm: 'SHA1' }), 0x7600000e);
  assert.is(await codeOf({ signatureType: 'PKCS1' }), 0x7600000e);
  assert.is(await codeOf({ keyidb64: 'AAAA' }), 0x7610000d);
});

signing('one signature at a time on a reader, two readers beside each other', async (scene) => {
  scene.drawer.during(() => new Promise((resolve) => setTimeout(resolve, 20)));
  const asked = await Promise.all([1, 2, 3].map(() => askFor(scene.agent, challenge)));
  const signed = await Promise.all(asked.map((one) => givePin(scene, one, pin)));
  assert.equal(
    signed.map(({ json }) => json.ret_code),
    [0, 0, 0],
  );
  assert.is(scene.drawer.mostAtOnce(), 1);
});

signing('readers and cards as pages know them', async ({ agent, card, drawer }) => {
  drawer.addReader('Reader B');
  const ask = (path: string) => fromWindow(agent, path, { askingOrigin: portal });
  const { json } = await ask('/pkcs11info?withcert=true');
  assert.equal([json.func, json.ret_code, json.serverVersion], ['pkcs11info', 0, '1.3.4.103321']);
  const [first, second] = json.slots;
  assert.equal(second, { slotDescription: 'Reader B', token: null });
  assert.is(first.token.serialNumber, card.cardNumber);
  const byLabel = new Map(first.token.certs.map((one: { label: string }) => [one.label, one]));
  const { certb64, usage, sn, subjectDN, notAfterT } = byLabel.get('cert1') as Record<string, unknown>;
  assert.is(certb64, Buffer.from(card.certificate).toString('base64'));
  assert.is(usage, 'digitalSignature');
  assert.is(sn, card.serial);
  assert.match(String(subjectDN), 'C=TW,CN=王小明');
  assert.type(notAfterT, 'number');
  assert.is((byLabel.get('cert2') as Record<string, unknown>)['usage'], 'keyEncipherment|dataEncipherment');
  const without = (await ask('/pkcs11info')).json;
  assert.equal(without.slots[0].token, { serialNumber: card.cardNumber });
  assert.is(without.asksPin, true);
});

signing('any package from an allowed site is answered, and the agent lives', async ({ agent }) => {
  const values = fc.oneof(fc.string(), fc.jsonValue());
  const names = fc.constantFrom('tbs', 'tbsEncoding', 'nonce', 'slotDescription', 'withCardSN', '__proto__');
  const anyPackage = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(names, values).map((more) => packageOf('x', more)),
  );
  await fc.assert(
    fc.asyncProperty(anyPackage, async (tbsPackage) => {
      const { status, json } = await fromWindow(agent, '/sign', { tbsPackage, askingOrigin: portal });
      assert.is(status, 200);
      assert.ok(json.func === 'askPin' || (json.func === 'sign' && json.ret_code !== 0));
    }),
  );
});

signing('any form at any address is answered', async ({ agent, drawer }) => {
  const paths = fc.constantFrom('/sign', '/pkcs11info', '/agent/pin', '/agent/cancel');
  const names = fc.constantFrom(
    'ask',
    'pin',
    'slotDescription',
    'tbsPackage',
    'askingOrigin',
    'allowLastTry',
  );
  await fc.assert(
    fc.asyncProperty(paths, fc.dictionary(names, fc.string()), async (path, fields) => {
      assert.is((await fromWindow(agent, path, fields)).status, 200);
    }),
  );
  assert.is(drawer.pinsSeen(), 0);
});

signing('any octets as a form, of any type, are answered', async ({ agent, drawer }) => {
  const types = fc.constantFrom(
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=utf-16',
    'multipart/form-data; boundary=x',
    'text/plain',
    '',
  );
  const paths = fc.constantFrom('/sign', '/pkcs11info?withcert=true', '/agent/pin', '/agent/cancel');
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('%', '%zz', '%f0%9f', '&', '=', 'tbsPackage=', 'askingOrigin='),
  );
  const bodies = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(paths, types, bodies, async (path, type, body) => {
      const headers = { origin: agent.origin, 'content-type': type };
      const { status, json } = await send(agent, path, { method: 'POST', headers, body });
      assert.is(status, 200);
      assert.is.not(json.ret_code, 0);
    }),
  );
  assert.is(drawer.pinsSeen(), 0);
  assert.is(agent.waiting(), 0);
});

signing(
  'any lines in the place of a request end in an answer or a closed connection, and the agent lives',
  async ({ agent, drawer }) => {
    const own = `localhost:${agent.port}`;
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'POST /sign HTTP/1.1',
        'GET /popupForm HTTP/1.1',
        'GET http://evil.example/ HTTP/1.1',
        `Host: ${own}`,
        'Host: evil.example',
        `Origin: http://${own}`,
        `Origin: ${portal}`,
        'Content-Length: 5',
        'Content-Length: -1',
        'Content-Length: 99999999999999999999',
        'Transfer-Encoding: chunked',
        'Content-Type: application/x-www-form-urlencoded',
        '',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const said = await rawly(agent, `${lines.join('\r\n')}\r\n\r\n`);
        assert.ok(said === '' || /^HTTP\/1\.1 [2-5]\d\d /.test(said), said.slice(0, 60));
      }),
    );
    assert.is((await askFor(agent, challenge)).json.func, 'askPin');
    assert.is(drawer.pinsSeen(), 0);
  },
);

signing('100 windows wait at once, and each gets its own signature', async (scene) => {
  const texts = Array.from({ length: 100 }, (_, at) => JSON.stringify({ nonce: `n-${at}`, origin: portal }));
  const asked = await Promise.all(texts.map((text) => askFor(scene.agent, text)));
  assert.is(scene.agent.waiting(), 100);
  const signed = await Promise.all(asked.map((one) => givePin(scene, one, pin)));
  for (const [at, { json }] of signed.entries()) {
    right(await verdictOf(scene, json.signature, texts[at] ?? ''));
  }
  assert.is(scene.agent.waiting(), 0);
  assert.is(scene.drawer.mostAtOnce(), 1);
});

signing.run();

const limits = suite('limits and page PINs');

limits('windows beyond the limit are refused, and those that wait are left alone', async () => {
  const { agent } = await openScene({ maxAsks: 2 });
  const asked = [await askFor(agent, 'a'), await askFor(agent, 'b'), await askFor(agent, 'c')];
  assert.equal(
    asked.map(({ json }) => json.func),
    ['askPin', 'askPin', 'sign'],
  );
  assert.is(asked[2]?.json.ret_code, 0x76100005);
  assert.is(agent.waiting(), 2);
  await agent.close();
});

limits('a site that opens windows without end leaves places to the others', async () => {
  const other = 'https://other.example';
  const { agent } = await openScene({ maxAsks: 4, origins: [{ origin: portal }, { origin: other }] });
  const ask = async (askingOrigin: string): Promise<unknown> =>
    (await fromWindow(agent, '/sign', { tbsPackage: packageOf('a'), askingOrigin })).json.func;
  const asked: unknown[] = [];
  for (let time = 0; time < 4; time += 1) asked.push(await ask(portal));
  assert.equal(asked, ['askPin', 'askPin', 'sign', 'sign']);
  assert.equal([await ask(other), await ask(other), await ask(other)], ['askPin', 'askPin', 'sign']);
  assert.is(agent.waiting(), 4);
  await agent.close();
});

limits('a PIN from a page is used only where the agent is set up for it', async () => {
  const shut = await openScene();
  assert.is((await askFor(shut.agent, challenge, { pin })).json.func, 'askPin');
  assert.is(shut.drawer.pinsSeen(), 0);
  await shut.agent.close();

  const open = await openScene({ pagePins: true });
  const { json } = await askFor(open.agent, challenge, { pin });
  assert.is(json.ret_code, 0);
  right(await verdictOf(open, json.signature, challenge));
  const wrong = await askFor(open.agent, challenge, { pin: '000000' });
  assert.equal([wrong.json.ret_code, wrong.json.last_error], [loginFailed, -2147483646]);
  const again = await askFor(open.agent, challenge, { pin: '000000' });
  assert.equal([again.json.ret_code, again.json.last_error], [loginFailed, -2147483647]);
  const direct = await fromSite(open.agent, '/sign', portal, { tbsPackage: packageOf(challenge) });
  assert.is(direct.json.ret_code, 0x76000998);
  await open.agent.close();
});

limits('two cards and one PIN from a page: the person says which', async () => {
  const { agent, drawer, pki } = await openScene({ pagePins: true });
  drawer.insert('Reader B', {
    card: await pki.issueCitizen({ name: '李小華', last4: '1234' }),
    pin: '135791',
  });
  const { json } = await askFor(agent, challenge, { pin });
  assert.is(json.func, 'askPin');
  assert.is(json.choices.length, 2);
  assert.is(drawer.pinsSeen(), 0);
  const named = await askFor(agent, challenge, { pin, slotDescription: reader });
  assert.is(named.json.ret_code, 0);
  await agent.close();
});

limits(
  'a bare signature where the reader makes them, and never over what could be signed attributes',
  async () => {
    const signature = Uint8Array.of(1, 2, 3);
    const base = await openScene();
    await base.agent.close();
    const certificate = base.card.certificate;
    const listed = TE.map((all: ReadonlyArray<AgentSlot>) =>
      all.map(({ slotDescription, reader }) => {
        const signRaw = () => TE.right({ certificate, cardNumber: undefined, signature });
        return { slotDescription, reader: { ...reader, signRaw } };
      }),
    )(base.drawer.slots.list());
    const scene = await openScene({ slots: { list: () => listed } });
    const asked = await askFor(scene.agent, challenge, { signatureType: 'PKCS1' });
    assert.is((await givePin(scene, asked, pin)).json.signature, 'AQID');
    // A text may begin with the octet of a SET: the digit 1.
    assert.is((await askFor(scene.agent, '1234567890', { signatureType: 'PKCS1' })).json.func, 'askPin');
    const set = Buffer.from('3115301306092a864886f70d010903', 'hex').toString('base64');
    const refused = await askFor(scene.agent, '', { signatureType: 'PKCS1', tbs: set });
    assert.is(refused.json.ret_code, 0x7600000e);
    await scene.agent.close();
  },
);

limits('GEPI-17: a card that is changed after it was looked at is not shown the PIN', async () => {
  for (const pagePins of [false, true]) {
    const { agent, drawer, pki, card } = await openScene();
    await agent.close();
    const other = await pki.issueCitizen({ name: '陳大文', last4: '4321' });
    let looks = 0;
    // A hand is quicker than two sessions with a card: the last look sees the right one.
    const lookedAt = (slot: AgentSlot): AgentSlot => ({
      ...slot,
      reader: {
        ...slot.reader,
        read: () => async () => {
          const seen = await slot.reader.read()();
          looks += 1;
          if (looks === (pagePins ? 1 : 2)) drawer.insert(reader, { card: other, pin });
          return seen;
        },
      },
    });
    drawer.insert(reader, { card, pin });
    const slots = {
      list: () => TE.map((all: ReadonlyArray<AgentSlot>) => all.map(lookedAt))(drawer.slots.list()),
    };
    const scene = await openScene({ slots, pagePins });
    const asked = await askFor(scene.agent, challenge, pagePins ? { pin } : {});
    const { json } = pagePins ? asked : await givePin(scene, asked, pin);
    assert.is(json.ret_code, 0x76000006);
    assert.is(drawer.pinsSeen(), 0);
    await scene.agent.close();
  }
});

limits('no question and no answer holds a PIN', async () => {
  const scene = await openScene();
  const asked = await askFor(scene.agent, challenge, { pin: '97531864' });
  assert.not.match(asked.text, '97531864');
  const wrong = await givePin(scene, asked, '97531864');
  assert.not.match(wrong.text, '97531864');
  await scene.agent.close();
});

limits('a signature that the register refuses is not made good by the agent', async () => {
  const scene = await openScene();
  const { json } = await givePin(scene, await askFor(scene.agent, challenge), pin);
  assert.ok(E.isLeft(await verdictOf(scene, json.signature, `${challenge} `)));
  await scene.agent.close();
});

limits.run();

const paged = suite<Scene>('PINs from pages');

paged.before.each(async (context) => {
  Object.assign(context, await openScene({ pagePins: true }));
});
paged.after.each(({ agent }) => agent.close());

paged(
  'GEPI-17: what may be the last try is no page’s: the person is asked in the agent’s own window',
  async (scene) => {
    const { agent, drawer } = scene;
    drawer.insert(reader, { card: scene.card, pin, tries: 1 });
    const asked = await askFor(agent, challenge, { pin });
    assert.is(asked.json.func, 'askPin');
    assert.is(asked.json.notice.lastTry, true);
    // Nobody knows: another program may have given it its tries back, or a pull may not have been counted.
    assert.match(asked.json.notice.text.zh, '可能是最後一次');
    assert.match(asked.json.notice.text.en, 'may be the last try');
    assert.is(drawer.pinsSeen(), 0);
    const withoutYes = await givePin(scene, asked, pin);
    assert.is(withoutYes.json.notice.lastTry, true);
    assert.is(drawer.pinsSeen(), 0);
    assert.is((await givePin(scene, withoutYes, pin, { allowLastTry: 'true' })).json.ret_code, 0);
    // Where there is no window, the PIN is told as not entered, and not as wrong.
    drawer.insert(reader, { card: scene.card, pin, tries: 1 });
    const direct = await fromSite(agent, '/sign', portal, { tbsPackage: packageOf(challenge, { pin }) });
    assert.equal([direct.json.ret_code, direct.json.last_error], [0x76000998, 0]);
    assert.is(drawer.tries(reader), 1);
    assert.is(agent.waiting(), 0);
  },
);

paged.run();
