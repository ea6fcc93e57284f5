/**
 * The embedded default: an event store in one SQLite file.
 *
 * @packageDocumentation
 */
import { type EventStore, type ReadAllFrom, type StoreFault, storeFault } from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { batchFault, firstRevision, pageLimit } from '../append-rules.js';
import { makeBell } from '../bell.js';
import { parsePosition, printPosition } from '../position.js';
import { follow } from '../subscription.js';
import { backupsOf, verifyDatabase } from './backup.js';
import { appendNow, eventStoreKind, pageOf, statementsOf } from './event-table.js';
import { closedFault, toFault, toOpeningFault } from './faults.js';
import { knownEnds } from './known-ends.js';
import { oncePerTurn } from './once-per-turn.js';
import { defaultBusyTimeout, openDatabase, type SqliteOptions } from './open.js';
import { groupWriter } from './writer.js';

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

/** The store over a database that is open and of {@link eventStoreKind}. */
export const eventStoreOver = (db: Database, options: SqliteEventStoreOptions): SqliteEventStore => {
  const statements = statementsOf(db);
  const writer = groupWriter(db, options.busyTimeoutMilliseconds ?? defaultBusyTimeout);
  const ends = knownEnds(
    rememberedEnds,
    oncePerTurn(() => statements.dataVersion.get()),
  );
  let seenVersion = statements.dataVersion.get();
  let closed = false;
  const backups = backupsOf(db, () => closed);
  const bell = makeBell({
    everyMilliseconds: options.pollMilliseconds ?? 100,
    changed: () => {
      if (closed) return true;
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

  const reading =
    <A>(work: () => E.Either<StoreFault, A>): TaskEither<StoreFault, A> =>
    async () => {
      if (closed) return E.left(closedFault);
      try {
        return work();
      } catch (error) {
        return E.left(toFault(error));
      }
    };

  const append: EventStore['append'] = (stream, expected, events) => async () => {
    const invalid = batchFault(stream, events);
    if (invalid !== undefined) return E.left(closed ? closedFault : invalid);
    const written = await writer.write(() => {
      ends.forget(stream);
      const answer = appendNow(statements, stream, expected, events);
      // Should the transaction be undone, there is nothing at the revision after either.
      if (E.isRight(answer) && answer.right._tag === 'Appended' && !answer.right.idempotent) {
        ends.learn(stream, answer.right.revision + 1);
      }
      return answer;
    });
    if (E.isLeft(written)) return written;
    const answer = written.right;
    if (E.isRight(answer) && answer.right._tag === 'Appended') bell.ring();
    return answer;
  };

  const readAll: EventStore['readAll'] = (from, limit) =>
    reading(() => {
      const after = lowerBound(from);
      const most = pageLimit(limit);
      return after === undefined
        ? E.left(storeFault('BATCH_INVALID', 'not a position of this store'))
        : E.right(pageOf(statements.all.all(after, most + 1), most));
    });

  const readStream: EventStore['readStream'] = (stream, from, limit) =>
    reading(() => {
      const first = firstRevision(from);
      if (ends.endsBefore(stream, first)) return E.right({ events: [], end: true });
      const most = pageLimit(limit);
      const page = pageOf(statements.stream.all(stream, first, most + 1), most);
      if (page.end) ends.learn(stream, first + page.events.length);
      return E.right(page);
    });

  const close = async (): Promise<void> => {
    closed = true;
    bell.ring();
    await writer.close();
    await backups.ended();
    db.close();
  };

  return {
    append,
    readStream,
    readAll,
    subscribeAll: (from, signal) => follow(readAll, bell, from, signal),
    head: () =>
      reading(() => {
        const position = statements.head.get() ?? undefined;
        return E.right(position === undefined ? undefined : printPosition(position));
      }),
    close,
    backup: backups.to,
    verify: () => reading(() => verifyDatabase(db)),
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
export const sqliteEventStore =
  (options: SqliteEventStoreOptions): TaskEither<StoreFault, SqliteEventStore> =>
  async () => {
    const db = openDatabase(options, eventStoreKind);
    if (E.isLeft(db)) return db;
    try {
      return E.right(eventStoreOver(db.right, options));
    } catch (error) {
      db.right.close();
      return E.left(toOpeningFault(error));
    }
  };
