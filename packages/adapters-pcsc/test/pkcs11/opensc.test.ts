/** PKCS#11 by OpenSC on a PIV card in a reader: the life of a PIN, and a card that comes and goes. */
import type { TestCard } from '@mandate/certificates/test-pki';
import { type CardFault, singleUsePin } from '@mandate/domain';
import { suiteNeeding } from '@mandate/testing';
import { bedNeed, until } from '@mandate/testing/card-service';
import * as assert from 'uvu/assert';

import { type Pkcs11Options, type Pkcs11Reader, pcscTransport, pkcs11Reader } from '../../src/index.js';
import { type Bed, type BedCard, startBed } from '../support/bed.js';
import { bindingNeed } from './softhsm.js';
import { challenge, judge, leftOf, rightOf, sharedPki } from './support.js';

const need = bindingNeed.available ? bedNeed('opensc-tool', 'pkcs11-tool') : bindingNeed;
const opensc = suiteNeeding('PKCS#11: OpenSC and a PIV card in a reader', need);

const pin = '123456';
let bed: Bed;
let held: TestCard;
let card: BedCard | undefined;
const readers: Pkcs11Reader[] = [];

opensc.before(async () => {
  held = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  bed = await startBed();
});

opensc.after(() => bed.end());

opensc.before.each(async () => {
  card = await bed.startCard({ kind: 'piv', contents: held.save(), pin });
});

opensc.after.each(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  await card?.end();
});

const inserted = (): BedCard => {
  if (card === undefined) throw new Error('no card');
  return card;
};

const readerOf = (options: Partial<Pkcs11Options> = {}): Pkcs11Reader => {
  const reader = pkcs11Reader({ module: 'opensc', environment: bed.env, ...options });
  readers.push(reader);
  return reader;
};

const sign = (reader: Pkcs11Reader, digits = pin, allowLastTry = false) =>
  reader.sign(challenge, singleUsePin(digits), { allowLastTry })();

const told = ({ code, triesLeft }: CardFault): unknown => ({ code, triesLeft });

opensc('a card is found by label or serial, beside an empty reader, as pkcs11-tool tells it', async () => {
  const [token, another] = rightOf(await readerOf().tokens()());
  assert.is(another, undefined);
  assert.is(token?.label, '王小明');
  const { stdout } = await bed.run('pkcs11-tool', ['--list-slots']);
  assert.match(stdout, /token state: +uninitialized|\(empty\)/);
  assert.match(stdout, new RegExp(`token label +: ${token?.label}`));
  assert.match(stdout, new RegExp(`serial num +: ${token?.serial}`));
  for (const name of [{ label: '王小明' }, { serial: token?.serial ?? '' }]) {
    rightOf(await readerOf({ token: name }).read()());
  }
  assert.is(leftOf(await readerOf({ token: { label: '陳大文' } }).read()()).code, 'NO_CARD');
});

opensc(
  'GEPI-34: its certificates are shown without a PIN, and what it signs the register accepts',
  async () => {
    const reader = readerOf();
    const { certificates } = rightOf(await reader.read()());
    assert.ok(certificates.some((der) => Buffer.from(der).equals(held.certificate)));
    const { certificate } = await judge(rightOf(await sign(reader)));
    assert.ok(Buffer.from(certificate.der).equals(held.certificate));
  },
);

opensc('each key of the card signs by its id, the one that wants the PIN every time too', async () => {
  for (const certificateId of ['01', '02']) {
    await judge(rightOf(await sign(readerOf({ certificateId }))));
  }
});

opensc('GEPI-17, GEPI-19: wrong, wrong, not asked, locked, and the right one is refused too', async () => {
  const reader = readerOf();
  assert.equal(told(leftOf(await sign(reader, '000000'))), { code: 'PIN_WRONG', triesLeft: undefined });
  assert.equal(told(leftOf(await sign(reader, '000000'))), { code: 'PIN_WRONG', triesLeft: 1 });
  // With one try left it is not asked, so the state does not change.
  assert.equal(told(leftOf(await sign(reader))), { code: 'PIN_LAST_TRY', triesLeft: 1 });
  assert.equal(told(leftOf(await sign(reader, '000000', true))), { code: 'PIN_LOCKED', triesLeft: 0 });
  assert.equal(told(leftOf(await sign(reader, pin, true))), { code: 'PIN_LOCKED', triesLeft: 0 });
});

