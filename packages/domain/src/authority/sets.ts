/**
 * Sets of permissions as numbers.
 *
 * A set of functions among the first 31 that were ever named is the number itself, shifted left; a bigger one is
 * looked up, and kept once however many clerks hold it.
 *
 * @packageDocumentation
 */

/** An even number holds its bits; an odd one names a bigger set. */
export type SetRef = number;

export interface PermissionSets {
  /** The number of a function, -1 where no event named it. */
  readonly numberOf: (code: string) => number;
  readonly of: (codes: ReadonlyArray<string>) => SetRef;
  readonly has: (set: SetRef, number: number) => boolean;
  /** `held` without `revoked`, then with `granted`. */
  readonly change: (held: SetRef, granted: SetRef, revoked: SetRef) => SetRef;
  /** Sorted. */
  readonly codes: (set: SetRef) => ReadonlyArray<string>;
}

export const emptySet: SetRef = 0;

const small = 31;
const noWords = new Uint32Array(0);

export const createPermissionSets = (): PermissionSets => {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const big: Uint32Array[] = [];
  const bigByText = new Map<string, number>();

  const intern = (code: string): number => {
    const known = numbers.get(code);
    if (known !== undefined) return known;
    numbers.set(code, names.length);
    names.push(code);
    return names.length - 1;
  };

  const wordOf = (set: SetRef, n: number): number => {
    if ((set & 1) === 1) return (big[set >>> 1] ?? noWords)[n] ?? 0;
    return n === 0 ? set >>> 1 : 0;
  };

  /** The one number for these bits, so that equal sets are equal numbers. */
  const refOf = (words: Uint32Array): SetRef => {
    const first = words[0] ?? 0;
    if (first <= 0x7fffffff && words.every((word, n) => n === 0 || word === 0)) return (first << 1) >>> 0;
    let length = words.length;
    while (words[length - 1] === 0) length -= 1;
    const used = words.slice(0, length);
    const text = used.join();
    let index = bigByText.get(text);
    if (index === undefined) {
      index = big.length;
      big.push(used);
      bigByText.set(text, index);
    }
    return ((index << 1) | 1) >>> 0;
  };

  const size = (): number => Math.ceil(names.length / 32);

  return {
    numberOf: (code) => numbers.get(code) ?? -1,
    of: (codes) => {
      const list = codes.map(intern);
      const words = new Uint32Array(size());
      for (const n of list) words[n >>> 5] = (words[n >>> 5] ?? 0) | (1 << (n & 31));
      return refOf(words);
    },
    has: (set, number) =>
      (set & 1) === 0
        ? number >= 0 && number < small && ((set >>> (number + 1)) & 1) === 1
        : number >= 0 && ((wordOf(set, number >>> 5) >>> (number & 31)) & 1) === 1,
    change: (held, granted, revoked) => {
      if (((held | granted | revoked) & 1) === 0) return ((held & ~revoked) | granted) >>> 0;
      const words = new Uint32Array(size());
      for (let n = 0; n < words.length; n++) {
        words[n] = (wordOf(held, n) & ~wordOf(revoked, n)) | wordOf(granted, n);
      }
      return refOf(words);
    },
    codes: (set) => names.filter((_, n) => ((wordOf(set, n >>> 5) >>> (n & 31)) & 1) === 1).sort(),
  };
};
