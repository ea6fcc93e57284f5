/**
 * Copies of a database in use, and checks of a whole file.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StoreFault, storeFault } from '@mandate/domain';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { closedFault, toFault } from './faults.js';

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

const inTheWay = (path: string): E.Either<StoreFault, never> =>
  E.left(storeFault('STORE_UNAVAILABLE', `a backup is never written over something else: ${path}`));

/** Copies a database that is in use to a new file; the file gets its name once it has been checked. */
const backupDatabase = async (db: Database.Database, file: string): Promise<E.Either<StoreFault, void>> => {
  if (existsSync(file)) return inTheWay(file);
  const partial = `${file}.partial`;
  try {
    await rm(partial, { force: true });
    // For its owner alone from the beginning: it may hold keys.
    await writeFile(partial, '', { mode: 0o600, flag: 'wx' });
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

/** Backups of an open database. */
export interface Backups {
  /**
   * Copies the database, while it is in use, into one new file that is checked before it gets its name.
   * `STORE_UNAVAILABLE` when that file exists.
   */
  readonly to: (file: string) => TaskEither<StoreFault, void>;
  /** Resolves when none is under way. */
  readonly ended: () => Promise<void>;
}

/** Makes the {@link Backups} of a database, which must not be closed while one is under way. */
export const backupsOf = (db: Database.Database, isClosed: () => boolean): Backups => {
  const underWay = new Set<Promise<unknown>>();
  return {
    to: (file) => async () => {
      if (isClosed()) return E.left(closedFault);
      const copy = backupDatabase(db, file);
      underWay.add(copy);
      const answer = await copy;
      underWay.delete(copy);
      return answer;
    },
    ended: async () => {
      await Promise.all(underWay);
    },
  };
};

/** Fills a new directory, one file after the other; it gets its name when all of them are there. */
export const backupDirectory = async <L>(
  directory: string,
  files: ReadonlyArray<readonly [name: string, copy: (file: string) => TaskEither<L, void>]>,
): Promise<E.Either<L | StoreFault, void>> => {
  if (existsSync(directory)) return inTheWay(directory);
  const partial = `${directory}.partial`;
  try {
    await mkdir(partial, { mode: 0o700 });
  } catch (error) {
    return E.left(toFault(error));
  }
  try {
    for (const [name, copy] of files) {
      const copied = await copy(join(partial, name))();
      if (E.isLeft(copied)) return copied;
    }
    await rename(partial, directory);
    return E.right(undefined);
  } catch (error) {
    return E.left(toFault(error));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
};
