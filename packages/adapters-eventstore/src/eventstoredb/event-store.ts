/**
 * An event store on EventStoreDB.
 *
 * @packageDocumentation
 */
import { setMaxListeners } from 'node:events';
import {
  type EventStore,
  type Position,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { firstRevision, pageLimit } from '../append-rules.js';
import { appender } from './append.js';
import { batchLane } from './batch-lane.js';
import { type Connection, openConnection } from './connection.js';
import { closedFault } from './faults.js';
import { namesIn, namespacePattern } from './names.js';
import { pagesOf } from './pages.js';
import { readWhole } from './reader.js';
import { recentIds } from './recent-ids.js';
import { retrying } from './retry.js';
import { type FollowItem, type StoreNotice, subscribe } from './subscribe.js';
import type { Tampering } from './tampering.js';
import { tamperedStreams, verifyStreams } from './verify.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Options of {@link eventStoreDb}. */
export interface EventStoreDbOptions {
  /**
   * `esdb://name:password@host:2113?tlsCAFile=ca.crt`, or `esdb+discover://…` or several hosts for a cluster. With `tls=false`
   * everything is sent in clear, and no name or password at all.
   */
  readonly connectionString: string;
  /** In front of every stream's name, ending with a dot, so that several registers can share a server. @defaultValue '' */
  readonly namespace?: string;
  /** How long one call may go without an answer. @defaultValue 5000 */
  readonly deadlineMilliseconds?: number;
  /** How long a read or an append is tried again, over elections and restarts. @defaultValue 15000 */
  readonly patienceMilliseconds?: number;
  /** The server's `MaxAppendSize` in octets. @defaultValue 1048576, as the server's own */
  readonly largestAppend?: number;
  /** How many ids of this process are remembered; see {@link eventStoreDb}. @defaultValue 100000 */
  readonly rememberedIds?: number;
  /** Told of tampering, by every read of all streams and every subscription that comes past it, and of lost connections. */
  readonly notice?: (notice: StoreNotice) => void;
}

/** An {@link EventStore} on EventStoreDB, with what its operator needs. */
export interface EventStoreDbEventStore extends EventStore {
  /** As `subscribeAll`, and tells each time when everything that was there is seen. */
  readonly follow: (
    from: 'start' | { readonly after: Position },
    signal: AbortSignal,
  ) => AsyncIterable<FollowItem>;
  /** The option of this name: octets of one append, as `appendSize` counts them. */
  readonly largestAppend: number;
  /** As `readAll`, of the streams that evidence lies in, which no reader of events sees. */
  readonly readEvidence: EventStore['readAll'];
  /**
   * Reads everything, and the beginning of each stream again: `STORE_CORRUPT` names the first stream with events missing before
   * others, or streams that were deleted, also after a scavenge. What was cut off at an end shows nothing of itself, nor does a
   * tombstone that a server was told to scavenge against its rule; a copy of the heads of the chains, kept elsewhere, does.
   */
  readonly verify: () => TaskEither<StoreFault, void>;
  /**
   * The streams, of events and of evidence, that somebody deleted or truncated with the server's own means, so that events are
   * gone or hidden. Whoever reads all streams gets what is left of them and no fault, and asks this first. Reads everything.
   */
  readonly tampered: () => TaskEither<StoreFault, ReadonlyArray<Tampering>>;
}

type Settings = Required<Omit<EventStoreDbOptions, 'connectionString'>>;

const defaults: Settings = {
  namespace: '',
  deadlineMilliseconds: 5_000,
  patienceMilliseconds: 15_000,
  largestAppend: 1_048_576,
  rememberedIds: 100_000,
  notice: (): void => {},
};

// -------------------------------------------------------------------------------------
// store
// -------------------------------------------------------------------------------------

const storeOver = (connection: Connection, options: Settings): EventStoreDbEventStore => {
  const { deadlineMilliseconds, patienceMilliseconds, largestAppend } = options;
  const notice = (told: StoreNotice): void => {
    try {
      options.notice(told);
    } catch {
      // Whoever listens badly stops no reader.
    }
  };
  const names = namesIn(options.namespace);
  const closing = new AbortController();
  // As many may wait as there are callers.
  setMaxListeners(0, closing.signal);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  const patiently: <A>(attempt: Parameters<typeof retrying<A>>[0]) => ReturnType<typeof retrying<A>> = (
    attempt,
  ) => retrying(attempt, patienceMilliseconds, closing.signal);
  const pages = pagesOf(
    (request, doing, take) =>
      patiently(() => readWhole(connection, request, deadlineMilliseconds, doing, take)),
    names,
  );
  const append = appender({
    lane: batchLane(connection, deadlineMilliseconds),
    pages,
    names,
    recent: recentIds(options.rememberedIds),
    largestAppend,
    retrying: patiently,
  });

  const guarded =
    <A>(work: () => Promise<E.Either<StoreFault, A>>): TaskEither<StoreFault, A> =>
    async () => {
      if (closed) return E.left(closedFault);
      const running = work();
      underWay.add(running);
      try {
        return await running;
      } finally {
        underWay.delete(running);
      }
    };

  const readAll: EventStore['readAll'] = (from, limit) =>
    guarded(() =>
      pages.all(from, pageLimit(limit), (tampering, position) =>
        notice({ _tag: 'Tampering', ...tampering, position }),
      ),
    );
  const readEvidence: EventStore['readAll'] = (from, limit) =>
    guarded(() => pages.evidence(from, pageLimit(limit)));
  const readStream: EventStore['readStream'] = (stream: StreamName, from, limit) =>
    guarded(() => pages.stream(stream, firstRevision(from), pageLimit(limit)));
  const follow: EventStoreDbEventStore['follow'] = (from, signal) =>
    subscribe({ connection, names, closing: closing.signal, deadlineMilliseconds, notice }, from, signal);

  async function* subscribeAll(from: Parameters<EventStore['subscribeAll']>[0], signal: AbortSignal) {
    for await (const item of follow(from, signal)) if (item._tag !== 'CaughtUp') yield item;
  }

  return {
    append: (stream, expected, events) => guarded(() => append(stream, expected, events)),
    largestAppend,
    readStream,
    readAll,
    readEvidence,
    subscribeAll,
    follow,
    head: () => guarded(() => pages.head()),
    verify: () => guarded(() => verifyStreams(pages)),
    tampered: () => guarded(() => tamperedStreams(pages)),
    close: async () => {
      if (closed) return;
      closed = true;
      await Promise.allSettled(underWay);
      closing.abort();
      await connection.close();
    },
  };
};

/**
 * Opens the store; the server must answer. Faults: `STORE_UNAVAILABLE` when the connection string is not understood, the server
 * does not answer within the patience, or refuses name and password.
 *
 * The rules are those of the port, kept by the server, with one exception: it has no index over event ids. `EVENT_ID_TAKEN` is
 * answered for ids that this process stored lately, and not for one that another process stored in another stream.
 */
export const eventStoreDb =
  (options: EventStoreDbOptions): TaskEither<StoreFault, EventStoreDbEventStore> =>
  async () => {
    const { connectionString, ...given } = options;
    const settings: Settings = { ...defaults, ...given };
    if (!namespacePattern.test(settings.namespace)) {
      return E.left(
        storeFault('STORE_UNAVAILABLE', 'a namespace is letters, digits and dots, and ends with a dot'),
      );
    }
    const connection = openConnection(connectionString);
    if (E.isLeft(connection)) return connection;
    const store = storeOver(connection.right, settings);
    const reached = await store.head()();
    if (E.isRight(reached)) return E.right(store);
    await store.close();
    return reached;
  };
