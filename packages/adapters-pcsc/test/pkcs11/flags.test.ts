/** The PIN, where a token's flags say what showing it may cost. */
import { type CardFault, type Pin, singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { type CardTransport, type NotReset, type TransportFault, transportFault } from '../../src/index.js';
import { tokenFlags } from '../../src/pkcs11/constants.js';
import { pkcs11ReaderOn } from '../../src/pkcs11/reader.js';
import { resetCard } from '../../src/pkcs11/reset.js';
import { slotIsReader } from '../../src/pkcs11/slot-reader.js';
import { fakeHost, fakeModule, hicosCard, hicosInfo, type Interference } from './fake.js';
import { challenge, judge, leftOf, rightOf, sharedPki } from './support.js';

const flags = suite('PKCS#11: login only when the flags allow');

const moduleWith = async (interfere?: Interference, changes: Parameters<typeof hicosCard>[1] = {}) => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  const module = fakeModule(hicosCard(card, changes), interfere);
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos' });
  return { module, reader };
};

const right = (): Pin => singleUsePin('135790');
const wrong = (): Pin => singleUsePin('000000');

const told = ({ code, triesLeft }: CardFault): unknown => ({ code, triesLeft });

flags('GEPI-17: wrong, wrong, and the last one locks: what the flags tell of it', async () => {
  const { reader } = await moduleWith();
  const after = async (allowLastTry = false) =>
    told(leftOf(await reader.sign(challenge, wrong(), { allowLastTry })()));
  assert.equal(await after(), { code: 'PIN_WRONG', triesLeft: undefined });
  assert.equal(await after(), { code: 'PIN_WRONG', triesLeft: 1 });
  assert.equal(await after(), { code: 'PIN_LAST_TRY', triesLeft: 1 });
  assert.equal(await after(true), { code: 'PIN_LOCKED', triesLeft: 0 });
  assert.equal(told(leftOf(await reader.sign(challenge, right())())), { code: 'PIN_LOCKED', triesLeft: 0 });
});

flags('CKF_USER_PIN_FINAL_TRY: without a yes the token is not asked, and the PIN not touched', async () => {
  const { module, reader } = await moduleWith();
  module.setTries(1);
  const pin = right();
  assert.is(leftOf(await reader.sign(challenge, pin)()).code, 'PIN_LAST_TRY');
  assert.not.ok(module.calls.includes('login'));
  assert.is(pin.consume(), '135790');
  await judge(rightOf(await reader.sign(challenge, right(), { allowLastTry: true })()));
});

flags('GEPI-19: CKF_USER_PIN_LOCKED is refused before C_Login, whatever is allowed', async () => {
  const { module, reader } = await moduleWith();
  module.setTries(0);
  const pin = right();
  assert.is(leftOf(await reader.sign(challenge, pin, { allowLastTry: true })()).code, 'PIN_LOCKED');
  assert.not.ok(module.calls.includes('login'));
  assert.is(pin.consume(), '135790');
});

flags('the flags are read again at the last moment: another program may have used a try', async () => {
  const { module, reader } = await moduleWith((call) => {
    if (call === 'mechanisms') module.setTries(1);
    return undefined;
  });
  assert.is(leftOf(await reader.sign(challenge, wrong())()).code, 'PIN_LAST_TRY');
  assert.not.ok(module.calls.includes('login'));
});

flags('a token that is locked by a wrong PIN without saying so is told by its flags', async () => {
  const { module, reader } = await moduleWith((call) => {
    if (call !== 'login') return undefined;
    module.setTries(0);
    return { _tag: 'Left', left: 0xa0 };
  });
  assert.equal(told(leftOf(await reader.sign(challenge, wrong())())), { code: 'PIN_LOCKED', triesLeft: 0 });
});

