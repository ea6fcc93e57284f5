/**
 * The file of read models: opened the house's way, and only when it is ours.
 *
 * @packageDocumentation
 */
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import { isBusy, toFault } from './faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface DatabaseOptions {
  /** Path of the file, made (readable by its owner alone) when it is not there; or `:memory:`. */
  readonly file: string;
  /** How long a write waits for another process's write before it fails. @defaultValue 5000 */
  readonly busyTimeoutMilliseconds?: number;
  /** The largest size of the file; beyond it every write answers `DATABASE_FULL`. @defaultValue no limit */
  readonly maxBytes?: number;
}

export const defaultBusyTimeout = 5_000;

const applicationId = 0x4d_44_70_72;
const schemaVersion = 1;

const schema = `
  CREATE TABLE mandate_projections (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    prefix TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    position TEXT,
    applied INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    tables TEXT NOT NULL,
    PRIMARY KEY (name, version, generation)
  ) STRICT;
  CREATE TABLE mandate_chain (id INTEGER PRIMARY KEY CHECK (id = 1), position TEXT) STRICT;
  INSERT INTO mandate_chain (id, position) VALUES (1, NULL);
  CREATE TABLE mandate_chain_ends (
    stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

// -------------------------------------------------------------------------------------
// opening
// -------------------------------------------------------------------------------------

const numberPragma = (db: Database.Database, name: string): number =>
  Number(db.pragma(name, { simple: true }));

const isEmpty = (db: Database.Database): boolean =>
  db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;

const kindFault = (db: Database.Database): ProjectionFault | undefined => {
  if (numberPragma(db, 'application_id') !== applicationId) {
    return projectionFault('DATABASE_CORRUPT', 'the file is a database, but not one of read models');
  }
  const version = numberPragma(db, 'user_version');
  return version === schemaVersion
    ? undefined
    : projectionFault('DATABASE_CORRUPT', `schema version ${version} is not ${schemaVersion}`);
};

const create = (db: Database.Database): void => {
  db.transaction(() => {
    // Another process may have made it between our look and our lock.
    if (!isEmpty(db)) return;
    db.exec(schema);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
};

const prepare = (db: Database.Database, options: DatabaseOptions): ProjectionFault | undefined => {
  const foreign = isEmpty(db) ? undefined : kindFault(db);
  // A file of somebody else is left as it is: nothing is set before the kind is known.
  if (foreign !== undefined) return foreign;
  db.pragma('journal_mode = WAL');
  // A power cut may undo the last commits, rows and checkpoint together; they are made again.
  db.pragma('synchronous = NORMAL');
  // Names of persons who were forgotten shall not linger in free pages.
  db.pragma('secure_delete = ON');
  if (options.maxBytes !== undefined) {
    const pages = Math.max(1, Math.floor(options.maxBytes / numberPragma(db, 'page_size')));
    db.pragma(`max_page_count = ${pages}`);
  }
  if (isEmpty(db)) create(db);
  return kindFault(db);
};

const touchIfPossible = (file: string): void => {
  if (file === ':memory:') return;
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch {
    // What is wrong with the file is told by SQLite when it opens it.
  }
};

const openOnce = (options: DatabaseOptions): E.Either<ProjectionFault, Database.Database> | 'busy' => {
  let db: Database.Database | undefined;
  try {
    db = new Database(options.file, { timeout: 50 });
    const fault = prepare(db, options);
    if (fault === undefined) return E.right(db);
    db.close();
    return E.left(fault);
  } catch (error) {
    db?.close();
    return isBusy(error) ? 'busy' : E.left(toFault(error));
  }
};

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens or makes the file. Waits, without stopping the process, while another process makes it. */
export const openDatabase = async (
  options: DatabaseOptions,
): Promise<E.Either<ProjectionFault, Database.Database>> => {
  const until = performance.now() + (options.busyTimeoutMilliseconds ?? defaultBusyTimeout);
  touchIfPossible(options.file);
  for (;;) {
    const opened = openOnce(options);
    if (opened !== 'busy') return opened;
    if (performance.now() > until) {
      return E.left(projectionFault('DATABASE_UNAVAILABLE', 'another process keeps the file locked'));
    }
    await pause(5);
  }
};

/** Opens a file that is there for reading alone. */
export const openReadOnly = (file: string): E.Either<ProjectionFault, Database.Database> => {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: 50 });
    const fault = kindFault(db);
    if (fault === undefined) return E.right(db);
    db.close();
    return E.left(fault);
  } catch (error) {
    db?.close();
    return E.left(toFault(error));
  }
};
