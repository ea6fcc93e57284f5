/**
 * Hashes, UUIDs and serials as words: half the size of their texts, and compared eight digits at a time.
 *
 * @packageDocumentation
 */

/** How a text of hex digits is written, so that words and text stand for each other exactly. */
export interface HexForm {
  readonly words: number;
  readonly parse: (text: string, into: Uint32Array, offset: number) => boolean;
  readonly print: (word: (n: number) => number) => string;
}

// -------------------------------------------------------------------------------------
// digits
// -------------------------------------------------------------------------------------

const digitsOf = (alphabet: string): Int8Array => {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < 16; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
};

const lower = digitsOf('0123456789abcdef');
const upper = digitsOf('0123456789ABCDEF');

/** Reads the digits of `text` from its end, so that a short number stands at the right. */
const readDigits = (
  text: string,
  digits: Int8Array,
  hyphens: boolean,
  into: Uint32Array,
  offset: number,
  words: number,
): boolean => {
  let at = text.length - 1;
  for (let n = words - 1; n >= 0; n--) {
    let word = 0;
    for (let bits = 0; bits < 32 && at >= 0; bits += 4) {
      // The hyphens of a UUID stand at 8, 13, 18 and 23 alone: elsewhere they are no digits.
      if (hyphens && (at === 23 || at === 18 || at === 13 || at === 8)) {
        if (text.charCodeAt(at) !== 0x2d) return false;
        at -= 1;
      }
      const digit = digits[text.charCodeAt(at)] ?? -1;
      if (digit < 0) return false;
      word |= digit << bits;
      at -= 1;
    }
    into[offset + n] = word;
  }
  return at < 0;
};

const octets = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

const printWords = (words: number, word: (n: number) => number): string => {
  let text = '';
  for (let n = 0; n < words; n++) {
    const value = word(n);
    for (let shift = 24; shift >= 0; shift -= 8) text += octets[(value >>> shift) & 0xff] ?? '';
  }
  return text;
};

// -------------------------------------------------------------------------------------
// forms
// -------------------------------------------------------------------------------------

/** 64 lower-case digits: a SHA-256 hash or a pseudonym. */
export const hex64: HexForm = {
  words: 8,
  parse: (text, into, offset) => text.length === 64 && readDigits(text, lower, false, into, offset, 8),
  print: (word) => printWords(8, word),
};

/** A UUID in lower case with hyphens. */
export const uuid: HexForm = {
  words: 4,
  parse: (text, into, offset) => text.length === 36 && readDigits(text, lower, true, into, offset, 4),
  print: (word) => {
    const t = printWords(4, word);
    return `${t.slice(0, 8)}-${t.slice(8, 12)}-${t.slice(12, 16)}-${t.slice(16, 20)}-${t.slice(20)}`;
  },
};

/** A certificate serial in its normal form: 1 to 40 upper-case digits without leading zeros. */
export const serialHex: HexForm = {
  words: 5,
  parse: (text, into, offset) =>
    text.length > 0 &&
    text.length <= 40 &&
    text.charCodeAt(0) !== 0x30 &&
    readDigits(text, upper, false, into, offset, 5),
  print: (word) => printWords(5, word).replace(/^0+/, '').toUpperCase(),
};
