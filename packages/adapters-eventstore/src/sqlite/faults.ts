/**
 * What SQLite says, in the words of the port.
 *
 * @packageDocumentation
 */
import { type StoreFault, storeFault } from '@mandate/domain';
import Database from 'better-sqlite3';

/** SQLite's extended result code (`SQLITE_BUSY_SNAPSHOT`), or '' when the error is not SQLite's. */
export const sqliteCode = (error: unknown): string =>
  error instanceof Database.SqliteError ? error.code : '';

/** True when another connection holds the lock. */
export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));

const codeOf = (error: unknown): StoreFault['code'] => {
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') return 'STORE_FULL';
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

/** The answer of everything that was closed. */
export const closedFault: StoreFault = storeFault('STORE_CLOSED', 'the store was closed');
