/**
 * Keys of a fixed number of 32-bit words, each under a number of its own.
 *
 * @packageDocumentation
 */
import { createRecords, type Records } from './records.js';

export interface KeyTable {
  /** The number of a key, 0 where it is unknown. */
  readonly find: (key: Uint32Array) => number;
  /** The number of a key, a new one where it was unknown. */
  readonly intern: (key: Uint32Array) => number;
  readonly count: () => number;
  /** Words of a key, and after them those that the owner keeps beside it. */
  readonly get: Records['get'];
  readonly set: Records['set'];
  readonly bytes: () => number;
}

const firstSlots = 64;

const hashOf = (key: Uint32Array, width: number): number => {
  let hash = 0;
  for (let i = 0; i < width; i++) {
    hash = Math.imul(hash ^ (key[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/**
 * Makes an empty table of keys of `width` words, with room for `beside` words at each. Open addressing, at most three
 * quarters full. A slot holds the number in its low bits, as many as the table's size needs, and in the rest the high
 * bits of the key's hash: a slot of another key is passed over without a look at that key.
 */
export const createKeyTable = (width: number, beside = 0): KeyTable => {
  const keys = createRecords(width + beside);
  const scratch = new Uint32Array(width);
  let slots = new Uint32Array(firstSlots);
  let mask = firstSlots - 1;

  const isKey = (number: number, key: Uint32Array): boolean => {
    for (let i = 0; i < width; i++) if (keys.get(number, i) !== (key[i] ?? 0)) return false;
    return true;
  };

  /** The slot of the key, or the free one where it belongs. */
  const slotOf = (key: Uint32Array, hash: number): number => {
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] ?? 0;
      if (entry === 0) return slot;
      if (((entry ^ hash) & ~mask) === 0 && isKey(entry & mask, key)) return slot;
    }
  };

  const put = (slot: number, hash: number, number: number): void => {
    slots[slot] = (hash & ~mask) | number;
  };

  const grow = (): void => {
    slots = new Uint32Array(slots.length * 2);
    mask = slots.length - 1;
    for (let number = 1; number <= keys.count(); number++) {
      for (let i = 0; i < width; i++) scratch[i] = keys.get(number, i);
      const hash = hashOf(scratch, width);
      put(slotOf(scratch, hash), hash, number);
    }
  };

  return {
    find: (key) => (slots[slotOf(key, hashOf(key, width))] ?? 0) & mask,
    intern: (key) => {
      const hash = hashOf(key, width);
      const slot = slotOf(key, hash);
      const known = (slots[slot] ?? 0) & mask;
      if (known !== 0) return known;
      const number = keys.add();
      for (let i = 0; i < width; i++) keys.set(number, i, key[i] ?? 0);
      put(slot, hash, number);
      if (number * 4 > slots.length * 3) grow();
      return number;
    },
    count: keys.count,
    get: keys.get,
    set: keys.set,
    bytes: () => keys.bytes() + slots.byteLength,
  };
};
