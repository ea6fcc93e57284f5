import { type CardFault, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unlessHeld } from '../../src/pkcs11/held.js';
import { type CardTransport, type TransportFault, transportFault } from '../../src/transport/transport.js';

const atr = Uint8Array.of(0x3b, 0x00);

/** Two readers, one with a card, which answers a connection so. */
const transportWith = (code: TransportFault['code'] | undefined, empty = false) => {
  const told: string[] = [];
  const absent = () => async () => E.left(transportFault('NO_PCSC', 'not asked here'));
  const transport: CardTransport = {
    list: () => async () =>
      E.right([{ reader: 'Empty' }, empty ? { reader: 'Reader' } : { reader: 'Reader', atr }]),
    watch: absent,
    connect: (reader) => async () => {
      told.push(reader);
      return code === undefined
        ? E.right({ atr, transmit: absent, end: async () => void told.push('end') })
        : E.left(transportFault(code, 'x'));
    },
    close: async () => {},
  };
  return { transport, told };
};

/** Answers in turn, the last for ever; counts them. */
const answering = (...answers: ReadonlyArray<CardFault['code'] | 'done'>) => {
  let count = 0;
  return {
    count: () => count,
    attempt:
      (shown = false) =>
      async () => {
        const answer = answers[Math.min(count, answers.length - 1)] ?? 'done';
        count += 1;
        return { result: answer === 'done' ? E.right('done') : E.left(cardFault(answer)), shown };
      },
  };
};

const codeOf = (either: E.Either<CardFault, string>): string =>
  E.isRight(either) ? either.right : either.left.code;

const held = suite('a card behind a module that another program holds');

held('is CARD_BUSY, whatever the module calls it, and is asked once', async () => {
  for (const code of ['CARD_FAULT', 'NO_CARD', 'CARD_REMOVED'] as const) {
    const { transport, told } = transportWith('CARD_BUSY');
    const module = answering(code);
    assert.is(codeOf(await unlessHeld(transport, module.attempt())), 'CARD_BUSY');
    assert.is(module.count(), 1);
    // An empty reader is left alone.
    assert.equal(told, ['Reader']);
  }
});

held('and that lets it go meanwhile: it is asked again', async () => {
  const { transport, told } = transportWith(undefined);
  const module = answering('CARD_FAULT', 'done');
  assert.is(codeOf(await unlessHeld(transport, module.attempt())), 'done');
  assert.equal([module.count(), told], [2, ['Reader', 'end']]);
});

held('nothing is done again once a PIN was shown', async () => {
  const { transport, told } = transportWith(undefined);
  const module = answering('CARD_FAULT', 'done');
  assert.is(codeOf(await unlessHeld(transport, module.attempt(true))), 'CARD_FAULT');
  assert.equal([module.count(), told], [1, []]);
});

held(
  'a card that is at fault, and held by nobody, stays so after a bounded number of questions',
  async () => {
    const { transport } = transportWith(undefined);
    const module = answering('CARD_FAULT');
    assert.is(codeOf(await unlessHeld(transport, module.attempt())), 'CARD_FAULT');
    assert.is(module.count(), 3);
  },
);

held(
  'a fault that says what it is stays as it is, and so does one where there is no card or no transport',
  async () => {
    for (const code of [
      'PIN_WRONG',
      'PIN_LOCKED',
      'TIMEOUT',
      'NO_READER',
      'NO_PCSC',
      'SIGNING_UNSUPPORTED',
    ] as const) {
      const { transport, told } = transportWith('CARD_BUSY');
      const module = answering(code);
      assert.is(codeOf(await unlessHeld(transport, module.attempt())), code);
      assert.equal([module.count(), told], [1, []]);
    }
    const none = answering('NO_CARD');
    assert.is(
      codeOf(await unlessHeld(transportWith('CARD_BUSY', true).transport, none.attempt())),
      'NO_CARD',
    );
    assert.is(codeOf(await unlessHeld(undefined, none.attempt())), 'NO_CARD');
    assert.is(none.count(), 2);
  },
);

held(
  'a module that meets an error of the device each time, at a card that is in order, met another program',
  async () => {
    const failing = async () => ({
      result: E.left(cardFault('CARD_FAULT', { detail: 'C_GetTokenInfo: CKR_DEVICE_ERROR' })),
      shown: false,
    });
    assert.is(codeOf(await unlessHeld(transportWith(undefined).transport, failing)), 'CARD_BUSY');
    // A card that nobody can connect to is out of order, and not asked again.
    assert.is(codeOf(await unlessHeld(transportWith('TRANSPORT').transport, failing)), 'CARD_FAULT');
  },
);

held('a card that another program keeps to itself is not even connected to', async () => {
  const { transport, told } = transportWith(undefined);
  const kept: CardTransport = {
    ...transport,
    list: () => async () => E.right([{ reader: 'Reader', atr: new Uint8Array(0) }]),
  };
  assert.is(codeOf(await unlessHeld(kept, answering('CARD_FAULT').attempt())), 'CARD_BUSY');
  assert.equal(told, []);
});

held.run();