flags('HiCOS tells the tries by codes of its own, which mean nothing of another vendor', async () => {
  for (const [code, triesLeft] of [
    [0x8000_0001, 1],
    [0x8000_0002, 2],
  ] as const) {
    const refuse: Interference = (call) => (call === 'login' ? { _tag: 'Left', left: code } : undefined);
    const hicos = await moduleWith(refuse);
    assert.equal(told(leftOf(await hicos.reader.sign(challenge, wrong())())), {
      code: 'PIN_WRONG',
      triesLeft,
    });
    const other = await moduleWith(refuse, { info: { ...hicosInfo, manufacturer: 'Example Corp' } });
    assert.is(leftOf(await other.reader.sign(challenge, wrong())()).code, 'CARD_FAULT');
  }
});

flags('HiCOS takes 6 to 8 digits, whatever its module says; another card what its module says', async () => {
  const hicos = await moduleWith();
  assert.is(leftOf(await hicos.reader.sign(challenge, singleUsePin('1234'))()).code, 'PIN_FORMAT');
  assert.is(leftOf(await hicos.reader.sign(challenge, singleUsePin('123456789'))()).code, 'PIN_FORMAT');
  assert.not.ok(hicos.module.calls.includes('login'));
  const info = { ...hicosInfo, label: 'Agency', minPinLength: 0, maxPinLength: 0 };
  const other = await moduleWith(undefined, { info, pin: '1234' });
  rightOf(await other.reader.sign(challenge, singleUsePin('1234'))());
  // A module that takes an empty PIN is not given one.
  assert.is(leftOf(await other.reader.sign(challenge, singleUsePin(''))()).code, 'PIN_FORMAT');
});

flags('an empty PIN is shown to no token, whatever is set up', async () => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  const module = fakeModule(hicosCard(card, { pin: '' }));
  const options = { module: 'hicos', pinLength: { min: 0, max: 8 } };
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), options);
  assert.is(leftOf(await reader.sign(challenge, singleUsePin(''))()).code, 'PIN_FORMAT');
  assert.not.ok(module.calls.includes('login'));
});

flags('a token that requires no login is not shown a PIN', async () => {
  const info = { ...hicosInfo, flags: tokenFlags.tokenInitialized };
  const { module, reader } = await moduleWith(undefined, { info });
  const pin = right();
  // This one shows its key to those who are logged in, so there is none.
  assert.is(leftOf(await reader.sign(challenge, pin)()).code, 'SIGNING_UNSUPPORTED');
  assert.not.ok(module.calls.includes('login'));
  assert.is(pin.consume(), '135790');
});

flags('somebody else being logged in does not make a wrong PIN right', async () => {
  const { module, reader } = await moduleWith((call) => {
    if (call === 'openSession') module.leaveLoggedIn();
    return undefined;
  });
  assert.is(leftOf(await reader.sign(challenge, wrong())()).code, 'PIN_WRONG');
  await judge(rightOf(await reader.sign(challenge, right())()));
});

flags('the reader whose card was shown a PIN is reset after the module let go, and no other', async () => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  const module = fakeModule(hicosCard(card));
  const resets: unknown[] = [];
  let busy = false;
  const absent = () => async () => E.left(transportFault('NO_PCSC', 'not asked here'));
  const resetBy: CardTransport = {
    list: absent,
    watch: absent,
    connect: (reader) => async () => {
      busy = !busy;
      if (busy) return E.left(transportFault('CARD_BUSY', 'another program, for a moment'));
      resets.push([reader, module.calls.at(-1)]);
      return E.right({
        atr: new Uint8Array(0),
        transmit: absent,
        end: async () => void resets.push('reset'),
      });
    },
    close: async () => {},
  };
  const reader = pkcs11ReaderOn(fakeHost(module.cryptoki), { module: 'hicos', resetBy });
  rightOf(await reader.read()());
  leftOf(await reader.sign(challenge, singleUsePin('1'))());
  assert.equal(resets, []);
  for (const pin of [right(), wrong()]) {
    await reader.sign(challenge, pin)();
    assert.equal(resets.splice(0), [['Reader 1', 'finalize'], 'reset']);
  }
});

/** A transport whose only reader answers each connection with this. */
const refusing = (connect: () => Promise<E.Either<TransportFault, never>>): CardTransport => {
  const absent = () => async () => E.left(transportFault('NO_PCSC', 'not asked here'));
  return { list: absent, watch: absent, connect: () => connect, close: async () => {} };
};

