/** PKCS#11 on SoftHSM: everything but a PIN's lock, which it does not have. */
import { fork } from 'node:child_process';
import { createVerify, X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestPki } from '@mandate/certificates/test-pki';
import { singleUsePin } from '@mandate/domain';
import { suiteNeeding } from '@mandate/testing';
import { until } from '@mandate/testing/card-service';
import * as E from 'fp-ts/lib/Either.js';
import * as assert from 'uvu/assert';

import { type CardTransport, type Pkcs11Options, pkcs11Reader, transportFault } from '../../src/index.js';
import { cardEntries, hex, hicosLabel, type SoftHsm, softhsm, softhsmNeed } from './softhsm.js';
import { challenge, children, judge, leftOf, rightOf, sharedPki } from './support.js';

const token = suiteNeeding('PKCS#11 on SoftHSM', softhsmNeed);
const pin = '135790';

let hsm: SoftHsm;
let certificate: Uint8Array;
let encryptionCertificate: Uint8Array;

const readers: Array<{ readonly close: () => Promise<void> }> = [];
const readerOf = (options: Partial<Pkcs11Options> = {}) => {
  const reader = pkcs11Reader({
    module: 'softhsm',
    environment: hsm.environment,
    token: { label: hicosLabel },
    ...options,
  });
  readers.push(reader);
  return reader;
};

token.before(async () => {
  hsm = softhsm();
  const pki = await sharedPki();
  const card = await pki.issueCitizen({ name: '王小明', last4: '6789' });
  ({ certificate, encryptionCertificate } = card);
  const ca = pki.authority('MOICA G3').certificate;
  hsm.add({ label: 'another token', pin, entries: [] });
  hsm.add({ label: hicosLabel, pin, entries: cardEntries(card, ca) });
});

token.after.each(async () => {
  for (const reader of readers.splice(0)) await reader.close();
});

token.after(() => hsm.remove());

token('X-2: a token is found by its label, though it is not in the first slot', async () => {
  const reader = readerOf();
  const tokens = rightOf(await reader.tokens()());
  assert.equal(tokens.map(({ label }) => label).sort(), [hicosLabel, 'another token'].sort());
  assert.ok(tokens.every(({ loginRequired, serial }) => loginRequired && serial.length === 16));
  rightOf(await reader.read()());
});

token('a token is found by its serial number, with or without the blanks that pad it', async () => {
  const serial = rightOf(await readerOf().tokens()()).find(({ label }) => label === hicosLabel)?.serial ?? '';
  const reader = readerOf({ token: { serial: `${serial}  ` } });
  assert.equal(rightOf(await reader.read()()).certificates.length, 2);
  assert.is(leftOf(await readerOf({ token: { serial, label: 'another token' } }).read()()).code, 'NO_CARD');
});

token('GEPI-34: without a PIN the certificates of the holder are shown, and none of a CA', async () => {
  const view = rightOf(await readerOf().read()());
  const shown = view.certificates.map((der) => Buffer.from(der).toString('hex')).sort();
  const expected = [certificate, encryptionCertificate].map((der) => Buffer.from(der).toString('hex')).sort();
  assert.equal(shown, expected);
  // SoftHSM's own serial numbers are no card numbers.
  assert.is(view.cardNumber, undefined);
});

token('what the token signs is what the register accepts, by the signing certificate', async () => {
  const cms = rightOf(await readerOf().sign(challenge, singleUsePin(pin))());
  const { certificate: signer, attributes } = await judge(cms);
  assert.is(Buffer.from(signer.der).equals(certificate), true);
  assert.equal(attributes, {});
});

token('time and nonce are signed along where they are asked for, and the content is left out', async () => {
  const signingTime = new Date('2026-03-02T01:00:00Z');
  const options = { signingTime, nonce: Uint8Array.of(1, 2), withCardNumber: true, detached: true };
  const cms = rightOf(await readerOf().sign(challenge, singleUsePin(pin), options)());
  assert.is(Buffer.from(cms).includes(Buffer.from(challenge)), false);
  const { attributes } = await judge(cms);
  assert.equal(attributes, { signingTime: signingTime.toISOString(), nonce: '0102' });
});

token('a bare signature holds, and what could pass for the attributes of an answer gets none', async () => {
  const reader = readerOf();
  const raw = rightOf(await reader.signRaw(challenge, singleUsePin(pin))());
  const { publicKey } = new X509Certificate(raw.certificate);
  assert.is(createVerify('sha256').update(challenge).verify(publicKey, raw.signature), true);
  for (const content of [
    Uint8Array.from(Buffer.from('3115301306092a864886f70d010903', 'hex')),
    new Uint8Array(0),
  ]) {
    const kept = singleUsePin(pin);
    assert.is(leftOf(await reader.signRaw(content, kept)()).code, 'SIGNING_UNSUPPORTED');
    assert.is(kept.consume(), pin);
  }
});

/** A transport whose every connection takes its time; how many there were at once, and how many came to their end. */
const slowResets = () => {
  let [now, most, over] = [0, 0, 0];
  const absent = () => async () => E.left(transportFault('NO_PCSC', 'not asked here'));
  const transport: CardTransport = {
    list: absent,
    watch: absent,
    connect: () => async () => {
      now += 1;
      most = Math.max(most, now);
      await pause(400);
      return E.right({
        atr: new Uint8Array(0),
        transmit: absent,
        end: async () => {
          now -= 1;
          over += 1;
        },
      });
    },
    close: async () => {},
  };
  return { transport, begun: () => now > 0, most: () => most, over: () => over };
};

