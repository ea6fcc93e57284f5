/**
 * What the tests of values share: a short way to decode, and generators that know the rules by themselves.
 *
 * @packageDocumentation
 */
import fc from 'fast-check';
import type { t } from '../../src/schema.js';
import { decodeValue, type ValueErrorCode } from '../../src/values/index.js';

/** The decoded value; throws, and so fails the test, where it was refused. */
export const right = <A>(codec: t.Type<A, unknown, unknown>, input: unknown): A => {
  const decoded = decodeValue(codec, input);
  if (decoded._tag === 'Left') throw new Error(`refused: ${JSON.stringify(decoded.left)}`);
  return decoded.right;
};

/** The one code of a refusal of a whole input. */
export const codeOf = (codec: t.Mixed, input: unknown): ValueErrorCode | 'accepted' | 'several' => {
  const decoded = decodeValue(codec, input);
  if (decoded._tag === 'Right') return 'accepted';
  const [first, ...others] = decoded.left;
  return first === undefined || others.length > 0 || first.path !== '' ? 'several' : first.code;
};

const numberOfLetter = new Map(
  'A10 B11 C12 D13 E14 F15 G16 H17 I34 J18 K19 L20 M21 N22 O35 P23 Q24 R25 S26 T27 U28 V29 W32 X30 Y31 Z33'
    .split(' ')
    .map((entry) => [entry.charAt(0), entry.slice(1)]),
);

/** The weights of the characters after the first, in the words of the rule. */
export const idWeights = [8, 7, 6, 5, 4, 3, 2, 1, 1] as const;

/** The check digit that belongs after nine characters. */
export const checkDigit = (nine: string): string => {
  const letter = numberOfLetter.get(nine.charAt(0)) ?? '';
  const digits = [...nine.slice(1)].map((c) => Number(numberOfLetter.get(c)?.charAt(1) ?? c));
  const sum = Number(letter.charAt(0)) + Number(letter.charAt(1)) * 9;
  const whole = digits.reduce((total, digit, i) => total + digit * (idWeights[i] ?? 0), sum);
  return String((10 - (whole % 10)) % 10);
};

export const digitString = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

export const letter: fc.Arbitrary<string> = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');

const idWith = (second: string): fc.Arbitrary<string> =>
  fc
    .tuple(letter, fc.constantFrom(...second), digitString(7))
    .map((parts) => parts.join(''))
    .map((nine) => nine + checkDigit(nine));

export const nationalId = idWith('12');
export const residentNumber = idWith('ABCD89');

/** As a person may type a code: other case, full width, spaces around it. */
export const typedLike = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([lower, wide, spaced]) => {
      const cased = [...text].map((c, i) => (lower[i] === true ? c.toLowerCase() : c)).join('');
      const shown = wide
        ? cased.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
        : cased;
      return spaced ? `\u3000 ${shown}\t` : shown;
    });
