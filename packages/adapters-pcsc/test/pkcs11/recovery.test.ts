/** What modules are known to do in the middle of an operation, and what becomes of it. */
import { singleUsePin } from '@mandate/domain';
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { mechanisms } from '../../src/pkcs11/constants.js';
import type { Cryptoki } from '../../src/pkcs11/cryptoki.js';
import { pkcs11ReaderOn } from '../../src/pkcs11/reader.js';
import {
  certificateObject,
  type FakeCard,
  fakeHost,
  fakeModule,
  hicosCard,
  hicosInfo,
  type Interference,
  keyObject,
} from './fake.js';
import { hex } from './softhsm.js';
import { challenge, judge, leftOf, rightOf, sharedPki } from './support.js';

const recovery = suite('PKCS#11: recoveries');

const newCard = async () => (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });

const moduleWith = async (interfere?: Interference, changes: Partial<FakeCard> = {}) => {
  const card = await newCard();
  const module = fakeModule(hicosCard(card, changes), interfere);
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
  const sign = () => reader.sign(challenge, singleUsePin('135790'))();
  return { card, module, reader, sign };
};

/** One call answers this return value, the first time or the `nth`. */
const once =
  (call: keyof Cryptoki, value: number, nth = 1): Interference =>
  (name, time) =>
    name === call && time === nth ? E.left(value) : undefined;

const count = (calls: ReadonlyArray<keyof Cryptoki>, wanted: keyof Cryptoki): number =>
  calls.filter((call) => call === wanted).length;

recovery('CKR_BUFFER_TOO_SMALL leaves the operation active: the same one is asked again', async () => {
  const { module, sign } = await moduleWith(once('sign', 0x150));
  await judge(rightOf(await sign()));
  assert.is(count(module.calls, 'signInit'), 1);
  assert.is(count(module.calls, 'sign'), 2);
});

recovery('CKR_OPERATION_ACTIVE: what was left is ended, then the signature is made', async () => {
  const { module, sign } = await moduleWith(once('signInit', 0x90));
  await judge(rightOf(await sign()));
  assert.is(count(module.calls, 'signInit'), 2);
});

recovery('a handle that a logout made invalid is looked up again, once', async () => {
  for (const value of [0x60, 0x82]) {
    const { sign } = await moduleWith(once('signInit', value));
    await judge(rightOf(await sign()));
    const never = await moduleWith((name) => (name === 'signInit' ? E.left(value) : undefined));
    assert.is(leftOf(await never.sign()).code, 'CARD_FAULT');
    assert.is(count(never.module.calls, 'signInit'), 2);
  }
});

recovery('C_Initialize twice is once; any other refusal of it is NO_PCSC', async () => {
  await judge(rightOf(await (await moduleWith(once('initialize', 0x191))).sign()));
  assert.is(leftOf(await (await moduleWith(once('initialize', 0x5))).sign()).code, 'NO_PCSC');
});

recovery('a card that is pulled at any call is CARD_REMOVED, and signs again when it is back', async () => {
  const calls = ['openSession', 'find', 'login', 'signInit', 'sign'] as const satisfies ReadonlyArray<
    keyof Cryptoki
  >;
  for (const pulledAt of calls) {
    let armed = true;
    const { card, module, sign } = await moduleWith((name) => {
      if (armed && name === pulledAt) module.put(undefined);
      return undefined;
    });
    assert.is(leftOf(await sign()).code, 'CARD_REMOVED', pulledAt);
    assert.is(leftOf(await sign()).code, 'NO_CARD', pulledAt);
    armed = false;
    module.put(hicosCard(card));
    await judge(rightOf(await sign()));
  }
});

recovery(
  'CKR_DEVICE_REMOVED, CKR_SESSION_HANDLE_INVALID and CKR_TOKEN_NOT_PRESENT all mean removed',
  async () => {
    for (const value of [0x32, 0xb0, 0xb3, 0xe0]) {
      assert.is(leftOf(await (await moduleWith(once('sign', value))).sign()).code, 'CARD_REMOVED');
    }
  },
);

