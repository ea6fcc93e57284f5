/**
 * Folded streams: loaded once, kept bounded, completed by reading only the tail.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import { copies, createDrafts, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';
import type { Sha256 } from '../ports/clock.js';
import type { EventStore, Page, RecordedEvent, StoreFault } from '../ports/event-store.js';
import type { StreamName } from '../ports/stream-name.js';
import { chainStart, checkLink, printChainFault } from './chain.js';
import type { Decoded, EncodedEvent, EventCodec } from './codec.js';
import { type CommandBook, createCommandBook } from './command-book.js';
import type { StreamCaches } from './stream-cache.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How a kind of stream is folded. */
export interface Fold<S> {
  readonly initial: S;
  /** Changes nothing of `state` but the collections that came from these `drafts`. */
  readonly evolve: (state: S, event: StoredEvent, drafts: Drafts) => S;
}

/** A stream as it was when it was read. */
export interface Loaded<S> {
  readonly state: S;
  readonly token: StreamToken;
  /** Revision of the first event that a command left here: by it a retry is answered. `undefined` where it left none. */
  readonly done: (commandId: string) => number | undefined;
}

/** Where a stream stood. Opaque: only {@link Streams} makes and reads one, so nobody can append at a wrong place. */
export interface StreamToken {
  readonly stream: StreamName;
  readonly revision: number;
  readonly hash: string;
  /** `recordedAt` of the last event; the next one is never earlier. */
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
    events: ReadonlyArray<EncodedEvent<StoredEvent>>,
  ) => Promise<E.Either<RegisterError, Appended>>;
  /** Something that was read before is not in the store any more: everything is read anew. */
  readonly distrust: () => void;
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
   * Shared by all entries of a stream and only ever added to: a book that is a little ahead of its entry's state tells
   * of a command that was recorded, which is what is asked.
   *
   * Every command of the stream is in it, however long ago: a retry is answered whenever it comes. It is what grows
   * with a stream for as long as it is kept, and so what the bound on kept events is for.
   */
  readonly book: CommandBook;
}

const pageSize = 512;

/**
 * Makes the loader of one kind of streams.
 *
 * What is kept is found out to be of another store (one that was set back to a backup under a running program) when an
 * append meets a stream that is shorter, a tail that does not follow, or a retry that does not find its events. Then
 * everything is read anew, and no caller is refused for it. Until then a stream without new events is as it was read.
 */
export const createStreams = <S>(options: {
  readonly store: EventStore;
  readonly codec: EventCodec<StoredEvent>;
  readonly sha256: Sha256;
  readonly fold: Fold<S>;
  readonly caches: StreamCaches;
}): Streams<S> => {
  const { store, codec, sha256, fold } = options;
  const cache = options.caches.open<Entry<S>>();

  const empty = (stream: StreamName): Entry<S> => ({
    state: fold.initial,
    token: { stream, ...chainStart(stream), recordedAt: '' },
    book: createCommandBook(),
  });

  const foldOne = (
    from: Entry<S>,
    recorded: RecordedEvent,
    decoded: Decoded<StoredEvent>,
    drafts: Drafts,
  ): Entry<S> => {
    const { revision, hash } = recorded;
    const { stream } = from.token;
    if (decoded._tag !== 'Event') {
      const { recordedAt } = from.token;
      return { ...from, token: { stream, revision, hash, recordedAt } };
    }
    const { recordedAt, commandId } = decoded.event.meta;
    from.book.note(commandId, revision);
    const state = fold.evolve(from.state, decoded.event, drafts);
    return { state, token: { stream, revision, hash, recordedAt }, book: from.book };
  };

  const foldPage = (
    from: Entry<S>,
    events: ReadonlyArray<RecordedEvent>,
    drafts: Drafts,
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
      entry = foldOne(entry, recorded, decoded, drafts);
    }
    return E.right(entry);
  };

  const readAfter = ({ token }: Entry<S>) => store.readStream(token.stream, token.revision + 1, pageSize)();

  /** Folds what follows an entry, `first` of it and what comes after. Nothing of the entry is changed but its book. */
  const complete = async (
    from: Entry<S>,
    first: E.Either<StoreFault, Page>,
  ): Promise<E.Either<RegisterError, Entry<S>>> => {
    const drafts = createDrafts();
    let entry = from;
    let page = first;
    while (E.isRight(page) && page.right.events.length > 0) {
      const folded = foldPage(entry, page.right.events, drafts);
      if (E.isLeft(folded)) return folded;
      entry = folded.right;
      if (page.right.end) break;
      page = await readAfter(entry);
    }
    return E.isLeft(page) ? E.left(fromStoreFault(page.left)) : E.right(entry);
  };

  const loaded = ({ state, token, book }: Entry<S>): Loaded<S> => ({
    state,
    token,
    done: book.firstOf,
  });

  const load: Streams<S>['load'] = async (stream) => {
    const epoch = cache.epoch();
    const kept = cache.get(stream);
    const entry = kept ?? empty(stream);
    const page = await readAfter(entry);
    // Nearly always there is nothing new.
    if (E.isRight(page) && page.right.events.length === 0) {
      cache.keep(entry, epoch);
      return E.right(loaded(entry));
    }
    let completed = await complete(entry, page);
    if (kept !== undefined && E.isLeft(completed) && completed.left.code === 'STORE_CORRUPT') {
      cache.drop(stream);
      const anew = empty(stream);
      completed = await complete(anew, await readAfter(anew));
      // It was what is kept that did not belong to this store.
      if (E.isRight(completed)) cache.distrust();
    }
    if (E.isLeft(completed)) return completed;
    cache.keep(completed.right, epoch);
    return E.right(loaded(completed.right));
  };

  const append: Streams<S>['append'] = async (token, events) => {
    const expected = token.revision === -1 ? 'no-stream' : token.revision;
    const toAppend = events.map((event) => event.toAppend);
    const result = await store.append(token.stream, expected, toAppend)();
    if (E.isLeft(result)) return E.left(fromStoreFault(result.left));
    if (result.right._tag === 'Conflict') {
      const { actual } = result.right;
      if ((actual === 'no-stream' ? -1 : actual) < token.revision) cache.distrust();
      return E.right({ _tag: 'Conflict' });
    }
    // A repeat may be of another command under the same id: reading again tells what stands there.
    if (result.right.idempotent) return E.right({ _tag: 'Conflict' });
    const { position } = result.right;
    // Positions before the last are the store's own; what was written is known but for them.
    const written = events.map((event, index): ReadBack => {
      const revision = token.revision + 1 + index;
      const recorded: RecordedEvent = { ...event.toAppend, stream: token.stream, revision, position };
      return { recorded, decoded: { _tag: 'Event', event: event.readBack(position) } };
    });
    const kept = cache.get(token.stream);
    if (kept !== undefined && kept.token.hash === token.hash) {
      // The chain of what was just sealed here needs no check; the next reader checks it.
      const next = written.reduce(
        (entry, { recorded, decoded }) => foldOne(entry, recorded, decoded, copies),
        kept,
      );
      cache.keep(next, cache.epoch());
    }
    return E.right({ _tag: 'Appended', events: written });
  };

  return { load, append, distrust: cache.distrust };
};
