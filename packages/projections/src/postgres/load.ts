/**
 * Brings rows from PostgreSQL into the scratch: one query for each table.
 *
 * @packageDocumentation
 */
import type { SqlValue, Table, TableScope } from '../projection.js';
import type { Pool } from './connect.js';
import type { Cell } from './model.js';
import { columnsOf } from './route.js';
import type { CellRows } from './scratch.js';
import { quoted, tableIn } from './tables.js';

/** Rows that a cell is about to touch and has not. */
export interface Need {
  readonly cell: Cell;
  readonly rows: CellRows;
  readonly scope: TableScope | 'everything';
  readonly key: ReadonlyArray<string>;
}

const keyText = (key: ReadonlyArray<unknown>): string => key.join('\n');

const select = async (pool: Pool, text: string, values: unknown[]): Promise<ReadonlyArray<SqlValue[]>> =>
  (await pool.query<SqlValue[]>({ text, values, rowMode: 'array' })).rows;

const loadTable = async (
  pool: Pool,
  schema: string,
  prefix: string,
  table: Table,
  needs: ReadonlyArray<Need>,
): Promise<void> => {
  const columns = Object.keys(table.columns);
  const listed = columns.map((column) => `t.${quoted(column)}`).join(', ');
  const from = `${tableIn(schema, prefix, table.name)} AS t`;
  const touched = table.touched ?? 'true';
  const { scope } = table;
  if (scope === undefined) {
    for (const { rows } of needs) {
      const found = await select(pool, `SELECT ${listed} FROM ${from} WHERE ${touched}`, []);
      for (const row of found) rows.load(table, row);
    }
    return;
  }
  const keyColumns = columnsOf(scope);
  const arrays = keyColumns.map((_, index) => needs.map(({ key }) => key[index] ?? ''));
  const unnest = keyColumns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const names = keyColumns.map((_, index) => `k${index}`).join(', ');
  const same = keyColumns.map((column, index) => `t.${quoted(column)} = k.k${index}`).join(' AND ');
  const found = await select(
    pool,
    `SELECT ${listed} FROM unnest(${unnest}) AS k (${names}) JOIN ${from} ON ${same} WHERE ${touched}`,
    arrays,
  );
  const places = keyColumns.map((column) => columns.indexOf(column));
  const owners = new Map(needs.map(({ key, rows }) => [keyText(key), rows]));
  for (const row of found) owners.get(keyText(places.map((place) => row[place])))?.load(table, row);
};

/** Loads what is needed. */
export const loadRows = async (pool: Pool, schema: string, needs: ReadonlyArray<Need>): Promise<void> => {
  const byPrefix = new Map<string, Need[]>();
  for (const need of needs) {
    const list = byPrefix.get(need.cell.entry.prefix) ?? [];
    list.push(need);
    byPrefix.set(need.cell.entry.prefix, list);
  }
  for (const [prefix, list] of byPrefix) {
    for (const table of list[0]?.cell.projection.tables ?? []) {
      const own = list.filter(({ scope }) => scope === (table.scope ?? 'everything'));
      if (own.length > 0) await loadTable(pool, schema, prefix, table, own);
    }
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