const withResetBy = async (
  resetBy: CardTransport,
  onNotReset?: (notReset: NotReset) => void,
): Promise<unknown> => {
  const card = await (await sharedPki()).issueCitizen({ name: '王小明', last4: '6789' });
  const reader = pkcs11ReaderOn(fakeHost(fakeModule(hicosCard(card)).cryptoki), {
    module: 'hicos',
    resetBy,
    ...(onNotReset === undefined ? {} : { onNotReset }),
  });
  return judge(rightOf(await reader.sign(challenge, right())()));
};

flags('a card that could not be reset is told, before its signature is handed out', async () => {
  let asked = 0;
  const kept = refusing(async () => {
    asked += 1;
    return E.left(transportFault('CARD_BUSY', 'another program keeps it'));
  });
  const thrown = refusing(async () => {
    throw new Error('secret');
  });
  const without = refusing(async () => E.left(transportFault('NO_PCSC', 'no package')));
  const told: Array<readonly [string, string]> = [];
  for (const transport of [kept, thrown, without]) {
    await withResetBy(transport, ({ reader, fault }) => told.push([reader, fault.code]));
  }
  assert.equal(told, [
    ['Reader 1', 'CARD_BUSY'],
    ['Reader 1', 'CARD_FAULT'],
    ['Reader 1', 'NO_PCSC'],
  ]);
  assert.ok(asked > 1);
});

flags('a card that is gone has forgotten its PIN, and nothing is told of it', async () => {
  for (const code of ['NO_CARD', 'CARD_REMOVED', 'NO_READER'] as const) {
    await withResetBy(
      refusing(async () => E.left(transportFault(code, 'gone'))),
      () => assert.unreachable(code),
    );
  }
});

flags('where nobody listens, or a listener fails, a card that was not reset is a warning', async () => {
  const warned: unknown[] = [];
  const listen = (warning: Error & { readonly code?: string }): void => {
    warned.push([warning.code, warning.message.includes('Reader 1'), warning.message.includes('CARD_FAULT')]);
  };
  process.on('warning', listen);
  const broken = refusing(async () => E.left(transportFault('TRANSPORT', 'out of order')));
  await withResetBy(broken);
  await withResetBy(broken, () => {
    throw new Error('secret');
  });
  await new Promise(setImmediate);
  process.off('warning', listen);
  const expected = ['MANDATE_CARD_NOT_RESET', true, true];
  assert.equal(warned, [expected, expected]);
});

flags('a reader whose name is longer than a module tells it is reset all the same', async () => {
  // The name that Linux gives to a reader of many makers, 88 letters; CK_SLOT_INFO has room for 64.
  const long = 'Generic Smart Card Reader Interface [Smart Card Reader Interface] (20070818000000000) 00 00';
  const told = long.slice(0, 64).trimEnd();
  const reset: string[] = [];
  const listed = [long, 'Another Reader 01 00'].map((reader) => ({ reader }));
  const end = (reader: string) => async () => void reset.push(reader);
  const absent = () => async () => E.left(transportFault('NO_PCSC', 'not asked here'));
  const transport: CardTransport = {
    list: () => async () => E.right(listed),
    watch: absent,
    connect: (reader) => async () => E.right({ atr: new Uint8Array(0), transmit: absent, end: end(reader) }),
    close: async () => {},
  };
  assert.equal(await resetCard(transport, told), []);
  assert.equal(reset, [long]);
  assert.equal(await resetCard(transport, ''), []);
  assert.equal(reset, [long]);
  assert.not.ok(slotIsReader(long.slice(0, 63), long));
});

flags('a PIN that was used is not used again', async () => {
  const { module, reader } = await moduleWith();
  const pin = right();
  await judge(rightOf(await reader.sign(challenge, pin)()));
  assert.is(leftOf(await reader.sign(challenge, pin)()).code, 'PIN_FORMAT');
  assert.is(module.calls.filter((call) => call === 'login').length, 1);
});

flags.run();
