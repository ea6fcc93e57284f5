/**
 * Folded streams: loaded once, kept bounded, completed by reading only the tail.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { StoredEvent } from '../events/table.js';
import type { Sha256 } from '../ports/clock.js';
import type { EventStore, EventToAppend, RecordedEvent, StoreFault } from '../ports/event-store.js';
import type { StreamName } from '../ports/stream-name.js';
import { chainStart, checkLink, printChainFault } from './chain.js';
import type { Decoded, EventCodec } from './codec.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How a kind of stream is folded. */
export interface Fold<S> {
  readonly initial: S;
  readonly evolve: (state: S, event: StoredEvent) => S;
}

/** A command that left events in a stream: by these a retry is answered. */
export interface DoneCommand {
  readonly digest: string;
  readonly first: number;
  readonly last: number;
}

/** A stream as it was when it was read. */
export interface Loaded<S> {
  readonly state: S;
  readonly token: StreamToken;
  readonly done: (commandId: string) => DoneCommand | undefined;
}

/** Where a stream stood. Opaque: only {@link Streams} makes and reads one, so nobody can append at a wrong place. */
export interface StreamToken {
  readonly stream: StreamName;
  readonly revision: number;
  readonly hash: string;
  /** `recordedAt` of the last event; the next one is never earlier, whatever the clock says. */
  readonly recordedAt: string;
}

/** An event that was written, as a reader will find it. */
export interface ReadBack {
  readonly recorded: RecordedEvent;
  readonly decoded: Decoded<StoredEvent>;
}

export type Appended =
  | { readonly _tag: 'Appended'; readonly events: ReadonlyArray<ReadBack> }
  | { readonly _tag: 'Conflict' };

export interface Streams<S> {
  readonly load: (stream: StreamName) => Promise<E.Either<RegisterError, Loaded<S>>>;
  readonly append: (
    token: StreamToken,
    events: ReadonlyArray<EventToAppend>,
  ) => Promise<E.Either<RegisterError, Appended>>;
}

/**
 * A store's fault as the refusal that a caller gets. Event ids follow from the command's id, so one that stands in
 * another stream is a command id that was used there.
 */
export const fromStoreFault = (fault: StoreFault): RegisterError => {
  const detail = `${fault.code}: ${fault.detail}`;
  switch (fault.code) {
    case 'STORE_CORRUPT':
      return registerError('STORE_CORRUPT', { detail });
    case 'EVENT_ID_TAKEN':
      return registerError('COMMAND_ID_REUSED', { detail });
    default:
      return registerError('STORE_UNAVAILABLE', { detail });
  }
};

// -------------------------------------------------------------------------------------
// streams
// -------------------------------------------------------------------------------------

interface Entry<S> {
  readonly state: S;
  readonly token: StreamToken;
  /**
   * By command id. Shared by all entries of a stream and only ever added to: an entry that is a little ahead
   * of its state tells of a command that was recorded, which is what is asked.
   */
  readonly book: Map<string, DoneCommand>;
}

const pageSize = 512;

/** Makes the loader of one kind of streams. `cacheSize` folded streams are kept, the longest unused goes first; 0: none. */
export const createStreams = <S>(options: {
  readonly store: EventStore;
  readonly codec: EventCodec<StoredEvent>;
  readonly sha256: Sha256;
  readonly fold: Fold<S>;
  readonly cacheSize: number;
}): Streams<S> => {
  const { store, codec, sha256, fold, cacheSize } = options;
  const cache = new Map<StreamName, Entry<S>>();

  const keep = (entry: Entry<S>): void => {
    if (cacheSize === 0) return;
    const { stream, revision } = entry.token;
    const kept = cache.get(stream);
    // Two loads may finish out of order; the cache never steps back.
    if (kept !== undefined && kept.token.revision > revision) return;
    cache.delete(stream);
    cache.set(stream, entry);
    if (cache.size > cacheSize) {
      const oldest = cache.keys().next();
      if (oldest.done !== true) cache.delete(oldest.value);
    }
  };

  const empty = (stream: StreamName): Entry<S> => ({
    state: fold.initial,
    token: { stream, ...chainStart(stream), recordedAt: '' },
    book: new Map(),
  });

  const foldOne = (from: Entry<S>, recorded: RecordedEvent, decoded: Decoded<StoredEvent>): Entry<S> => {
    const { revision, hash } = recorded;
    const { stream } = from.token;
    if (decoded._tag !== 'Event') {
      const { recordedAt } = from.token;
      return { ...from, token: { stream, revision, hash, recordedAt } };
    }
    const { recordedAt, commandId, commandDigest } = decoded.event.meta;
    const first = from.book.get(commandId)?.first ?? revision;
    from.book.set(commandId, { digest: commandDigest, first, last: revision });
    const state = fold.evolve(from.state, decoded.event);
    return { state, token: { stream, revision, hash, recordedAt }, book: from.book };
  };

  const foldPage = (
    from: Entry<S>,
    events: ReadonlyArray<RecordedEvent>,
  ): E.Either<RegisterError, Entry<S>> => {
    let entry = from;
    for (const recorded of events) {
      const decoded = codec.decode(recorded);
      if (decoded._tag === 'Corrupt') {
        return E.left(registerError('STORE_CORRUPT', { detail: decoded.detail }));
      }
      const previous = decoded._tag === 'Event' ? decoded.event.meta.chain.previous : decoded.previous;
      const fault = checkLink(entry.token, recorded, previous, sha256);
      if (fault !== undefined) {
        return E.left(registerError('STORE_CORRUPT', { detail: printChainFault(fault) }));
      }
      entry = foldOne(entry, recorded, decoded);
    }
    return E.right(entry);
  };

  const load: Streams<S>['load'] = async (stream) => {
    let entry = cache.get(stream) ?? empty(stream);
    for (;;) {
      const page = await store.readStream(stream, entry.token.revision + 1, pageSize)();
      if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
      const folded = foldPage(entry, page.right.events);
      if (E.isLeft(folded)) return folded;
      entry = folded.right;
      if (page.right.end || page.right.events.length === 0) break;
    }
    keep(entry);
    const { state, token, book } = entry;
    return E.right({ state, token, done: (commandId) => book.get(commandId) });
  };

  const append: Streams<S>['append'] = async (token, events) => {
    const expected = token.revision === -1 ? 'no-stream' : token.revision;
    const result = await store.append(token.stream, expected, events)();
    if (E.isLeft(result)) return E.left(fromStoreFault(result.left));
    // A repeat may be of another command under the same id: reading again tells what stands there.
    if (result.right._tag === 'Conflict' || result.right.idempotent) return E.right({ _tag: 'Conflict' });
    const { position } = result.right;
    // Positions before the last are the store's own; what was written is known but for them.
    const written = events.map((event, index): ReadBack => {
      const revision = token.revision + 1 + index;
      const recorded: RecordedEvent = { ...event, stream: token.stream, revision, position };
      return { recorded, decoded: codec.decode(recorded) };
    });
    const kept = cache.get(token.stream);
    if (kept !== undefined && kept.token.revision === token.revision) {
      // The chain of what was just sealed here needs no check; the next reader checks it.
      keep(written.reduce((entry, { recorded, decoded }) => foldOne(entry, recorded, decoded), kept));
    }
    return E.right({ _tag: 'Appended', events: written });
  };

  return { load, append };
};
