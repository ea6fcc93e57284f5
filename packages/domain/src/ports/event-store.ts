/**
 * The event store that a register appends to and read models replay.
 *
 * The port carries *stored bytes*: the codec above it has already encoded, sealed and chained an event,
 * and a store neither reads nor changes `body`. Every implementation must pass the conformance kit of
 * `@mandate/adapters-eventstore/conformance`.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { StreamName } from './stream-name.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const positionBrand: unique symbol;

/**
 * A place in the order over all streams. Opaque: positions of one store are compared as strings
 * (`<`, code-unit order) and never counted with; there may be holes between two of them.
 */
export type Position = string & { readonly [positionBrand]: 'Position' };

/** An event as its stream will hold it. */
export interface EventToAppend {
  /** UUID, unique over the whole store. A retry of a command brings the same ids. */
  readonly id: string;
  readonly type: string;
  /** The stored bytes: one JSON text, made by the codec. A store keeps it to the letter. */
  readonly body: string;
  /** SHA-256 of `body` in lower-case hex; `body` holds the hash of the event before it in the stream. */
  readonly hash: string;
}

/** An event as it was recorded. */
export interface RecordedEvent extends EventToAppend {
  readonly stream: StreamName;
  /** 0 for the first event of the stream, then without a gap. */
  readonly revision: number;
  readonly position: Position;
}

/** The revision of the last event that the writer saw, or `no-stream` where it saw none. There is no "any". */
export type ExpectedRevision = number | 'no-stream';

/** The answer to an append. A conflict is a value: the caller loads again and decides again. */
export type AppendResult =
  | {
      readonly _tag: 'Appended';
      /** Revision of the last event of the batch. */
      readonly revision: number;
      /** Position of the last event of the batch. */
      readonly position: Position;
      /** True when the very same events (by id, in order, right after `expected`) were there already. */
      readonly idempotent: boolean;
    }
  | { readonly _tag: 'Conflict'; readonly actual: ExpectedRevision };

/** Where a read over all streams begins. `at` is inclusive, `after` exclusive. */
export type ReadAllFrom = 'start' | { readonly at: Position } | { readonly after: Position };

/** A part of what was asked for, in order. `end` is true when nothing more was there when it was read. */
export interface Page {
  readonly events: ReadonlyArray<RecordedEvent>;
  readonly end: boolean;
}

/** A fault of the store itself. Nothing of the append that met it is stored, or its retry is idempotent. */
export interface StoreFault {
  readonly _tag: 'StoreFault';
  readonly code:
    | 'STORE_UNAVAILABLE'
    | 'STORE_FULL'
    | 'STORE_CORRUPT'
    | 'STORE_CLOSED'
    | 'EVENT_ID_TAKEN'
    | 'BATCH_INVALID';
  /** English, for operators; never shown to a person who uses the portal. */
  readonly detail: string;
}

// -------------------------------------------------------------------------------------
// port
// -------------------------------------------------------------------------------------

/** Appends atomically, reads in order, and follows what comes. */
export interface EventStore {
  /**
   * Appends a batch after `expected`, all or nothing, durable when it answers.
   *
   * - `expected` is the last revision → appended.
   * - `expected` lies behind and the events right after it have exactly these ids → `idempotent`.
   * - anything else → `Conflict`.
   * - an empty batch or one with an id twice → `BATCH_INVALID`; an id that stands elsewhere → `EVENT_ID_TAKEN`.
   */
  readonly append: (
    stream: StreamName,
    expected: ExpectedRevision,
    events: ReadonlyArray<EventToAppend>,
  ) => TaskEither<StoreFault, AppendResult>;

  /** Events of one stream in order, beginning with revision `from` (inclusive). A stream without events is empty. */
  readonly readStream: (stream: StreamName, from: number, limit: number) => TaskEither<StoreFault, Page>;

  /** Events of all streams in the order of their positions. Never passes over an event that commits late. */
  readonly readAll: (from: ReadAllFrom, limit: number) => TaskEither<StoreFault, Page>;

  /**
   * Everything after a position, then whatever comes, in batches that are never empty, until `signal` is aborted.
   * Pull-based: nothing is fetched before the consumer asks. A fault is the last item.
   */
  readonly subscribeAll: (
    from: 'start' | { readonly after: Position },
    signal: AbortSignal,
  ) => AsyncIterable<SubscriptionItem>;

  /** Position of the last event, `undefined` in an empty store. */
  readonly head: () => TaskEither<StoreFault, Position | undefined>;

  /** Waits for what is under way and lets go of files and handles. Later calls answer `STORE_CLOSED`. */
  readonly close: () => Promise<void>;
}

/** What a subscription yields. */
export type SubscriptionItem =
  | { readonly _tag: 'Events'; readonly events: ReadonlyArray<RecordedEvent> }
  | { readonly _tag: 'Fault'; readonly fault: StoreFault };

/** Makes a {@link StoreFault}. */
export const storeFault = (code: StoreFault['code'], detail: string): StoreFault => ({
  _tag: 'StoreFault',
  code,
  detail,
});