token('GEPI-17: the next question waits until the card of the one before has forgotten its PIN', async () => {
  const resets = slowResets();
  const reader = readerOf({ resetBy: resets.transport });
  const both = [1, 2].map(() => reader.sign(challenge, singleUsePin(pin))());
  for (const signed of await Promise.all(both)) await judge(rightOf(signed));
  assert.equal([resets.most(), resets.over()], [1, 2]);
});

token('GEPI-17: who closes the reader waits for that too', async () => {
  const resets = slowResets();
  const reader = readerOf({ resetBy: resets.transport });
  const signing = reader.sign(challenge, singleUsePin(pin))();
  await until(async () => resets.begun());
  await reader.close();
  assert.is(resets.over(), 1);
  await judge(rightOf(await signing));
});

token('GEPI-17: a wrong PIN is told, tried once, and the right one still serves', async () => {
  const reader = readerOf();
  const wrong = singleUsePin('246802');
  assert.is(leftOf(await reader.sign(challenge, wrong)()).code, 'PIN_WRONG');
  assert.is(wrong.consume(), undefined);
  const state = rightOf(await reader.tokens()()).find(({ label }) => label === hicosLabel)?.pinState;
  assert.is(state, 'count-low');
  await judge(rightOf(await reader.sign(challenge, singleUsePin(pin))()));
});

token('a PIN of another length, an empty one and a used one are not shown to the token', async () => {
  const reader = readerOf();
  for (const given of ['', '12345', '123456789', '１２３４５６', '12345\u0000']) {
    assert.is(leftOf(await reader.sign(challenge, singleUsePin(given))()).code, 'PIN_FORMAT');
  }
  const used = singleUsePin(pin);
  used.consume();
  assert.is(leftOf(await reader.sign(challenge, used)()).code, 'PIN_FORMAT');
  const { pinState } = rightOf(await reader.tokens()()).find(({ label }) => label === hicosLabel) ?? {};
  assert.is(pinState, 'unknown');
});

token('the PIN stands in no fault', async () => {
  const faults = [
    leftOf(await readerOf().sign(challenge, singleUsePin('246802'))()),
    leftOf(await readerOf().sign(challenge, singleUsePin('24680'))()),
    leftOf(await readerOf().sign(new Uint8Array(0), singleUsePin('246802'))()),
  ];
  assert.is(JSON.stringify(faults).includes('2468'), false);
});

token('a card that was named and is not there is NO_CARD; two of one name need a serial number', async () => {
  assert.is(leftOf(await readerOf({ token: { label: 'a third' } }).read()()).code, 'NO_CARD');
  const either = leftOf(await readerOf({ token: {} }).read()());
  assert.is(either.code, 'NO_CARD');
  assert.match(either.detail ?? '', 'serial number');
});

token('a token without a certificate to sign with says so, and its PIN is not touched', async () => {
  const given = singleUsePin(pin);
  const reader = readerOf({ token: { label: 'another token' } });
  assert.is(leftOf(await reader.sign(challenge, given)()).code, 'SIGNING_UNSUPPORTED');
  assert.is(given.consume(), pin);
});

token('an encryption certificate is not taken for signing, though its id is named', async () => {
  const fault = leftOf(await readerOf({ certificateId: hex('KEYX') }).sign(challenge, singleUsePin(pin))());
  assert.is(fault.code, 'SIGNING_UNSUPPORTED');
});

token('signatures that are asked for at the same time are made one after the other', async () => {
  const reader = readerOf();
  const all = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      reader.sign(Uint8Array.of(...challenge, index), singleUsePin(pin))(),
    ),
  );
  for (const [index, cms] of all.entries()) await judge(rightOf(cms), Uint8Array.of(...challenge, index));
  assert.is(children(), 1);
});

token('the process of the module ends with the reader, and a closed reader says so', async () => {
  const reader = readerOf();
  rightOf(await reader.read()());
  assert.is(children(), 1);
  await reader.close();
  assert.is(children(), 0);
  assert.is(leftOf(await reader.read()()).code, 'CANCELLED');
});

token('a module that exceeds the deadline is ended, and the next question gets a fresh one', async () => {
  const reader = readerOf({ deadline: 1 });
  assert.is(leftOf(await reader.read()()).code, 'TIMEOUT');
  rightOf(await readerOf().read()());
});

token('a library that is no module, and a path that leads nowhere, are NO_PCSC', async () => {
  for (const module of [
    '/lib/x86_64-linux-gnu/libc.so.6',
    '/nowhere/module.so',
    'module.so',
    process.execPath,
  ]) {
    assert.is(leftOf(await readerOf({ module }).read()()).code, 'NO_PCSC', module);
  }
});

token('a program that asked and did not close ends all the same', async () => {
  const child = fork(new URL('./read-once.ts', import.meta.url), [hicosLabel], {
    env: { ...process.env, ...hsm.environment },
    execArgv: process.execArgv,
    stdio: 'pipe',
  });
  const said = new Promise<string>((resolve) => child.stdout?.once('data', (text) => resolve(String(text))));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  assert.is(code, 0);
  assert.is(await said, '2 certificates\n');
});

token('what another PKI signed with the same key id is refused before it is handed out', async () => {
  const other = await createTestPki({ cas: ['MOICA'], keyPool: 1 });
  const stranger = await other.issueCitizen({ name: '陳大文', last4: '1234' });
  const mixed = { id: hex('SIGN'), label: 'cert1', privateKey: stranger.save().key.privateKey, certificate };
  hsm.add({ label: 'mixed', pin, entries: [mixed] });
  const fault = leftOf(await readerOf({ token: { label: 'mixed' } }).sign(challenge, singleUsePin(pin))());
  assert.is(fault.code, 'CARD_FAULT');
  assert.match(fault.detail ?? '', 'SIGNATURE_INVALID');
});

token.run();
