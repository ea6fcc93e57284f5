import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openedTold, outcomeTold, poweredTold, preparedTold, verifiedTold } from '../../src/reader/told.js';

const told = suite('what steps with a card answer is read as a stranger’s');

const code = (either: E.Either<{ readonly code: string }, unknown>): string =>
  E.isLeft(either) ? either.left.code : 'done';

const shown = { kind: 'PIV', cardNumber: '00', certificates: [Uint8Array.of(0x30, 0)] };
const pin = { min: 6, max: 8, digitsOnly: true };

told('what a card showed, and the form of its PIN, come through', () => {
  assert.equal(openedTold({ shown, pin }), E.right({ shown, pin }));
  assert.equal(openedTold({ shown: { ...shown, more: 1 } }), E.right({ shown }));
});

told('another kind, a text or a list without end, what is no octets: CARD_FAULT', () => {
  const wrong: ReadonlyArray<unknown> = [
    undefined,
    {},
    { shown: { ...shown, kind: 'toString' } },
    { shown: { ...shown, cardNumber: 7 } },
    { shown: { ...shown, cardNumber: '0'.repeat(65) } },
    { shown: { ...shown, model: 'x'.repeat(65) } },
    { shown: { ...shown, certificates: 'none' } },
    { shown: { ...shown, certificates: [[0x30, 0]] } },
    { shown: { ...shown, certificates: Array.from({ length: 17 }, () => new Uint8Array(1)) } },
    { shown: { ...shown, certificates: [new Uint8Array(70_000)] } },
    { shown: { ...shown, basicData: 'text' } },
    { shown, pin: { ...pin, min: 0 } },
    { shown, pin: { ...pin, min: 6.5 } },
    { shown, pin: { ...pin, digitsOnly: 'yes' } },
    { shown, pin: 'six' },
  ];
  for (const value of wrong) assert.is(code(openedTold(value)), 'CARD_FAULT', JSON.stringify(value));
  for (const value of [undefined, 1, 'true']) assert.is(code(preparedTold(value)), 'CARD_FAULT');
  for (const value of [true, null]) assert.is(code(verifiedTold(value)), 'CARD_FAULT');
  for (const value of [[1], 'x', new Uint8Array(1_025)]) assert.is(code(poweredTold(value)), 'CARD_FAULT');
});

told('a fault keeps its code and its tries; one that is none is CARD_FAULT', () => {
  const left = (fault: unknown): unknown => ({ _tag: 'Left', left: fault });
  assert.equal(
    outcomeTold(left({ _tag: 'CardFault', code: 'PIN_WRONG', triesLeft: 2, detail: 'SW 63c2' })),
    E.left({ _tag: 'CardFault', code: 'PIN_WRONG', triesLeft: 2, detail: 'SW 63c2' }),
  );
  const wrong: ReadonlyArray<unknown> = [
    undefined,
    'PIN_WRONG',
    { code: 'constructor' },
    { code: 'PIN_WRONG', triesLeft: -1 },
    { code: 'PIN_WRONG', triesLeft: '2' },
    { code: 'CARD_REMOVED', detail: 'x'.repeat(401) },
  ];
  for (const fault of wrong) assert.is(code(outcomeTold(left(fault))), 'CARD_FAULT');
});

told('any value at all is read without an exception', () => {
  fc.assert(
    fc.property(fc.anything({ withTypedArray: true, withNullPrototype: true }), (value) => {
      for (const read of [openedTold, outcomeTold, poweredTold, preparedTold, verifiedTold]) read(value);
    }),
  );
});

told.run();
