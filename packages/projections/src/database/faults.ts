/**
 * What SQLite says, in the words of this package.
 *
 * @packageDocumentation
 */
import Database from 'better-sqlite3';
import { type ProjectionFault, type ProjectionFaultCode, projectionFault } from '../fault.js';
import { messageOf } from '../support/message.js';

/** SQLite's extended result code, or '' when the error is not SQLite's. */
export const sqliteCode = (error: unknown): string =>
  error instanceof Database.SqliteError ? error.code : '';

/** True when another connection holds the lock. */
export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));

const codeOf = (code: string): ProjectionFaultCode => {
  if (code === 'SQLITE_FULL') return 'DATABASE_FULL';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'DATABASE_CORRUPT';
  return 'DATABASE_UNAVAILABLE';
};

/** True when it is the file or the disk, not the statement, that failed. */
export const isOfTheFile = (error: unknown): boolean =>
  /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM)/.test(sqliteCode(error));

/** Turns whatever a database call threw into a {@link ProjectionFault}. */
export const toFault = (error: unknown): ProjectionFault => {
  const message = messageOf(error);
  const code = sqliteCode(error);
  return projectionFault(codeOf(code), code === '' ? message : `${code}: ${message}`);
};
