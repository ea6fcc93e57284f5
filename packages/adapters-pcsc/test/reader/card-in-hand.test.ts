// A card that is asked what it is, and at once for what the one before it could prove.
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardShown, CardStep } from '../../src/drivers/data.js';
import { shownDigest } from '../../src/drivers/shown-digest.js';
import { cardInHand, type Guess } from '../../src/reader/card-in-hand.js';

const shown: CardShown = {
  kind: 'PIV',
  cardNumber: '00112233',
  certificates: [Uint8Array.of(1, 2), Uint8Array.of(3)],
};
const form = { min: 6, max: 8, digitsOnly: true } as const;
const key = { der: Uint8Array.of(1, 2), modulus: new Uint8Array(256) };
/** All that needs nothing but turns has happened. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A card that says what it is when it is let. */
const world = (card: CardShown, toProve?: Guess['toProve']) => {
  const asked: string[] = [];
  let tell = (): void => undefined;
  const open = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const answers: Readonly<Record<CardStep['op'], unknown>> = {
    open: { shown: card, pin: form },
    prepare: true,
    verify: undefined,
    power: Uint8Array.of(9),
    'prepare-write': false,
    write: undefined,
  };
  const octets = Uint8Array.of(0x31, 0x32, 0x33, 0x34, 0x35, 0x36);
  const guess: Guess = {
    key,
    keys: {},
    ifShown: shownDigest(shown),
    toProve: toProve ?? (async () => ({ pin: octets, block: Uint8Array.of(7) })),
  };
  const hand = cardInHand(
    {
      ask: async ({ op }) => {
        asked.push(op);
        await open;
        return E.right(answers[op]);
      },
      end: async () => void asked.push('end'),
    },
    { patience: 1_000, guess },
  );
  return { asked, tell, hand, octets };
};

const early = suite('what the card that signed last is asked before it has answered');

early('all of it at once, and its end: nobody waits for the first answer', async () => {
  const { asked, tell, hand, octets } = world(shown);
  await settled();
  assert.equal(asked, ['open', 'prepare', 'verify', 'power', 'end']);
  assert.ok(octets.some((octet) => octet !== 0));
  tell();
  const opened = await hand;
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  assert.not(opened.right.isAnother);
  assert.equal(await opened.right.proof?.signature, E.right(Uint8Array.of(9)));
  await settled();
  assert.ok(octets.every((octet) => octet === 0));
});

early('another card is told of as such: by its number, or by a certificate more or less', async () => {
  const others: ReadonlyArray<CardShown> = [
    { ...shown, cardNumber: '00112234' },
    { ...shown, cardNumber: undefined },
    { ...shown, certificates: shown.certificates.slice(0, 1) },
    { ...shown, certificates: [Uint8Array.of(1), Uint8Array.of(2, 3)] },
    { ...shown, kind: 'T7S' },
  ];
  for (const other of others) {
    const { tell, hand } = world(other);
    await settled();
    tell();
    const opened = await hand;
    assert.ok(E.isRight(opened) && opened.right.isAnother && opened.right.proof === undefined);
  }
});

early('what is worked out too late for another card is not asked, and its PIN is overwritten', async () => {
  let give = (): void => undefined;
  const octets = Uint8Array.of(0x31, 0x32);
  const late = new Promise<void>((resolve) => {
    give = resolve;
  });
  const { asked, tell, hand } = world({ ...shown, cardNumber: '1' }, async () => {
    await late;
    return { pin: octets, block: Uint8Array.of(7) };
  });
  tell();
  const opened = await hand;
  assert.ok(E.isRight(opened) && !opened.right.isAnother);
  give();
  await settled();
  assert.equal(asked, ['open', 'prepare']);
  assert.ok(octets.every((octet) => octet === 0));
});

early('where nothing is to be proved at once, it is asked for when the card has answered', async () => {
  const { asked, tell, hand } = world(shown, async () => undefined);
  tell();
  const opened = await hand;
  assert.ok(E.isRight(opened) && opened.right.proof === undefined && !opened.right.isAnother);
  assert.equal(asked, ['open', 'prepare']);
});

early.run();
