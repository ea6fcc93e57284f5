/**
 * The embedded default: an event store in one SQLite file.
 *
 * @packageDocumentation
 */
import { type EventStore, type ReadAllFrom, type StoreFault, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { batchFault, firstRevision, pageLimit } from '../append-rules.js';
import { makeBell } from '../bell.js';
import { parsePosition, printPosition } from '../position.js';
import { follow } from '../subscription.js';
import { openAdapter, type SqliteFile } from './adapter.js';
import { appendNow, eventStoreKind, pageOf, statementsOf } from './event-table.js';
import { closedFault } from './faults.js';
import { knownEnds } from './known-ends.js';
import { oncePerTurn } from './once-per-turn.js';
import type { SqliteOptions } from './open.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Options of {@link sqliteEventStore}. */
export interface SqliteEventStoreOptions extends SqliteOptions {
  /** How often a waiting subscription looks for what other processes wrote. @defaultValue 100 */
  readonly pollMilliseconds?: number;
}

/** An {@link EventStore} on a file, with what its operator needs. */
export interface SqliteEventStore extends EventStore {
  /**
   * Copies the store, while it is in use, into one new file that is checked before it gets its name.
   * `STORE_UNAVAILABLE` when that file exists.
   */
  readonly backup: (file: string) => TaskEither<StoreFault, void>;
  /** Reads the whole file and its indexes; `STORE_CORRUPT` tells what is damaged. */
  readonly verify: () => TaskEither<StoreFault, void>;
  /** How many events it holds; looks through an index, so it is for operators and not for a command. */
  readonly count: () => TaskEither<StoreFault, number>;
}

// -------------------------------------------------------------------------------------
// store
// -------------------------------------------------------------------------------------

const rememberedEnds = 10_000;

/** The number that positions of a read lie above, `undefined` for a text that is no position. */
const lowerBound = (from: ReadAllFrom): number | undefined => {
  if (from === 'start') return 0;
  const value = parsePosition('at' in from ? from.at : from.after);
  return value !== undefined && 'at' in from ? value - 1 : value;
};

/** The store over a file that is open and of {@link eventStoreKind}. */
export const eventStoreOver = (file: SqliteFile, options: SqliteEventStoreOptions): SqliteEventStore => {
  const { db, reading, readingEither } = file;
  const statements = statementsOf(db);
  const ends = knownEnds(
    rememberedEnds,
    oncePerTurn(() => statements.dataVersion.get()),
  );
  let seenVersion = statements.dataVersion.get();
  const bell = makeBell({
    everyMilliseconds: options.pollMilliseconds ?? 100,
    changed: () => {
      if (file.isClosed()) return true;
      try {
        const version = statements.dataVersion.get();
        if (version === seenVersion) return false;
        seenVersion = version;
        return true;
      } catch {
        // The subscription reads next and tells the fault.
        return true;
      }
    },
  });

  const append: EventStore['append'] = (stream, expected, events) => async () => {
    const invalid = batchFault(stream, events);
    if (invalid !== undefined) return E.left(file.isClosed() ? closedFault : invalid);
    const written = await file.writing(() => {
      ends.forget(stream);
      const answer = appendNow(statements, stream, expected, events);
      // Should the transaction be undone, there is nothing at the revision after either.
      if (E.isRight(answer) && answer.right._tag === 'Appended' && !answer.right.idempotent) {
        ends.learn(stream, answer.right.revision + 1);
      }
      return answer;
    })();
    if (E.isLeft(written)) return written;
    const answer = written.right;
    if (E.isRight(answer) && answer.right._tag === 'Appended') bell.ring();
    return answer;
  };

  const readAll: EventStore['readAll'] = (from, limit) =>
    readingEither(() => {
      const after = lowerBound(from);
      const most = pageLimit(limit);
      return after === undefined
        ? E.left(storeFault('BATCH_INVALID', 'not a position of this store'))
        : E.right(pageOf(statements.all.all(after, most + 1), most));
    });

  const readStream: EventStore['readStream'] = (stream, from, limit) =>
    readingEither(() => {
      const first = firstRevision(from);
      if (ends.endsBefore(stream, first)) return E.right({ events: [], end: true });
      const most = pageLimit(limit);
      const page = pageOf(statements.stream.all(stream, first, most + 1), most);
      if (page.end) ends.learn(stream, first + page.events.length);
      return E.right(page);
    });

  const close = (): Promise<void> => {
    const closing = file.close();
    // Whoever waits for events finds that there will be none.
    bell.ring();
    return closing;
  };

  return {
    append,
    readStream,
    readAll,
    subscribeAll: (from, signal) => follow(readAll, bell, from, signal),
    head: () =>
      reading(() => {
        const position = statements.head.get() ?? undefined;
        return position === undefined ? undefined : printPosition(position);
      }),
    close,
    backup: file.backup,
    verify: file.verify,
    count: () => reading(() => statements.count.get() ?? 0),
  };
};

/**
 * Opens or makes an event store in a file.
 *
 * Several processes may open the same file: their appends are serialised by SQLite and keep every rule, and each
 * one's subscriptions see what the others wrote. Appends that wait at the same time share one sync.
 *
 * Faults: `STORE_CORRUPT` for a file that is no event store, of another schema version, or damaged;
 * `STORE_UNAVAILABLE` when it cannot be opened.
 */
export const sqliteEventStore = (
  options: SqliteEventStoreOptions,
): TaskEither<StoreFault, SqliteEventStore> =>
  openAdapter(options, eventStoreKind, (file) => eventStoreOver(file, options));
