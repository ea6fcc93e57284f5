/**
 * What the small stores on SQLite have in common: one open file, one writer, reads that answer faults as values.
 *
 * @packageDocumentation
 */
import type { StoreFault } from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type Backups, backupsOf, verifyDatabase } from './backup.js';
import { closedFault, toFault, toOpeningFault } from './faults.js';
import { defaultBusyTimeout, type FileKind, openDatabase, type SqliteOptions } from './open.js';
import { groupWriter } from './writer.js';

/** An open file. */
export interface SqliteFile {
  readonly db: Database;
  /** Runs a read; what it throws becomes a fault. */
  readonly reading: <A>(work: () => A) => TaskEither<StoreFault, A>;
  /** The same of a read that may answer a fault of its own. */
  readonly readingEither: <A>(work: () => E.Either<StoreFault, A>) => TaskEither<StoreFault, A>;
  /** Runs a write in a transaction shared with others that wait; see `Writer.write`. */
  readonly writing: <A>(work: () => A) => TaskEither<StoreFault, A>;
  /** See `Backups.to`. */
  readonly backup: Backups['to'];
  /** Reads the whole file and its indexes; `STORE_CORRUPT` tells what is damaged. */
  readonly verify: () => TaskEither<StoreFault, void>;
  readonly isClosed: () => boolean;
  readonly close: () => Promise<void>;
}

/** Wraps an open database. */
export const sqliteFile = (db: Database, options: SqliteOptions): SqliteFile => {
  const writer = groupWriter(db, options.busyTimeoutMilliseconds ?? defaultBusyTimeout);
  let closed = false;
  const backups = backupsOf(db, () => closed);
  const readingEither: SqliteFile['readingEither'] = (work) => async () => {
    if (closed) return E.left(closedFault);
    try {
      return work();
    } catch (error) {
      return E.left(toFault(error));
    }
  };
  return {
    db,
    reading: (work) => readingEither(() => E.right(work())),
    readingEither,
    writing: (work) => () => writer.write(work),
    backup: backups.to,
    verify: () => readingEither(() => verifyDatabase(db)),
    isClosed: () => closed,
    close: async () => {
      closed = true;
      await writer.close();
      await backups.ended();
      db.close();
    },
  };
};

/** Opens a file of a kind and builds an adapter over it; the file is closed when that fails. */
export const openAdapter =
  <A>(options: SqliteOptions, kind: FileKind, build: (file: SqliteFile) => A): TaskEither<StoreFault, A> =>
  async () => {
    const db = openDatabase(options, kind);
    if (E.isLeft(db)) return db;
    try {
      return E.right(build(sqliteFile(db.right, options)));
    } catch (error) {
      db.right.close();
      return E.left(toOpeningFault(error));
    }
  };
