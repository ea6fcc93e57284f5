/**
 * What SQLite says, in the words of the port.
 *
 * @packageDocumentation
 */
import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type StoreFault, storeFault } from '@mandate/domain';
import Database from 'better-sqlite3';

/** SQLite's extended result code (`SQLITE_BUSY_SNAPSHOT`), or '' when the error is not SQLite's. */
export const sqliteCode = (error: unknown): string =>
  error instanceof Database.SqliteError ? error.code : '';

/** True when another connection holds the lock. */
export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));

// The index of the log is a file that is made larger, and nothing else is done with it: what fails then is room.
const noRoom: ReadonlySet<string> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);

/** Thrown where a key does not unwrap, to undo the transaction around it. */
export const damagedKey = new Error('a key in the vault was changed or damaged');

const codeOf = (error: unknown): StoreFault['code'] => {
  if (error === damagedKey) return 'STORE_CORRUPT';
  const code = sqliteCode(error);
  if (noRoom.has(code)) return 'STORE_FULL';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'STORE_CORRUPT';
  return 'STORE_UNAVAILABLE';
};

/** Turns whatever a database call threw into a {@link StoreFault}. */
export const toFault = (error: unknown): StoreFault => {
  const message = error instanceof Error ? error.message : String(error);
  const code = sqliteCode(error);
  return storeFault(codeOf(error), code === '' ? message : `${code}: ${message}`);
};

/** {@link toFault} for the moment of opening: a statement that does not fit our own tables means that they are damaged. */
export const toOpeningFault = (error: unknown): StoreFault => {
  const fault = toFault(error);
  return sqliteCode(error) === 'SQLITE_ERROR' ? storeFault('STORE_CORRUPT', fault.detail) : fault;
};

const hasNoRoom = (file: string): boolean => {
  try {
    return statfsSync(dirname(file)).bavail === 0;
  } catch {
    return false;
  }
};

const may = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
};

/**
 * {@link toFault} for what kept a file from being opened. SQLite tells that nothing can be made beside it and not why: the
 * file system is asked. The file itself is not opened: closing it would drop the locks that SQLite has on it in this process.
 */
export const toFaultOfFile = (error: unknown, file: string): StoreFault => {
  const fault = toFault(error);
  if (!/^SQLITE_(?:CANTOPEN|IOERR|READONLY)/.test(sqliteCode(error))) return fault;
  if (hasNoRoom(file)) return storeFault('STORE_FULL', fault.detail);
  if (!may(file, constants.R_OK) || may(dirname(file), constants.W_OK)) return fault;
  const advice = 'its folder cannot be written to, and the file was in use: copy it to where it can';
  return storeFault(fault.code, `${fault.detail}: ${advice}`);
};

/** The answer of everything that was closed. */
export const closedFault: StoreFault = storeFault('STORE_CLOSED', 'the store was closed');
