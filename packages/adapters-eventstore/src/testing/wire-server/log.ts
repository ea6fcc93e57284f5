/**
 * What the test server keeps: one log of records, and by stream what is in it. No network here.
 *
 * @packageDocumentation
 */

/** An event as a client proposes it. */
export interface Proposed {
  /** UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as it lies in the log. */
export interface LogRecord extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  /** Place in the log; commit and prepare position are the same, as with the implicit transactions of a real server. */
  readonly position: bigint;
  /** .NET ticks since the Unix epoch. */
  readonly created: bigint;
}

/** The log with its indexes. */
export interface Log {
  readonly all: () => ReadonlyArray<LogRecord>;
  /** Every record of a stream that the log still holds, in order; truncated ones too. */
  readonly stream: (name: string) => ReadonlyArray<LogRecord>;
  readonly head: () => bigint;
  /** The next position for a record of this size: sparse, and never a multiple of anything. */
  readonly place: (after: bigint, size: number) => bigint;
  readonly add: (records: ReadonlyArray<LogRecord>) => void;
  /** Takes records away, as a scavenge does. */
  readonly remove: (gone: (record: LogRecord) => boolean) => void;
  /** Index of the first record of `all` that lies at a position or after it. */
  readonly indexAt: (position: bigint) => number;
  /** Calls back after every {@link Log.add}; answers how to stop. */
  readonly onAdded: (call: () => void) => () => void;
}

const firstPosition = 1_113n;
const step = 137n;

/** Makes an empty {@link Log}. */
export const makeLog = (): Log => {
  let all: Array<LogRecord> = [];
  const streams = new Map<string, Array<LogRecord>>();
  const listeners = new Set<() => void>();

  const index = (record: LogRecord): void => {
    const kept = streams.get(record.stream);
    if (kept === undefined) streams.set(record.stream, [record]);
    else kept.push(record);
  };
  return {
    all: () => all,
    stream: (name) => streams.get(name) ?? [],
    head: () => all.at(-1)?.position ?? firstPosition,
    place: (after, size) => after + step + BigInt(size),
    add: (records) => {
      for (const record of records) {
        all.push(record);
        index(record);
      }
      for (const call of [...listeners]) call();
    },
    remove: (gone) => {
      all = all.filter((record) => !gone(record));
      streams.clear();
      for (const record of all) index(record);
    },
    indexAt: (position) => {
      let low = 0;
      let high = all.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const record = all[middle];
        if (record !== undefined && record.position < position) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    onAdded: (call) => {
      listeners.add(call);
      return () => listeners.delete(call);
    },
  };
};
