/**
 * The persons and certificates that an agency ever had to do with, and the clerks who they are or were.
 *
 * @packageDocumentation
 */
import { createKeyTable } from './keys.js';
import { createRecords } from './records.js';

/** Keys are told apart by agency: one person in two agencies has two numbers. */
export interface Relation {
  /** To be filled before `find` and `intern`: word 0 is the agency, the others are the key. */
  readonly key: Uint32Array;
  /** The number of the key, 0 where it is unknown. */
  readonly find: () => number;
  /** The number of the key, a new one where it was unknown. */
  readonly intern: () => number;
  readonly word: (number: number, n: number) => number;
  /** Notes that this clerk (lane) has to do with the key; again changes nothing. */
  readonly add: (number: number, clerk: number) => void;
  /** A link to a clerk, 0 where there is none. */
  readonly first: (number: number) => number;
  readonly next: (link: number) => number;
  readonly clerk: (link: number) => number;
  readonly bytes: () => number;
}

/**
 * Makes an empty relation whose keys have `width` words and the agency's. Nearly every key has one clerk, who stands
 * beside it: an even link is a key's own, an odd one leads to a further clerk.
 */
export const createRelation = (width: number): Relation => {
  const key = new Uint32Array(1 + width);
  const keys = createKeyTable(key.length, 2);
  const links = createRecords(2);
  const clerkWord = key.length;
  const othersWord = clerkWord + 1;

  return {
    key,
    find: () => keys.find(key),
    intern: () => keys.intern(key),
    word: keys.get,
    add: (number, clerk) => {
      const first = keys.get(number, clerkWord);
      if (first === 0) keys.set(number, clerkWord, clerk);
      if (first === 0 || first === clerk) return;
      const others = keys.get(number, othersWord);
      for (let link = others; link !== 0; link = links.get(link, 1)) {
        if (links.get(link, 0) === clerk) return;
      }
      const link = links.add();
      links.set(link, 0, clerk);
      links.set(link, 1, others);
      keys.set(number, othersWord, link);
    },
    first: (number) => (keys.get(number, clerkWord) === 0 ? 0 : number * 2),
    next: (link) => {
      const next = link % 2 === 0 ? keys.get(link / 2, othersWord) : links.get((link - 1) / 2, 1);
      return next === 0 ? 0 : next * 2 + 1;
    },
    clerk: (link) => (link % 2 === 0 ? keys.get(link / 2, clerkWord) : links.get((link - 1) / 2, 0)),
    bytes: () => keys.bytes() + links.bytes(),
  };
};
