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
  readonly word: (number: number, word: number) => number;
  readonly count: () => number;
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

/** Makes an empty table. Open addressing, at most three quarters full. */
export const createKeyTable = (width: number): KeyTable => {
  const keys: Records = createRecords(width);
  const scratch = new Uint32Array(width);
  let slots = new Uint32Array(firstSlots);

  const isKey = (number: number, key: Uint32Array): boolean => {
    for (let i = 0; i < width; i++) if (keys.get(number, i) !== (key[i] ?? 0)) return false;
    return true;
  };

  /** The slot of the key, or the free one where it belongs. */
  const slotOf = (key: Uint32Array): number => {
    const last = slots.length - 1;
    let slot = hashOf(key, width) & last;
    for (;;) {
      const number = slots[slot] ?? 0;
      if (number === 0 || isKey(number, key)) return slot;
      slot = (slot + 1) & last;
    }
  };

  const grow = (): void => {
    slots = new Uint32Array(slots.length * 2);
    for (let number = 1; number <= keys.count(); number++) {
      for (let i = 0; i < width; i++) scratch[i] = keys.get(number, i);
      slots[slotOf(scratch)] = number;
    }
  };

  return {
    find: (key) => slots[slotOf(key)] ?? 0,
    intern: (key) => {
      const slot = slotOf(key);
      const known = slots[slot] ?? 0;
      if (known !== 0) return known;
      const number = keys.add();
      for (let i = 0; i < width; i++) keys.set(number, i, key[i] ?? 0);
      slots[slot] = number;
      if (number * 4 > slots.length * 3) grow();
      return number;
    },
    word: keys.get,
    count: keys.count,
    bytes: () => keys.bytes() + slots.byteLength,
  };
};
