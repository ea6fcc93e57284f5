/**
 * The rules of an append, the same for every store: what a batch must be, and what becomes of it.
 *
 * @packageDocumentation
 */
import {
  type EventToAppend,
  type ExpectedRevision,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';

// -------------------------------------------------------------------------------------
// batch
// -------------------------------------------------------------------------------------

/** The most characters that the bodies of one batch may have together. */
export const largestBatch = 2 ** 26;

// A surrogate without its partner has no UTF-8: a store on disk would hand back another text than it was given.
const isText = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed();

const textsOf = (event: EventToAppend): ReadonlyArray<string> => [
  event.id,
  event.type,
  event.hash,
  event.body,
];

/** Why a batch cannot be appended anywhere, or `undefined` when it can. */
export const batchFault = (
  stream: StreamName,
  events: ReadonlyArray<EventToAppend>,
): StoreFault | undefined => {
  if (events.length === 0) return storeFault('BATCH_INVALID', 'the batch is empty');
  if (events.length > 1 && new Set(events.map((event) => event.id)).size < events.length) {
    return storeFault('BATCH_INVALID', 'the batch holds an event id twice');
  }
  if (!isText(stream)) return storeFault('BATCH_INVALID', 'the stream name is not well-formed text');
  let size = 0;
  for (const event of events) {
    if (!textsOf(event).every(isText)) {
      return storeFault('BATCH_INVALID', `event ${event.id} is not well-formed Unicode text`);
    }
    size += event.body.length;
  }
  return size > largestBatch
    ? storeFault('BATCH_INVALID', `the batch has ${size} characters, ${largestBatch} is the most`)
    : undefined;
};

// -------------------------------------------------------------------------------------
// expected revision
// -------------------------------------------------------------------------------------

/** What becomes of a batch: written from a revision on, recognised as a repeat, or refused. */
export type Verdict =
  | { readonly _tag: 'Write'; readonly first: number }
  | { readonly _tag: 'Repeat'; readonly last: number }
  | { readonly _tag: 'Refuse' };

const refuse: Verdict = { _tag: 'Refuse' };

/**
 * Judges a batch.
 *
 * @param last - revision of the stream's last event, −1 when it has none
 * @param idsBetween - ids of the stream's events from one revision to another, both inclusive, in order
 */
export const judge = (
  last: number,
  expected: ExpectedRevision,
  events: ReadonlyArray<EventToAppend>,
  idsBetween: (from: number, to: number) => ReadonlyArray<string>,
): Verdict => {
  const before = expected === 'no-stream' ? -1 : expected;
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) return refuse;
  if (before === last) return { _tag: 'Write', first: last + 1 };
  const end = before + events.length;
  if (before > last || end > last) return refuse;
  const ids = idsBetween(before + 1, end);
  return events.every((event, index) => ids[index] === event.id) ? { _tag: 'Repeat', last: end } : refuse;
};

/** The answer's form of a stream's last revision. */
export const asExpected = (last: number): ExpectedRevision => (last < 0 ? 'no-stream' : last);

// -------------------------------------------------------------------------------------
// pages
// -------------------------------------------------------------------------------------

/** A page holds at least one event, so that a reader always gets on. */
export const pageLimit = (limit: number): number =>
  limit >= 1 ? Math.floor(Math.min(limit, Number.MAX_SAFE_INTEGER - 1)) : 1;

/** The revision that a read of a stream begins with. */
export const firstRevision = (from: number): number => (from > 0 ? Math.ceil(from) : 0);
