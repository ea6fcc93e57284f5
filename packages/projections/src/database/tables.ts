/**
 * Tables of a projection as SQL, and their digest.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Projection, Table } from '../projection.js';

/** `clerk-list` → `clerk_list`: how SQL spells a name. */
export const sqlName = (name: string): string => name.replaceAll('-', '_');

/** Begins the names of the tables of one version; `generation` tells a rebuild of the same version. */
export const prefixOf = (name: string, version: number, generation: number): string =>
  `${sqlName(name)}_v${version}${generation === 1 ? '' : `r${generation}`}`;

/** What is compared to find a projection whose tables were changed without a new version; how they are fed is no part of it. */
export const printTables = (projection: Projection): string =>
  JSON.stringify(
    projection.tables.map(({ name, columns, key, indexes, wide }) => ({ name, columns, key, indexes, wide })),
  );

const createTable = (prefix: string, table: Table): string => {
  const columns = Object.entries(table.columns).map(([column, type]) => `${column} ${type}`);
  const key = `PRIMARY KEY (${table.key.join(', ')})`;
  const options = table.wide === true ? 'STRICT' : 'STRICT, WITHOUT ROWID';
  return `CREATE TABLE ${prefix}_${table.name} (${[...columns, key].join(', ')}) ${options}`;
};

/** Makes the tables and indexes of a projection, empty. */
export const createTables = (db: Database, prefix: string, projection: Projection): void => {
  for (const table of projection.tables) {
    db.exec(createTable(prefix, table));
    for (const [number, columns] of (table.indexes ?? []).entries()) {
      db.exec(
        `CREATE INDEX ${prefix}_${table.name}_${number} ON ${prefix}_${table.name} (${columns.join(', ')})`,
      );
    }
  }
};

/** The names of tables that a printed definition holds; of an older version, whose code is gone. */
export const tableNames = (printed: string): ReadonlyArray<string> =>
  (JSON.parse(printed) as ReadonlyArray<Table>).map((table) => table.name);

export const dropTables = (db: Database, prefix: string, printed: string): void => {
  for (const table of tableNames(printed)) db.exec(`DROP TABLE IF EXISTS ${prefix}_${table}`);
};

/** Points the views without a version at one set of tables: everybody who reads through them goes on with these. */
export const pointViews = (
  db: Database,
  name: string,
  old: string | undefined,
  next: { readonly prefix: string; readonly printed: string },
): void => {
  const view = (table: string): string => `${sqlName(name)}_${table}`;
  for (const table of old === undefined ? [] : tableNames(old)) db.exec(`DROP VIEW IF EXISTS ${view(table)}`);
  for (const table of tableNames(next.printed)) {
    db.exec(`CREATE VIEW ${view(table)} AS SELECT * FROM ${next.prefix}_${table}`);
  }
};

/**
 * SHA-256, in lower-case hex, over the projection's name and version and then every row of every table, in the
 * order of the primary key: one JSON array a line. Equal for equal rows, however they came about.
 */
export const digestOf = (db: Database, prefix: string, projection: Projection): string => {
  const hash = createHash('sha256');
  hash.update(`${JSON.stringify([projection.name, projection.version])}\n`);
  for (const table of projection.tables) {
    const columns = Object.keys(table.columns).join(', ');
    const rows = db
      .prepare(`SELECT ${columns} FROM ${prefix}_${table.name} ORDER BY ${table.key.join(', ')}`)
      .raw();
    for (const row of rows.iterate() as Iterable<ReadonlyArray<unknown>>) {
      hash.update(`${JSON.stringify([table.name, ...row])}\n`);
    }
  }
  return hash.digest('hex');
};