recovery(
  'a general error is a fault of the card while it is there, and CARD_REMOVED when it turns out gone',
  async () => {
    for (const value of [0x5, 0x6, 0x30]) {
      assert.is(leftOf(await (await moduleWith(once('sign', value))).sign()).code, 'CARD_FAULT');
      for (const call of ['sign', 'login', 'find'] as const) {
        // The service notices when it is asked for the third time after the fault.
        let asked = 0;
        const { module, sign } = await moduleWith((name, time) => {
          if (asked > 0 && name === 'slots') {
            asked += 1;
            if (asked > 3) module.put(undefined);
          }
          if (name !== call || time > 1) return undefined;
          asked = 1;
          return E.left(value);
        });
        assert.is(leftOf(await sign()).code, 'CARD_REMOVED', call);
        assert.ok(count(module.calls, 'login') <= 1);
      }
    }
  },
);

recovery('GEPI-17: a card that is not the one that was seen is not shown its PIN', async () => {
  const { card, module, reader } = await moduleWith();
  const { certificate } = await newCard();
  const kept = singleUsePin('135790');
  assert.is(leftOf(await reader.sign(challenge, kept, { signer: certificate })()).code, 'CARD_REMOVED');
  assert.is(leftOf(await reader.signRaw(challenge, kept, { signer: certificate })()).code, 'CARD_REMOVED');
  assert.is(count(module.calls, 'login'), 0);
  await judge(rightOf(await reader.sign(challenge, kept, { signer: card.certificate })()));
});

recovery('neither an answer nor a bare signature of another key is handed out', async () => {
  const { privateKey } = (await newCard()).save().key;
  const { reader, sign } = await moduleWith(undefined, { privateKey });
  assert.is(leftOf(await sign()).code, 'CARD_FAULT');
  assert.is(leftOf(await reader.signRaw(challenge, singleUsePin('135790'))()).code, 'CARD_FAULT');
});

recovery(
  'a token of another serial number is not shown the PIN, though it has the same certificate',
  async () => {
    // Asked for in both slots when the tokens are listed, then once more before the PIN.
    const other = { answer: { ...hicosInfo, serial: 'TP07240513109999' } };
    const { module, sign } = await moduleWith((name, time) =>
      name === 'tokenInfo' && time > 2 ? other : undefined,
    );
    assert.is(leftOf(await sign()).code, 'CARD_REMOVED');
    assert.is(count(module.calls, 'login'), 0);
  },
);

recovery('another card in the same reader is not shown the PIN of the one before', async () => {
  const other = await newCard();
  for (const info of [{ ...hicosInfo, serial: 'TP07240513100002' }, hicosInfo]) {
    const { module, sign } = await moduleWith((name) => {
      if (name === 'mechanisms') module.put(hicosCard(other, { info }));
      return undefined;
    });
    assert.is(leftOf(await sign()).code, 'CARD_REMOVED');
    assert.is(count(module.calls, 'login'), 0);
  }
});

recovery('a module without CKM_SHA256_RSA_PKCS is given a DigestInfo (RFC 8017 9.2)', async () => {
  await judge(rightOf(await (await moduleWith(undefined, { mechanisms: [mechanisms.rsaPkcs] })).sign()));
  // Listed, and refused when it is used.
  const offered = (name: keyof Cryptoki) =>
    name === 'mechanisms' ? { answer: [mechanisms.sha256RsaPkcs, mechanisms.rsaPkcs] } : undefined;
  await judge(rightOf(await (await moduleWith(offered, { mechanisms: [mechanisms.rsaPkcs] })).sign()));
});

