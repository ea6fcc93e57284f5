/**
 * Writes a page: rows, chain and checkpoints in one transaction, under the leases.
 *
 * @packageDocumentation
 */
import type { ChainEnd, Position } from '@mandate/domain';
import type { ColumnType, SqlValue, Table } from '../projection.js';
import { type Client, type Pool, transaction } from './connect.js';
import type { Leases } from './leases.js';
import type { Cell, Held } from './model.js';
import { elementType, quoted, tableIn } from './tables.js';

/** Rows of one table to write and to delete. */
export interface TableChanges {
  readonly prefix: string;
  readonly table: Table;
  readonly written: ReadonlyArray<ReadonlyArray<SqlValue>>;
  readonly deleted: ReadonlyArray<ReadonlyArray<SqlValue>>;
}

/** How a cell moves. */
export interface Move {
  readonly cell: Cell;
  readonly position: Position | undefined;
  readonly applied: number;
  readonly skipped: number;
  readonly passed: number;
  readonly complete: boolean;
}

/** Everything that becomes of a page. */
export interface PageWrite {
  readonly held: ReadonlyArray<Held>;
  readonly changes: ReadonlyArray<TableChanges>;
  readonly moves: ReadonlyArray<Move>;
  readonly chainEnds: ReadonlyMap<string, ChainEnd>;
  /** `undefined` where the chain does not move. */
  readonly chain: Position | undefined;
}

const stale = new Error('another runner writes here');

const columnArrays = (rows: ReadonlyArray<ReadonlyArray<SqlValue>>, width: number): SqlValue[][] =>
  Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));

const unnestOf = (columns: ReadonlyArray<string>, types: Readonly<Record<string, ColumnType>>): string =>
  columns.map((column, index) => `$${index + 1}::${elementType(types[column] ?? 'TEXT')}[]`).join(', ');

const writeTable = async (client: Client, schema: string, changes: TableChanges): Promise<void> => {
  const { table, prefix, written, deleted } = changes;
  const name = tableIn(schema, prefix, table.name);
  if (deleted.length > 0) {
    const same = table.key.map((column, index) => `t.${quoted(column)} = k.k${index}`).join(' AND ');
    await client.query(
      `DELETE FROM ${name} AS t USING unnest(${unnestOf(table.key, table.columns)})
         AS k (${table.key.map((_, index) => `k${index}`).join(', ')}) WHERE ${same}`,
      columnArrays(deleted, table.key.length),
    );
  }
  if (written.length > 0) {
    const columns = Object.keys(table.columns);
    const others = columns.filter((column) => !table.key.includes(column));
    const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
    await client.query(
      `INSERT INTO ${name} (${columns.map(quoted).join(', ')})
       SELECT * FROM unnest(${unnestOf(columns, table.columns)})
       ON CONFLICT (${table.key.map(quoted).join(', ')}) DO ${set === '' ? 'NOTHING' : `UPDATE SET ${set}`}`,
      columnArrays(written, columns.length),
    );
  }
};

const writeChain = async (client: Client, schema: string, page: PageWrite): Promise<void> => {
  const s = quoted(schema);
  if (page.chainEnds.size > 0) {
    const ends = [...page.chainEnds];
    await client.query(
      `INSERT INTO ${s}.mandate_chain_ends (stream, revision, hash) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])
       ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, hash = excluded.hash`,
      [ends.map(([stream]) => stream), ends.map(([, end]) => end.revision), ends.map(([, end]) => end.hash)],
    );
  }
  if (page.chain !== undefined) {
    await client.query(
      `UPDATE ${s}.mandate_chain SET position = $1
       WHERE partition = ANY ($2) AND (position IS NULL OR position < $1 COLLATE "C")`,
      [page.chain, page.held.map(({ partition }) => partition)],
    );
  }
};

const writeMoves = async (client: Client, schema: string, moves: ReadonlyArray<Move>): Promise<void> => {
  if (moves.length === 0) return;
  const { rowCount } = await client.query(
    `UPDATE ${quoted(schema)}.mandate_checkpoints AS c
     SET position = m.position, applied = c.applied + m.applied, skipped = c.skipped + m.skipped,
         passed = c.passed + m.passed, complete = c.complete OR m.complete, fault = NULL, moved_at = clock_timestamp()
     FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[])
       AS m (prefix, partition, was, position, applied, skipped, passed, complete)
     WHERE c.prefix = m.prefix AND c.partition = m.partition AND c.position IS NOT DISTINCT FROM m.was`,
    [
      moves.map(({ cell }) => cell.entry.prefix),
      moves.map(({ cell }) => cell.partition),
      moves.map(({ cell }) => cell.entry.position ?? null),
      moves.map(({ position }) => position ?? null),
      moves.map(({ applied }) => applied),
      moves.map(({ skipped }) => skipped),
      moves.map(({ passed }) => passed),
      moves.map(({ complete }) => complete),
    ],
  );
  // Tables that were retired have no checkpoint any more, and one that moved was moved by another.
  if (rowCount !== moves.length) throw stale;
};

/** Writes a page, all or nothing. False where a lease or a checkpoint is not what the runner took it for. */
export const writePage = async (
  pool: Pool,
  schema: string,
  leases: Leases,
  page: PageWrite,
): Promise<boolean> => {
  try {
    await transaction(pool, 'BEGIN', async (client) => {
      if (!(await leases.fence(client, page.held))) throw stale;
      for (const changes of page.changes) await writeTable(client, schema, changes);
      await writeChain(client, schema, page);
      await writeMoves(client, schema, page.moves);
    });
    return true;
  } catch (error) {
    if (error === stale) return false;
    throw error;
  }
};
