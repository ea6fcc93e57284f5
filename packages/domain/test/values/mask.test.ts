import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeValue, last4, maskPersonalId, maskPersonalIds, PersonalId } from '../../src/values/index.js';

const test = suite('masked national IDs');

const idOf = (text: string): PersonalId => {
  const decoded = decodeValue(PersonalId, text);
  if (E.isLeft(decoded)) throw new Error(text);
  return decoded.right;
};

test('X-3: what is left of an ID is what a citizen certificate shows of it', () => {
  assert.is(maskPersonalId(idOf('A123456789')), '******6789');
  assert.is(maskPersonalId(idOf('AA00000009')), '******0009');
});

test('in a text, in either case and width, with spaces or hyphens', () => {
  for (const [text, masked] of [
    ['A123456789', '******6789'],
    ['身分證a123456789號', '身分證******6789號'],
    ['Ａ１２３４５６７８９', '******6789'],
    ['A123-456-789、Y123456788', '******6789、******6788'],
    ['A 123 456 789', '******6789'],
    ['AA00000009 A800000014', '******0009 ******0014'],
    ['A1  2345 - 6789', '******6789'],
    ['A\u00A0123\u2013456\u2013789', '******6789'],
    ['A\n123456789', '******6789'],
    ['A\u200B1234\u20606789', 'A\u200B1234\u20606789'],
    ['A\u200B12345\u20606789', '******6789'],
    // Mistyped, and still somebody's.
    ['A123456780', '******6780'],
    ['ID:A123456789.', 'ID:******6789.'],
  ] as const) {
    assert.is(maskPersonalIds(text), masked);
  }
});

test('other numbers stay: of cards, companies, telephones and objects', () => {
  for (const text of [
    'TP03120111098939',
    'MT12345678901234',
    '12345675',
    '02-2192-7111',
    '2.16.886.101.20003.20001',
    'OID 2.16.886.101.20003',
    'A12345678',
    '111年11月04日10點49分19秒',
    '',
  ]) {
    assert.is(maskPersonalIds(text), text);
  }
});

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(''));
const ids = fc
  .tuple(fc.constantFrom(...'ABCXYZ'), fc.constantFrom(...'1289ABCD'), digits(8))
  .map((parts) => parts.join(''));
const words = fc.string({ unit: fc.constantFrom('王', '小', ' ', '(', '。', 'x', 'Ａ', '\n', '𠮷') });

test('whatever stands around them, no whole number is left, the last four are, and the rest is as it was', () => {
  fc.assert(
    fc.property(words, ids, words, (before, id, after) => {
      const masked = maskPersonalIds(`${before}${id}${after}`);
      assert.not(masked.includes(id));
      assert.is(masked, `${before}******${last4(id as PersonalId)}${after}`);
      assert.is(maskPersonalIds(masked), masked);
    }),
  );
});

test.run();
