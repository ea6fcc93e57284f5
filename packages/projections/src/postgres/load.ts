/**
 * Brings rows from PostgreSQL into the scratch: one query for each table.
 *
 * @packageDocumentation
 */
import type { Projection, SqlValue, Table, TableScope } from '../projection.js';
import type { Pool } from './connect.js';
import { columnsOf } from './route.js';
import type { Rows } from './scratch.js';
import { quoted, tableIn } from './tables.js';

/** Rows that are about to be touched and are not in the scratch. */
export interface Need {
  readonly scope: TableScope | 'everything';
  readonly key: ReadonlyArray<string>;
}

const select = async (pool: Pool, text: string, values: unknown[]): Promise<ReadonlyArray<SqlValue[]>> =>
  (await pool.query<SqlValue[]>({ text, values, rowMode: 'array' })).rows;

const loadTable = async (
  pool: Pool,
  schema: string,
  prefix: string,
  table: Table,
  rows: Rows,
  keys: ReadonlyArray<ReadonlyArray<string>>,
): Promise<void> => {
  const columns = Object.keys(table.columns);
  const listed = columns.map((column) => `t.${quoted(column)}`).join(', ');
  const from = `${tableIn(schema, prefix, table.name)} AS t`;
  // A sieve, and no way to find rows: on tables without statistics, which every new one is, the server took an index for
  // questions because it has this column, and read all current rows of a portal for each key.
  const touched = `(${table.touched ?? 'true'}) IS TRUE`;
  const keyColumns = table.scope === undefined ? [] : columnsOf(table.scope);
  const arrays = keyColumns.map((_, index) => keys.map((key) => key[index] ?? ''));
  const unnest = keyColumns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const names = keyColumns.map((_, index) => `k${index}`).join(', ');
  const same = keyColumns.map((column, index) => `t.${quoted(column)} = k.k${index}`).join(' AND ');
  const found = await select(
    pool,
    keyColumns.length === 0
      ? `SELECT ${listed} FROM ${from} WHERE ${touched}`
      : `SELECT ${listed} FROM unnest(${unnest}) AS k (${names}) JOIN ${from} ON ${same} WHERE ${touched}`,
    arrays,
  );
  for (const row of found) rows.load(table, row);
};

/** Loads what is needed of one set of tables. */
export const loadRows = async (
  pool: Pool,
  schema: string,
  prefix: string,
  projection: Projection,
  rows: Rows,
  needs: ReadonlyArray<Need>,
): Promise<void> => {
  for (const table of projection.tables) {
    const keys = needs.flatMap(({ scope, key }) => (scope === (table.scope ?? 'everything') ? [key] : []));
    if (keys.length > 0) await loadTable(pool, schema, prefix, table, rows, keys);
  }
};

/** The keys, in their scope, of rows that bear one of these persons. */
export const keysWith = async (
  pool: Pool,
  schema: string,
  prefix: string,
  table: Table,
  persons: ReadonlyArray<string>,
): Promise<ReadonlyArray<ReadonlyArray<string>>> => {
  const { scope, persons: columns = [] } = table;
  if (scope === undefined || columns.length === 0 || persons.length === 0) return [];
  const listed = columnsOf(scope).map(quoted).join(', ');
  const from = tableIn(schema, prefix, table.name);
  // One select for each column, so that each uses its index.
  const parts = columns.map((column) => `SELECT ${listed} FROM ${from} WHERE ${quoted(column)} = ANY ($1)`);
  const found = await select(pool, parts.join(' UNION '), [persons]);
  return found.map((row) => row.map(String));
};
