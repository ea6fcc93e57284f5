/**
 * Codes of agencies and the numbers they stand for.
 *
 * @packageDocumentation
 */
import { createKeyTable } from './keys.js';

export interface Codes {
  /** The number of a code, 0 where it has none. */
  readonly find: (code: string) => number;
  /** Gives a code that has none a number. */
  readonly put: (code: string, number: number) => void;
  readonly bytes: () => number;
}

const words = 3;

/** Up to twelve characters of one octet each, none of them NUL, so that shorter codes differ from longer ones. */
const pack = (code: string, into: Uint32Array): boolean => {
  if (code.length > words * 4) return false;
  for (let word = 0; word < words; word++) {
    let value = 0;
    for (let at = word * 4; at < word * 4 + 4 && at < code.length; at++) {
      const unit = code.charCodeAt(at);
      if (unit === 0 || unit > 0xff) return false;
      value |= unit << ((at & 3) * 8);
    }
    into[word] = value;
  }
  return true;
};

/** A `Map` for texts of any kind, and a packed table for those that agencies have: every decision looks into it. */
export const createCodes = (): Codes => {
  const packed = createKeyTable(words, 1);
  const key = new Uint32Array(words);
  const others = new Map<string, number>();
  return {
    find: (code) => (pack(code, key) ? packed.get(packed.find(key), words) : (others.get(code) ?? 0)),
    put: (code, number) => {
      if (pack(code, key)) packed.set(packed.intern(key), words, number);
      else others.set(code, number);
    },
    bytes: packed.bytes,
  };
};
