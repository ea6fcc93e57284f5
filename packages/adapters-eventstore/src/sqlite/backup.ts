/**
 * Copies of a database in use, and checks of a whole file.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { type StoreFault, storeFault } from '@mandate/domain';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { toFault } from './faults.js';

/** Reads the whole file and compares tables with indexes. */
export const verifyDatabase = (db: Database.Database): E.Either<StoreFault, void> => {
  const [first] = db.prepare<[], string>('PRAGMA integrity_check(1)').pluck().all();
  return first === 'ok'
    ? E.right(undefined)
    : E.left(storeFault('STORE_CORRUPT', `the file is damaged: ${first ?? 'no answer'}`));
};

const verifyCopy = (file: string): E.Either<StoreFault, void> => {
  const copy = new Database(file);
  try {
    // The copy has no write-ahead log yet; out of WAL mode it stays one file that can be moved about.
    copy.pragma('journal_mode = DELETE');
    return verifyDatabase(copy);
  } finally {
    copy.close();
  }
};

/** Copies a database that is in use to a new file; the file gets its name once it has been checked. */
export const backupDatabase = async (
  db: Database.Database,
  file: string,
): Promise<E.Either<StoreFault, void>> => {
  if (existsSync(file)) {
    return E.left(storeFault('STORE_UNAVAILABLE', `a backup is never written over another file: ${file}`));
  }
  const partial = `${file}.partial`;
  try {
    await rm(partial, { force: true });
    await db.backup(partial);
    const verified = verifyCopy(partial);
    if (E.isLeft(verified)) return verified;
    await rename(partial, file);
    return E.right(undefined);
  } catch (error) {
    return E.left(toFault(error));
  } finally {
    await rm(partial, { force: true });
  }
};
