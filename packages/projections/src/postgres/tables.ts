/**
 * Tables of a projection in PostgreSQL, and their digest.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { sqlName, tableNames } from '../database/tables.js';
import type { ColumnType, Projection, Table } from '../projection.js';
import type { Client } from './connect.js';

/** Quotes a name. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `schema.prefix_table`, quoted. */
export const tableIn = (schema: string, prefix: string, table: string): string =>
  `${quoted(schema)}.${quoted(`${prefix}_${table}`)}`;

// Compared by code unit of UTF-8, as SQLite does.
const types: Readonly<Record<ColumnType, string>> = {
  TEXT: 'text COLLATE "C"',
  'TEXT NOT NULL': 'text COLLATE "C" NOT NULL',
  INTEGER: 'bigint',
  'INTEGER NOT NULL': 'bigint NOT NULL',
};

/** `text` or `bigint`: the type of a column's values. */
export const elementType = (type: ColumnType): string => (type.startsWith('TEXT') ? 'text' : 'bigint');

const listed = (names: ReadonlyArray<string>): string => names.map(quoted).join(', ');

/** Makes the tables and indexes of a projection, empty. */
export const createTables = async (
  client: Client,
  schema: string,
  prefix: string,
  projection: Projection,
): Promise<void> => {
  for (const table of projection.tables) {
    const columns = Object.entries(table.columns).map(([name, type]) => `${quoted(name)} ${types[type]}`);
    const name = tableIn(schema, prefix, table.name);
    await client.query(
      `CREATE TABLE ${name} (${[...columns, `PRIMARY KEY (${listed(table.key)})`].join(', ')})`,
    );
    for (const columns of table.indexes ?? []) {
      // PostgreSQL names it: ours could be longer than its 63 characters.
      await client.query(`CREATE INDEX ON ${name} (${listed(columns)})`);
    }
  }
};

/** Drops tables by their printed definition. */
export const dropTables = async (
  client: Client,
  schema: string,
  prefix: string,
  printed: string,
): Promise<void> => {
  for (const table of tableNames(printed)) {
    await client.query(`DROP TABLE IF EXISTS ${tableIn(schema, prefix, table)}`);
  }
};

/** Points the views without a version at one set of tables. */
export const pointViews = async (
  client: Client,
  schema: string,
  name: string,
  old: string | undefined,
  next: { readonly prefix: string; readonly printed: string },
): Promise<void> => {
  for (const table of old === undefined ? [] : tableNames(old)) {
    await client.query(`DROP VIEW IF EXISTS ${tableIn(schema, sqlName(name), table)}`);
  }
  for (const table of tableNames(next.printed)) {
    const view = tableIn(schema, sqlName(name), table);
    await client.query(`CREATE VIEW ${view} AS SELECT * FROM ${tableIn(schema, next.prefix, table)}`);
  }
};

const rowsAtOnce = 5_000;

/** Every row in the order of the primary key, a few at a time. */
async function* rowsOf(
  client: Client,
  schema: string,
  prefix: string,
  table: Table,
): AsyncGenerator<ReadonlyArray<unknown>> {
  const columns = listed(Object.keys(table.columns));
  const from = tableIn(schema, prefix, table.name);
  await client.query(
    `DECLARE every_row NO SCROLL CURSOR FOR SELECT ${columns} FROM ${from} ORDER BY ${listed(table.key)}`,
  );
  for (;;) {
    const fetched = await client.query<ReadonlyArray<unknown> & unknown[]>({
      text: `FETCH ${rowsAtOnce} FROM every_row`,
      rowMode: 'array',
    });
    yield* fetched.rows;
    if (fetched.rows.length < rowsAtOnce) break;
  }
  await client.query('CLOSE every_row');
}

/** The digest that SQLite gives for the same rows: see `digestOf` there. */
export const digestIn = async (
  client: Client,
  schema: string,
  prefix: string,
  projection: Projection,
): Promise<string> => {
  const hash = createHash('sha256');
  hash.update(`${JSON.stringify([projection.name, projection.version])}\n`);
  for (const table of projection.tables) {
    for await (const row of rowsOf(client, schema, prefix, table)) {
      hash.update(`${JSON.stringify([table.name, ...row])}\n`);
    }
  }
  return hash.digest('hex');
};
