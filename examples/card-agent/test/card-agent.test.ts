import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@mandate/adapters-eventstore';
import { type CardAgent, cardAgent } from '@mandate/adapters-http/agent';
import { gpkiPolicies, verifySignedData } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readArguments } from '../src/arguments.js';
import { demoPin, openDemo } from '../src/demo.js';
import { slotsOn } from '../src/slots.js';
import { addressOf } from './support.js';

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
  ]);
  assert.ok(E.isRight(read));
  assert.equal(read.right.origins, ['https://a.example', 'https://b.example']);
  assert.equal([read.right.port, read.right.demo, read.right.pagePins], [0, true, false]);
});

words('a word that makes no sense is told', () => {
  for (const wrong of [['--x', '1'], ['--port', '65536'], ['--port', '-1'], ['--origin'], ['x']]) {
    assert.ok(E.isLeft(readArguments(wrong)), wrong.join(' '));
  }
});

words.run();

const portal = 'https://portal.example';
const content = JSON.stringify({ nonce: 'n-1', origin: portal, purpose: 'delegation' });

const post = async (agent: CardAgent, path: string, fields: Readonly<Record<string, string>>) => {
  const response = await fetch(`${agent.origin}${path}`, {
    method: 'POST',
    headers: { origin: agent.origin },
    body: new URLSearchParams(fields),
  });
  return JSON.parse(await response.text());
};

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
  const asked = await post(agent, '/sign', { tbsPackage, askingOrigin: portal });
  assert.is(asked.func, 'askPin');
  assert.equal(
    asked.choices.map(({ holder }: { holder: string }) => holder),
    ['王小明', '測試市政府'],
  );
  const [{ slotDescription, cardNumber }] = asked.choices;
  const wrong = await post(agent, '/agent/pin', { ask: asked.ask, pin: '000000', slotDescription });
  assert.match(wrong.notice.text.zh, '2 次');
  const signed = await post(agent, '/agent/pin', { ask: asked.ask, pin: demoPin, slotDescription });
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

demo.run();

const program = suite('the program');

const start = (...args: ReadonlyArray<string>) =>
  spawn(
    process.execPath,
    [
      ...['--conditions=mandate-source', '--import', 'tsx'],
      fileURLToPath(new URL('../src/main.ts', import.meta.url)),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );

program('starts, answers, and ends when it is told to', async () => {
  const running = start('--demo', '--port', '0', '--origin', portal);
  const address = await addressOf(running);
  const response = await fetch(`${address}/agent/popup.js`);
  assert.match(await response.text(), 'getTbs');
  running.kill('SIGTERM');
  const [code] = await once(running, 'exit');
  assert.is(code, 0);
});

program('an origin that is none, and a wrong word, end it with what is wrong', async () => {
  for (const [args, code] of [
    [['--demo', '--port', '0', '--origin', '*'], 1],
    [['--pin-transport-key', '/nowhere'], 1],
    [['--x', 'y'], 2],
  ] as const) {
    const running = start(...args);
    let said = '';
    running.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    const [ended] = await once(running, 'exit');
    assert.is(ended, code);
    assert.ok(said.length > 0);
  }
});

program.run();
