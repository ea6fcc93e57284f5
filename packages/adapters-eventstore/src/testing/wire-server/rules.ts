/**
 * The rules of the real server for appends, truncation and deletion, as functions of what a stream holds.
 *
 * Checked against `IndexWriter.CheckCommit` of EventStoreDB's sources; the words are our own.
 *
 * @packageDocumentation
 */
import type { Log, LogRecord } from './log.js';

// -------------------------------------------------------------------------------------
// streams
// -------------------------------------------------------------------------------------

/** The revision of a tombstone, and the `$tb` of a stream that was deleted softly: the largest of all. */
export const endOfTime = 9_223_372_036_854_775_807n;

/** The stream that holds another one's metadata. */
export const metadataOf = (stream: string): string => `$$${stream}`;

/** The type of a tombstone. */
export const tombstoneType = '$streamDeleted';

interface Limits {
  readonly maxCount: bigint | undefined;
  readonly truncateBefore: bigint | undefined;
}

const wholeNumber = (value: unknown): bigint | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? value >= Number(endOfTime)
      ? endOfTime
      : BigInt(Math.floor(value))
    : undefined;

const limitsOf = (log: Log, stream: string): Limits => {
  const newest = log.stream(metadataOf(stream)).at(-1);
  if (newest === undefined) return { maxCount: undefined, truncateBefore: undefined };
  try {
    const parsed: unknown = JSON.parse(Buffer.from(newest.data).toString('utf8'));
    const fields = new Map<string, unknown>(Object.entries(parsed ?? {}));
    return {
      maxCount: wholeNumber(fields.get('$maxCount')),
      truncateBefore: wholeNumber(fields.get('$tb')),
    };
  } catch {
    return { maxCount: undefined, truncateBefore: undefined };
  }
};

/** What became of a stream. */
export type StreamState =
  | { readonly _tag: 'Tombstone' }
  /** `last` is −1 where nothing was ever written; `first` is the first revision that may be read. */
  | { readonly _tag: 'Stream'; readonly last: bigint; readonly first: bigint; readonly softDeleted: boolean };

/** Looks at a stream. */
export const stateOf = (log: Log, stream: string): StreamState => {
  const newest = log.stream(stream).at(-1);
  if (newest?.type === tombstoneType) return { _tag: 'Tombstone' };
  const { maxCount, truncateBefore } = limitsOf(log, stream);
  const last = newest?.revision ?? -1n;
  const softDeleted = truncateBefore === endOfTime;
  const counted = maxCount === undefined ? 0n : last - maxCount + 1n;
  const truncated = softDeleted ? last + 1n : (truncateBefore ?? 0n);
  return { _tag: 'Stream', last, first: counted > truncated ? counted : truncated, softDeleted };
};

/**
 * True for a record that a scavenge takes away: no reader of its stream gets it any more, and it is not the last of them, which a
 * real server keeps to know where the stream goes on.
 */
export const isScavenged = (log: Log, record: LogRecord): boolean => {
  const state = stateOf(log, record.stream);
  return state._tag === 'Tombstone'
    ? record.type !== tombstoneType
    : record.revision < state.first && record.revision !== state.last;
};

// -------------------------------------------------------------------------------------
// appends
// -------------------------------------------------------------------------------------

/** What a writer expects of a stream. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint;

/** What becomes of an append. */
export type Decision =
  /** `first` is the revision of the first event; a stream that was deleted softly goes on where it ended. */
  | { readonly _tag: 'Write'; readonly first: bigint; readonly revives: boolean }
  | { readonly _tag: 'Idempotent'; readonly last: bigint; readonly position: bigint }
  | { readonly _tag: 'WrongVersion'; readonly current: bigint }
  | { readonly _tag: 'Deleted' };

/** How many ids the server remembers for appends without a revision; the real one's cache is bounded too. */
const rememberedIds = 10_000;

const sameFrom = (
  held: ReadonlyArray<LogRecord>,
  first: bigint,
  ids: ReadonlyArray<string>,
): LogRecord | 'first differs' | 'later differs' => {
  const offset = held.findIndex((record) => record.revision === first);
  let found: LogRecord | undefined;
  for (const [index, id] of ids.entries()) {
    const record = offset < 0 ? undefined : held[offset + index];
    if (record === undefined || record.id !== id) return index === 0 ? 'first differs' : 'later differs';
    found = record;
  }
  return found ?? 'first differs';
};

/** Decides an append. */
export const decide = (
  log: Log,
  stream: string,
  expected: Expected,
  ids: ReadonlyArray<string>,
): Decision => {
  const state = stateOf(log, stream);
  if (state._tag === 'Tombstone') return { _tag: 'Deleted' };
  const { last, softDeleted } = state;
  const held = log.stream(stream);
  const write: Decision = { _tag: 'Write', first: last + 1n, revives: softDeleted };
  const wrong: Decision = { _tag: 'WrongVersion', current: last };

  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists') {
      if (softDeleted) return { _tag: 'Deleted' };
      if (last < 0n && log.stream(metadataOf(stream)).length === 0) return wrong;
    }
    const start = held.slice(-rememberedIds).find((record) => record.id === ids[0]);
    if (start === undefined) return write;
    const same = sameFrom(held, start.revision, ids);
    return typeof same === 'string'
      ? wrong
      : { _tag: 'Idempotent', last: same.revision, position: same.position };
  }

  const after = expected === 'no-stream' ? -1n : expected;
  if (after > last) return wrong;
  if (after === last) return write;
  const same = sameFrom(held, after + 1n, ids);
  if (same === 'first differs' && expected === 'no-stream' && softDeleted) return write;
  return typeof same === 'string'
    ? wrong
    : { _tag: 'Idempotent', last: same.revision, position: same.position };
};
