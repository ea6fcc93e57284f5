/**
 * Lists in memory, bounded in number and in octets; who was not asked for the longest goes first.
 *
 * @packageDocumentation
 */
import type { Crl } from '@mandate/certificates';

/** A list and how long it is answered with. */
export interface Held {
  readonly crl: Crl;
  /** When it came, or was last said to be the current one. Milliseconds since 1970. */
  readonly fetchedAt: number;
  /** It is no longer answered with from here on. Milliseconds since 1970. */
  readonly until: number;
  /**
   * Kept for a moment, so that a crowd asks once: its signer is not known, or it was outdated or of tomorrow when it came.
   */
  readonly brief: boolean;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

export interface Kept {
  readonly get: (key: string) => Held | undefined;
  readonly put: (key: string, held: Held) => void;
  readonly all: () => ReadonlyArray<Held>;
}

const weightOf = ({ crl }: Held): number => crl.der.length + crl.indexBytes;

export const createKept = (most: number, mostBytes: number): Kept => {
  const lists = new Map<string, Held>();
  let bytes = 0;
  const drop = (key: string): void => {
    const held = lists.get(key);
    if (held === undefined) return;
    lists.delete(key);
    bytes -= weightOf(held);
  };
  const makeRoom = (): void => {
    for (const key of [...lists.keys()]) {
      // What came last stays, however large it is: without it nobody would be answered.
      if (lists.size <= 1 || (lists.size <= most && bytes <= mostBytes)) return;
      drop(key);
    }
  };
  return {
    get: (key) => {
      const held = lists.get(key);
      if (held === undefined) return undefined;
      lists.delete(key);
      lists.set(key, held);
      return held;
    },
    put: (key, held) => {
      drop(key);
      lists.set(key, held);
      bytes += weightOf(held);
      makeRoom();
    },
    all: () => [...lists.values()],
  };
};
