/**
 * Opens a SQLite file the house's way: WAL, durable commits, and only a file that is known to be ours.
 *
 * @packageDocumentation
 */
import { closeSync, openSync, statSync } from 'node:fs';
import { type StoreFault, storeFault } from '@mandate/domain';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { toFaultOfFile } from './faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** When a commit is on disk: `FULL` before it answers; `NORMAL` at the next checkpoint (a power cut may undo it). */
export type Synchronous = 'FULL' | 'NORMAL';

/**
 * What may be done with a file: `make` it where there is none, `write` to one that is there, or only `read` it. A file that
 * is empty or lost its tables is made anew with `make`, and `STORE_CORRUPT` with the others, which leave it as it is.
 */
export type SqliteAccess = 'make' | 'write' | 'read';

/** What every SQLite adapter may be told. */
export interface SqliteOptions {
  /** Path of the file; made (readable by its owner alone) when it is not there. Its directory must exist. */
  readonly file: string;
  /** @defaultValue `make` */
  readonly access?: SqliteAccess;
  /** @defaultValue `FULL` */
  readonly synchronous?: Synchronous;
  /** How long a write waits for another process's write before it fails. @defaultValue 5000 */
  readonly busyTimeoutMilliseconds?: number;
}

/** What kind of file it is, told by numbers in its header. */
export interface FileKind {
  /** For messages: "event store". */
  readonly name: string;
  /** SQLite `application_id`. */
  readonly applicationId: number;
  /** SQLite `user_version` that this code writes. */
  readonly schemaVersion: number;
  /** SQL that makes the tables of that version. */
  readonly schema: string;
  /** True overwrites deleted content with zeros. */
  readonly secureDelete?: boolean;
}

/** Used where {@link SqliteOptions.busyTimeoutMilliseconds} is not given. */
export const defaultBusyTimeout = 5_000;

// SQLite's own waiting stops the whole process, so it is short; the writer waits longer without stopping it.
const blockingTimeout = 50;

// SQLite's own 1,000 pages are a few hundred appends: the same pages would be copied back, and synced, over and over.
// 16 MiB of log are still read back in a moment when a file is opened after a crash.
const checkpointPages = 4_000;

// -------------------------------------------------------------------------------------
// opening
// -------------------------------------------------------------------------------------

const numberPragma = (db: Database.Database, name: string): number =>
  Number(db.pragma(name, { simple: true }));

// A file that bears a number and has no tables is not new: it lost them.
const isNew = (db: Database.Database): boolean =>
  db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() === 0 &&
  numberPragma(db, 'application_id') === 0;

const create = (db: Database.Database, kind: FileKind): void => {
  db.transaction(() => {
    // Another process may have made it between our look and our lock.
    if (!isNew(db)) return;
    db.exec(kind.schema);
    db.pragma(`application_id = ${kind.applicationId}`);
    db.pragma(`user_version = ${kind.schemaVersion}`);
  }).immediate();
};

const kindFault = (db: Database.Database, kind: FileKind): StoreFault | undefined => {
  if (numberPragma(db, 'application_id') !== kind.applicationId) {
    return storeFault('STORE_CORRUPT', `the file is a database, but not of the kind "${kind.name}"`);
  }
  const version = numberPragma(db, 'user_version');
  return version === kind.schemaVersion
    ? undefined
    : storeFault(
        'STORE_CORRUPT',
        `schema version ${version} of the ${kind.name} is not ${kind.schemaVersion}`,
      );
};

const prepare = (db: Database.Database, options: SqliteOptions, kind: FileKind): StoreFault | undefined => {
  const { access = 'make' } = options;
  const fresh = isNew(db);
  if (fresh && access !== 'make') {
    return storeFault('STORE_CORRUPT', `the file is a database without any table: no ${kind.name}`);
  }
  // A file of somebody else is left as it is: nothing is set before the kind is known.
  const foreign = fresh ? undefined : kindFault(db, kind);
  if (foreign !== undefined) return foreign;
  if (access === 'read') {
    // The kind of its journal stays, too: a backup has none, so that it can be read where nothing can be written.
    db.pragma('query_only = ON');
    return undefined;
  }
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${options.synchronous === 'NORMAL' ? 'NORMAL' : 'FULL'}`);
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  db.pragma(`secure_delete = ${kind.secureDelete === true ? 'ON' : 'OFF'}`);
  if (!fresh) return undefined;
  create(db, kind);
  return kindFault(db, kind);
};

const smallestDatabase = 512;

/**
 * Makes the file, for its owner alone, where there is none and it may be made. Answers what is wrong with one that SQLite
 * would take for an empty database and write over, because it is shorter than any database.
 *
 * A file that is there is not opened: closing it would drop the locks that SQLite has on it in this process.
 */
const makeOrSpare = ({ file, access = 'make' }: SqliteOptions): StoreFault | undefined => {
  if (file === ':memory:') return undefined;
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined && access === 'make') closeSync(openSync(file, 'wx', 0o600));
    if (size === undefined || (size === 0 && access === 'make') || size >= smallestDatabase) return undefined;
    return storeFault('STORE_CORRUPT', size === 0 ? 'the file is empty' : 'the file is not a database');
  } catch {
    // What is wrong with the file is told by SQLite when it opens it.
    return undefined;
  }
};

/**
 * Opens or makes a file of a kind. A file that is not ours, newer or damaged is `STORE_CORRUPT`. One that is only to be
 * read is `STORE_UNAVAILABLE` where its log would have to lie beside it and nothing can be written.
 */
export const openDatabase = (
  options: SqliteOptions,
  kind: FileKind,
): E.Either<StoreFault, Database.Database> => {
  let db: Database.Database | undefined;
  try {
    const spared = makeOrSpare(options);
    if (spared !== undefined) return E.left(spared);
    const fileMustExist = options.access !== undefined && options.access !== 'make';
    db = new Database(options.file, { timeout: blockingTimeout, fileMustExist });
    const fault = prepare(db, options, kind);
    if (fault === undefined) return E.right(db);
    db.close();
    return E.left(fault);
  } catch (error) {
    db?.close();
    return E.left(toFaultOfFile(error, options.file));
  }
};
