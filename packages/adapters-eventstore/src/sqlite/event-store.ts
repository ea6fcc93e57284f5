/**
 * The embedded default: an event store in one SQLite file.
 *
 * One table. Its key is the position, so a replay reads the file from front to back; `UNIQUE (stream, revision)`
 * and `UNIQUE (id)` are the rules and the indexes at once. Ids and hashes are text: as blobs they would save 3 %
 * of the file and halve the speed of reading.
 *
 * @packageDocumentation
 */
import {
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Page,
  type ReadAllFrom,
  type RecordedEvent,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { asExpected, batchFault, firstRevision, judge, pageLimit } from '../append-rules.js';
import { makeBell } from '../bell.js';
import { parsePosition, printPosition } from '../position.js';
import { follow } from '../subscription.js';
import { backupDatabase, verifyDatabase } from './backup.js';
import { closedFault, sqliteCode, toFault, toOpeningFault } from './faults.js';
import { defaultBusyTimeout, type FileKind, openDatabase, type SqliteOptions } from './open.js';
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

/** How an event store's file is recognised. */
export const eventStoreKind: FileKind = {
  name: 'event store',
  applicationId: 0x4d_44_65_76,
  schemaVersion: 1,
  schema: `
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      revision INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      body TEXT NOT NULL,
      hash TEXT NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT`,
};

type Row = [
  position: number,
  stream: StreamName,
  revision: number,
  id: string,
  type: string,
  body: string,
  hash: string,
];

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const columns = 'position, stream, revision, id, type, body, hash';

const statementsOf = (db: Database) => ({
  insert: db.prepare<[string, number, string, string, string, string]>(
    'INSERT INTO events (stream, revision, id, type, body, hash) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  remove: db.prepare<[string, number]>('DELETE FROM events WHERE stream = ? AND revision >= ?'),
  last: db.prepare<[string], number | null>('SELECT max(revision) FROM events WHERE stream = ?').pluck(),
  ids: db
    .prepare<[string, number, number], string>(
      'SELECT id FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    )
    .pluck(),
  positionOf: db
    .prepare<[string, number], number>('SELECT position FROM events WHERE stream = ? AND revision = ?')
    .pluck(),
  head: db.prepare<[], number | null>('SELECT max(position) FROM events').pluck(),
  stream: db
    .prepare<[string, number, number], Row>(
      `SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    )
    .raw(),
  all: db
    .prepare<[number, number], Row>(
      `SELECT ${columns} FROM events WHERE position > ? ORDER BY position LIMIT ?`,
    )
    .raw(),
  dataVersion: db.prepare<[], number>('PRAGMA data_version').pluck(),
});

type Statements = ReturnType<typeof statementsOf>;

const recorded = ([position, stream, revision, id, type, body, hash]: Row): RecordedEvent => ({
  position: printPosition(position),
  stream,
  revision,
  id,
  type,
  body,
  hash,
});

// One row more than asked for was read: it tells whether there is more, and nothing else.
const pageOf = (rows: Array<Row>, limit: number): Page => {
  const end = rows.length <= limit;
  if (!end) rows.pop();
  return { events: rows.map(recorded), end };
};

// -------------------------------------------------------------------------------------
// append
// -------------------------------------------------------------------------------------

/** Inserts all or, when an id is taken, none. Runs inside a transaction that it shares with others. */
const insertAll = (
  statements: Statements,
  stream: StreamName,
  first: number,
  events: ReadonlyArray<EventToAppend>,
): E.Either<StoreFault, number> => {
  let position = 0;
  let revision = first;
  for (const { id, type, body, hash } of events) {
    try {
      position = Number(statements.insert.run(stream, revision, id, type, body, hash).lastInsertRowid);
      revision += 1;
    } catch (error) {
      // The revision was looked at in this very transaction, so the id alone can be taken.
      if (sqliteCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
      if (revision > first) statements.remove.run(stream, first);
      return E.left(storeFault('EVENT_ID_TAKEN', `event ${id} is in the store already`));
    }
  }
  return E.right(position);
};

const appendNow = (
  statements: Statements,
  stream: StreamName,
  expected: ExpectedRevision,
  events: ReadonlyArray<EventToAppend>,
): E.Either<StoreFault, AppendResult> => {
  const last = statements.last.get(stream) ?? -1;
  const verdict = judge(last, expected, events, (from, to) => statements.ids.all(stream, from, to));
  if (verdict._tag === 'Refuse') return E.right({ _tag: 'Conflict', actual: asExpected(last) });
  if (verdict._tag === 'Repeat') {
    const position = printPosition(statements.positionOf.get(stream, verdict.last) ?? 0);
    return E.right({ _tag: 'Appended', revision: verdict.last, position, idempotent: true });
  }
  const inserted = insertAll(statements, stream, verdict.first, events);
  return E.isLeft(inserted)
    ? inserted
    : E.right({
        _tag: 'Appended',
        revision: verdict.first + events.length - 1,
        position: printPosition(inserted.right),
        idempotent: false,
      });
};

// -------------------------------------------------------------------------------------
// store
// -------------------------------------------------------------------------------------

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
  const backups = new Set<Promise<unknown>>();
  let seenVersion = statements.dataVersion.get();
  let closed = false;
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
    const written = await writer.write(() => appendNow(statements, stream, expected, events));
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

  const close = async (): Promise<void> => {
    closed = true;
    bell.ring();
    await writer.close();
    await Promise.all(backups);
    db.close();
  };

  return {
    append,
    readStream: (stream, from, limit) =>
      reading(() => {
        const most = pageLimit(limit);
        return E.right(pageOf(statements.stream.all(stream, firstRevision(from), most + 1), most));
      }),
    readAll,
    subscribeAll: (from, signal) => follow(readAll, bell, from, signal),
    head: () =>
      reading(() => {
        const position = statements.head.get() ?? undefined;
        return E.right(position === undefined ? undefined : printPosition(position));
      }),
    close,
    backup: (file) => async () => {
      if (closed) return E.left(closedFault);
      const copy = backupDatabase(db, file);
      backups.add(copy);
      const answer = await copy;
      backups.delete(copy);
      return answer;
    },
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