opensc('the last try, allowed and right, sets the tries back', async () => {
  const reader = readerOf();
  leftOf(await sign(reader, '000000'));
  leftOf(await sign(reader, '000000'));
  await judge(rightOf(await sign(reader, pin, true)));
  assert.equal(told(leftOf(await sign(reader, '000000'))), { code: 'PIN_WRONG', triesLeft: undefined });
});

opensc('a PIN that is too short or too long costs no try', async () => {
  const reader = readerOf();
  for (const digits of ['', '123', '123456789'])
    assert.is(leftOf(await sign(reader, digits)).code, 'PIN_FORMAT');
  assert.ok(inserted().said.every(({ triesLeft }) => triesLeft === undefined || triesLeft === 3));
  assert.not.ok(inserted().said.some(({ purpose }) => purpose === 'verify'));
});

opensc('no PIN stays verified on the card for the next program where a transport resets it', async () => {
  // The transport's process finds the service by its socket.
  Object.assign(process.env, bed.env);
  const transport = pcscTransport();
  await judge(rightOf(await sign(readerOf({ resetBy: transport }))));
  await transport.close();
  const select = ['--send-apdu', '00A4040009A0000003080000100000'];
  const options = ['--reader', '0', '--card-driver', 'default', ...select, '--send-apdu', '00200080'];
  const { stdout } = await bed.run('opensc-tool', options);
  assert.match(stdout, /SW1=0x63, SW2=0xC3/);
});

opensc('a card that is pulled out is NO_CARD, and signs again when it is back', async () => {
  const reader = readerOf();
  await judge(rightOf(await sign(reader)));
  await inserted().pull();
  await until(async () => !(await bed.seesCard(0)));
  assert.is(leftOf(await sign(reader)).code, 'NO_CARD');
  await inserted().insert();
  await until(() => bed.seesCard(0));
  await judge(rightOf(await sign(reader)));
});

opensc(
  'pulled out during VERIFY or during the signature it is CARD_REMOVED, and no PIN is tried again',
  async () => {
    const reader = readerOf();
    for (const during of ['verify', 'sign'] as const) {
      await inserted().misbehave({ type: 'pull', during });
      assert.is(leftOf(await sign(reader)).code, 'CARD_REMOVED', during);
      await until(async () => !(await bed.seesCard(0)));
      await inserted().insert();
      await until(() => bed.seesCard(0));
      await judge(rightOf(await sign(reader)));
    }
  },
);

opensc('a card that never answers is TIMEOUT, and the next question is answered', async () => {
  const reader = readerOf({ deadline: 8_000 });
  await inserted().misbehave({ type: 'hang', during: 'sign' });
  assert.is(leftOf(await sign(reader)).code, 'TIMEOUT');
  await inserted().pull();
  await until(async () => !(await bed.seesCard(0)));
  await inserted().insert();
  await until(() => bed.seesCard(0));
  await judge(rightOf(await sign(reader)));
});

opensc('garbage in place of a signature is a fault, never an answer', async () => {
  const reader = readerOf();
  for (const octets of [2, 258]) {
    await inserted().misbehave({ type: 'garbage', during: 'sign', octets });
    leftOf(await sign(reader));
  }
  await inserted().behave();
  await judge(rightOf(await sign(reader)));
});

opensc('while pcscd is dead there is no reader; when it is back the card signs', async () => {
  const reader = readerOf();
  await judge(rightOf(await sign(reader)));
  await bed.killService();
  const fault = leftOf(await sign(reader));
  assert.ok(['NO_READER', 'NO_PCSC', 'NO_CARD'].includes(fault.code), fault.code);
  await bed.startService();
  await until(() => bed.seesCard(0));
  await judge(rightOf(await sign(reader)));
});

opensc.run();