recovery('a token that cannot sign so is told before its PIN is asked', async () => {
  const { module, sign } = await moduleWith(undefined, { mechanisms: [0x3] });
  assert.is(leftOf(await sign()).code, 'SIGNING_UNSUPPORTED');
  assert.is(count(module.calls, 'login'), 0);
});

recovery('CKA_ALWAYS_AUTHENTICATE: the PIN that was right is given for the operation too', async () => {
  const card = await newCard();
  const { privateKey } = card.save().key;
  const objects = [certificateObject('02', card.certificate), keyObject('02', privateKey, true)];
  const module = fakeModule(hicosCard(card, { objects }));
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'opensc' });
  await judge(rightOf(await reader.sign(challenge, singleUsePin('135790'))()));
  assert.is(count(module.calls, 'login'), 2);
  // A wrong one is not tried twice.
  leftOf(await reader.sign(challenge, singleUsePin('000000'))());
  assert.is(count(module.calls, 'login'), 3);
});

recovery('a key whose id is not its certificate’s is found by its modulus', async () => {
  const [card, other] = [await newCard(), await newCard()];
  const objects = [
    certificateObject(hex('SIGN'), card.certificate),
    keyObject('aa', other.save().key.privateKey),
    keyObject('bb', card.save().key.privateKey),
  ];
  const module = fakeModule(hicosCard(card, { objects }));
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
  await judge(rightOf(await reader.sign(challenge, singleUsePin('135790'))()));
  const lost = fakeModule(hicosCard(card, { objects: objects.slice(0, 2) }));
  const without = pkcs11ReaderOn(fakeHost(lost.cryptoki), { module: 'hicos' });
  assert.is(leftOf(await without.sign(challenge, singleUsePin('135790'))()).code, 'SIGNING_UNSUPPORTED');
});

recovery(
  'X-2: the serial number of a GPKI token is the card number, and is signed along when asked',
  async () => {
    const { reader } = await moduleWith();
    assert.is(rightOf(await reader.read()()).cardNumber, hicosInfo.serial);
    const answer = reader.sign(challenge, singleUsePin('135790'), { withCardNumber: true });
    assert.equal((await judge(rightOf(await answer()))).attributes, { cardNumber: hicosInfo.serial });
  },
);

const names = [
  'initialize',
  'slots',
  'slotDescription',
  'tokenInfo',
  'mechanisms',
  'openSession',
  'closeSession',
  'login',
  'logout',
  'find',
  'attribute',
  'signInit',
  'sign',
  'finalize',
] as const satisfies ReadonlyArray<keyof Cryptoki>;

recovery(
  'property: whichever call answers whatever, it is a value; the PIN is in none, and nothing stays open',
  async () => {
    const card = await newCard();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat({ max: 4 }),
        fc.oneof(fc.nat({ max: 0x1ff }), fc.nat({ max: 0xffff_ffff })),
        async (call, nth, value) => {
          const module = fakeModule(hicosCard(card), once(call, value, nth + 1));
          const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
          const answer = await reader.sign(challenge, singleUsePin('135790'))();
          if (E.isRight(answer)) await judge(answer.right);
          else assert.not.ok(JSON.stringify(answer.left).includes('135790'));
          // One more only where the module said that somebody was logged in already, and had not looked at it.
          const allowed = call === 'login' && value === 0x100 ? 2 : 1;
          assert.ok(count(module.calls, 'login') <= allowed);
          assert.is(module.openSessions(), 0);
          assert.is(module.loggedIn(), false);
        },
      ),
      { numRuns: 300 },
    );
  },
);

recovery(
  'a card whose certificate for signing is not known says when it is read that it does not sign',
  async () => {
    const card = await newCard();
    const keyOnly = { objects: [certificateObject(hex('KEYX'), card.encryptionCertificate, 'cert2')] };
    assert.is(rightOf(await (await moduleWith(undefined, keyOnly)).reader.read()()).signs, false);
    assert.is(rightOf(await (await moduleWith()).reader.read()()).signs, undefined);
  },
);

recovery.run();
