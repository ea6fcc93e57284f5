import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gpkiPolicies, verifySignedData } from '@mandate/certificates';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import { suiteNeeding } from '@mandate/testing';
import * as E from 'fp-ts/lib/Either.js';
import * as assert from 'uvu/assert';
import { type SoftHsmToken, softhsmNeed, softhsmToken } from './softhsm.js';
import { addressOf, endedWith, post, sourceArguments } from './support.js';

const portal = 'https://portal.example';
const pin = '135790';
const content = JSON.stringify({ nonce: 'n-1', origin: portal, purpose: 'delegation' });
const tbsPackage = JSON.stringify({ func: 'MakeSignature', signatureType: 'PKCS7', tbs: content });

interface World {
  pki: TestPki;
  card: TestCard;
  hsm: SoftHsmToken;
  /** Where the agent answers. */
  address: string;
  running: ReturnType<typeof start>;
}

/** No card service: the socket leads nowhere. */
const start = (hsm: SoftHsmToken, ...args: ReadonlyArray<string>) =>
  spawn(process.execPath, [...sourceArguments, '--port', '0', '--origin', portal, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...hsm.environment, PCSCLITE_CSOCK_NAME: '/nowhere/pcscd.comm' },
  });

const agent = suiteNeeding<World>('the agent with a PKCS#11 module', softhsmNeed);

agent.before(async (world) => {
  world.pki = await createTestPki({ cas: ['MOICA'] });
  world.card = await world.pki.issueCitizen({ name: '王小明', last4: '6789' });
  world.hsm = softhsmToken(world.card, pin);
  world.running = start(world.hsm, '--pkcs11', 'softhsm');
  world.address = await addressOf(world.running);
});

agent.after(async ({ running, hsm }) => {
  running.kill('SIGTERM');
  assert.is(await endedWith(running), 0);
  hsm.remove();
});

agent('a page is told the slot and its certificate, without a PIN', async ({ address, card }) => {
  const without = await post(address, '/pkcs11info', { askingOrigin: portal });
  assert.equal([without.func, without.ret_code, without.slots.length], ['pkcs11info', 0, 1]);
  assert.match(without.slots[0].slotDescription, /^SoftHSM slot/);
  assert.not.ok('certs' in without.slots[0].token);
  const { slots } = await post(address, '/pkcs11info?withcert=true', { askingOrigin: portal });
  const [certificate] = slots[0].token.certs;
  assert.equal(
    [certificate.certb64, certificate.usage, certificate.label, certificate.sn],
    [Buffer.from(card.certificate).toString('base64'), 'digitalSignature', 'cert1', card.serial],
  );
});

agent(
  'the card signs by the module: a wrong PIN is told, the right one makes CMS that the register accepts',
  async ({ address, pki, card }) => {
    const asked = await post(address, '/sign', { tbsPackage, askingOrigin: portal });
    assert.is(asked.func, 'askPin');
    const [{ slotDescription, holder }] = asked.choices;
    assert.is(holder, '王小明');
    const give = (digits: string) =>
      post(address, '/agent/pin', { ask: asked.ask, pin: digits, slotDescription });
    assert.match((await give('246802')).notice.text.zh, 'PIN');
    assert.match((await give('12')).notice.text.zh, '尚未送入IC卡');
    const signed = await give(pin);
    assert.equal([signed.func, signed.ret_code, signed.last_error], ['sign', 0, 0]);
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
    assert.is(verified.right.facts.serial, card.serial);
  },
);

agent(
  'faults of the module are codes of the table: a PIN from a page, wrong and too short',
  async ({ hsm }) => {
    const running = start(hsm, '--pkcs11', 'softhsm', '--page-pins');
    const address = await addressOf(running);
    const signWith = async (digits: string) => {
      const wanted = JSON.stringify({ ...JSON.parse(tbsPackage), pin: digits });
      const { ret_code, last_error } = await post(address, '/sign', {
        tbsPackage: wanted,
        askingOrigin: portal,
      });
      return [ret_code, last_error];
    };
    assert.equal(await signWith('246802'), [0x76100006, 0xa0]);
    assert.equal(await signWith('12'), [0x76100006, 0xa2]);
    assert.equal(await signWith(pin), [0, 0]);
    running.kill('SIGTERM');
    await endedWith(running);
  },
);

agent('a module that is not there is told at the start, and the program ends', async ({ hsm }) => {
  for (const module of ['/nowhere/module.so', 'module.so', fileURLToPath(import.meta.url)]) {
    const running = start(hsm, '--pkcs11', module);
    let said = '';
    running.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    const [code] = await once(running, 'close');
    assert.is(code, 1);
    assert.match(said, `--pkcs11 ${module}: `);
  }
});

agent.run();
