/** better-sqlite3 as the yardstick uses it: without any of our adapters. */
import { createRequire } from 'node:module';

export interface Statement {
  readonly run: (...values: ReadonlyArray<unknown>) => unknown;
  readonly get: (...values: ReadonlyArray<unknown>) => unknown;
  readonly all: (...values: ReadonlyArray<unknown>) => ReadonlyArray<unknown>;
  readonly pluck: () => Statement;
  readonly raw: () => Statement;
}

export interface Sqlite {
  readonly prepare: (sql: string) => Statement;
  readonly exec: (sql: string) => unknown;
  readonly pragma: (sql: string, options?: { readonly simple: boolean }) => unknown;
  readonly close: () => unknown;
}

const Database: new (file: string, options?: { readonly readonly: boolean }) => Sqlite = createRequire(
  import.meta.url,
)('better-sqlite3');

/** Opens or makes a file: WAL, and `FULL` unless told otherwise. */
export const openSqlite = (file: string, synchronous: 'FULL' | 'NORMAL' = 'FULL'): Sqlite => {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  return db;
};

/** Opens a file to read what another process wrote. */
export const readSqlite = (file: string): Sqlite => new Database(file, { readonly: true });
