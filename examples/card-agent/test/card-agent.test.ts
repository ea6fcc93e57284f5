import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '@mandate/adapters-eventstore';
import { cardAgent } from '@mandate/adapters-http/agent';
import { gppkiCard, t7sCard, virtualTransport } from '@mandate/adapters-pcsc/virtual-card';
import { gpkiPolicies, verifySignedData } from '@mandate/certificates';
import { singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readArguments } from '../src/arguments.js';
import { demoPin, openDemo } from '../src/demo.js';
import { slotsOn } from '../src/slots.js';
import { addressOf, asked, builtProgram, endedWith, post, sourceArguments } from './support.js';

const words = suite('the command line');

words('sites one by one, a port, and what else there is', () => {
  const read = readArguments([
    '--origin',
    'https://a.example',
    '--origin',
    'https://b.example',
    '--port',
    '0',
    '--demo',
    '--pkcs11',
    'hicos',
  ]);
  assert.ok(E.isRight(read));
  assert.equal(read.right.origins, ['https://a.example', 'https://b.example']);
  const { port, demo, pagePins, pkcs11 } = read.right;
  assert.equal([port, demo, pagePins, pkcs11], [0, true, false, 'hicos']);
});

words('a word that makes no sense is told', () => {
  for (const wrong of [
    ['--x', '1'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--origin'],
    ['--pkcs11'],
    ['x'],
  ]) {
    assert.ok(E.isLeft(readArguments(wrong)), wrong.join(' '));
  }
});

words.run();

const portal = 'https://portal.example';
const content = JSON.stringify({ nonce: 'n-1', origin: portal, purpose: 'delegation' });

const demo = suite('the agent on virtual T7S cards');

demo('the driver’s card signs what a page asks, and the register accepts it', async () => {
  const { transport, keys, pki } = await openDemo();
  const slots = slotsOn(transport, keys);
  const started = await cardAgent({ slots, origins: [{ origin: portal }], clock: systemClock, port: 0 })();
  assert.ok(E.isRight(started));
  const agent = started.right;
  const tbsPackage = JSON.stringify({
    func: 'MakeSignature',
    signatureType: 'PKCS7',
    tbs: content,
    nonce: 'n-1',
    withCardSN: 'true',
    withSigningTime: 'true',
  });
  const question = await post(agent.origin, '/sign', { tbsPackage, askingOrigin: portal });
  assert.is(question.func, 'askPin');
  assert.equal(
    question.choices.map(({ holder }: { holder: string }) => holder),
    ['王小明', '測試市政府'],
  );
  const [{ slotDescription, cardNumber }] = question.choices;
  const give = (pin: string) => post(agent.origin, '/agent/pin', { ask: question.ask, pin, slotDescription });
  const wrong = await give('000000');
  assert.match(wrong.notice.text.zh, '尚可再試2次');
  const signed = await give(demoPin);
  assert.equal([signed.ret_code, signed.cardSN], [0, cardNumber]);
  const verified = await verifySignedData({
    cms: new Uint8Array(Buffer.from(signed.signature, 'base64')),
    content: new TextEncoder().encode(content),
    trust: pki.trust,
    revocation: pki.revocation,
    profile: {
      subjectTypes: ['citizen'],
      cas: ['MOICA'],
      policies: [gpkiPolicies.level3],
      use: 'sign',
      minRsaBits: 2048,
    },
    at: new Date('2026-03-02T02:00:00Z'),
  })();
  assert.ok(E.isRight(verified), JSON.stringify(verified));
  assert.is(verified.right.attributes.cardNumber, cardNumber);
  assert.is(verified.right.attributes.nonce, 'n-1');
  await agent.close();
  await transport.close();
});

demo(
  'a locked card that comes back unlocked is asked, though no page asked for anything meanwhile',
  async () => {
    const { transport, keys, pki } = await openDemo();
    const card = await pki.issueCitizen({ name: '陳大文', last4: '4321' });
    const readers = virtualTransport([t7sCard({ card, pin: demoPin })]);
    const listed = await slotsOn(readers, keys).list()();
    assert.ok(E.isRight(listed));
    const [slot] = listed.right;
    const sign = async (pin: string, allowLastTry = false): Promise<string> => {
      const signed = await slot?.reader.sign(new Uint8Array(1), singleUsePin(pin), { allowLastTry })();
      return signed === undefined || E.isRight(signed) ? 'signed' : signed.left.code;
    };
    assert.equal(
      [await sign('000000'), await sign('000000'), await sign('000000', true)],
      ['PIN_WRONG', 'PIN_WRONG', 'PIN_LOCKED'],
    );
    // Taken to a counter and back.
    readers.readers.insert('Virtual PCD 00 00', t7sCard({ card, pin: demoPin }));
    assert.is(await sign(demoPin), 'signed');
    await readers.close();
    await transport.close();
  },
);

demo('a T7S card without its transport key, and a GPPKI card, are asked for no PIN', async () => {
  const { transport, pki } = await openDemo();
  const card = await pki.issueCitizen({ name: '陳大文', last4: '4321' });
  const gppki = virtualTransport([gppkiCard({ card })]);
  for (const one of [transport, gppki]) {
    const started = await cardAgent({
      slots: slotsOn(one, {}),
      origins: [{ origin: portal }],
      clock: systemClock,
      port: 0,
    })();
    assert.ok(E.isRight(started));
    const tbsPackage = JSON.stringify({ func: 'MakeSignature', signatureType: 'PKCS7', tbs: content });
    const { func, ret_code, message } = await post(started.right.origin, '/sign', {
      tbsPackage,
      askingOrigin: portal,
    });
    await started.right.close();
    await one.close();
    assert.equal([func, ret_code], ['sign', 0x7600000e]);
    assert.match(message, '--pkcs11');
  }
});

demo.run();

const program = suite('the program');

const start = (...args: ReadonlyArray<string>) =>
  spawn(process.execPath, [...sourceArguments, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

program('starts, answers, and ends when it is told to', async () => {
  const running = start('--demo', '--port', '0', '--origin', portal);
  const address = await addressOf(running);
  const response = await fetch(`${address}/agent/popup.js`);
  assert.match(await response.text(), 'getTbs');
  running.kill('SIGTERM');
  const [code] = await once(running, 'exit');
  assert.is(code, 0);
});

program(
  'built, and started by its name: it answers the sites that were named, and no other host or origin',
  async () => {
    const args = ['--demo', '--port', '0', '--origin', portal];
    const running = spawn(process.execPath, [builtProgram(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const address = await addressOf(running);
    const { host } = new URL(address);
    const info = async (headers: Readonly<Record<string, string>>, method = 'GET') => {
      const { status, text } = await asked(
        address,
        '/pkcs11info?withcert=true',
        { host, ...headers },
        method,
      );
      return status === 200 ? JSON.parse(text) : status;
    };
    const told = await info({ origin: portal });
    assert.equal([told.func, told.ret_code, told.last_error], ['pkcs11info', 0, 0]);
    assert.match(told.serverVersion, /^\d+(\.\d+){3}$/);
    assert.equal(
      told.slots.map(({ slotDescription }: { slotDescription: string }) => slotDescription),
      ['Virtual PCD 00 00', 'Virtual PCD 00 01'],
    );
    for (const { token } of told.slots) {
      assert.match(token.serialNumber, /^[A-Z]{2}\d{14}$/);
      assert.equal(token.certs.map(({ label }: { label: string }) => label).sort(), ['cert1', 'cert2']);
      for (const name of ['certb64', 'sn', 'subjectDN', 'issuerDN'])
        assert.type(token.certs[0][name], 'string');
      for (const name of ['notBeforeT', 'notAfterT']) assert.type(token.certs[0][name], 'number');
      assert.equal(token.keys, []);
    }
    assert.is((await info({ origin: 'https://stranger.example' }, 'POST')).ret_code, 0x76000031);
    assert.is((await info({})).ret_code, 0x76000031);
    assert.is(await info({ origin: portal, host: 'stranger.example' }), 421);
    running.kill('SIGINT');
    assert.is(await endedWith(running), 0);
  },
);

program('an origin that is none, and a wrong word, end it with what is wrong', async () => {
  for (const [args, code, words] of [
    [['--demo', '--port', '0', '--origin', '*'], 1, 'ORIGIN_INVALID'],
    [['--pin-transport-key', '/nowhere'], 1, '/nowhere'],
    [['--x', 'y'], 2, 'not understood: --x\n'],
    [['--bogus'], 2, 'not understood: --bogus\n'],
    [['--port', '99999'], 2, 'not understood: --port 99999\n'],
    [['--port', 'abc'], 2, 'not understood: --port abc\n'],
  ] as const) {
    const running = start(...args);
    let said = '';
    running.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    const [ended] = await once(running, 'close');
    assert.is(ended, code);
    assert.ok(said.includes(words), said);
  }
});

program.run();
