/**
 * Writes a page: rows, chain and checkpoints in one transaction, under the leases.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import type { ChainEnd, Position } from '@mandate/domain';
import type { ColumnType, SqlValue, Table } from '../projection.js';
import { type Client, isOfNames, type Pool, transaction } from './connect.js';
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

const mostNames = 1_000;

const stale = new Error('another runner writes here');

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const special = /["\\]/;
const specials = /["\\]/g;

/** A column of rows as the text of an array. `pg` makes such texts too, and takes three times as long. */
const columnOf = (rows: ReadonlyArray<ReadonlyArray<SqlValue>>, column: number): string => {
  let text = '';
  for (const row of rows) {
    const value = row[column] ?? null;
    if (text !== '') text += ',';
    if (value === null) text += 'NULL';
    else if (typeof value === 'number') text += value;
    else text += `"${special.test(value) ? value.replaceAll(specials, '\\$&') : value}"`;
  }
  return `{${text}}`;
};

interface Statement {
  readonly text: string;
  readonly values: ReadonlyArray<unknown>;
}

const unnestOf = (columns: ReadonlyArray<string>, types: Readonly<Record<string, ColumnType>>): string =>
  columns.map((column, index) => `$${index + 1}::${elementType(types[column] ?? 'TEXT')}[]`).join(', ');

const deleting = (schema: string, { table, prefix, deleted }: TableChanges): Statement => {
  const same = table.key.map((column, index) => `t.${quoted(column)} = k.k${index}`).join(' AND ');
  return {
    text: `DELETE FROM ${tableIn(schema, prefix, table.name)} AS t
             USING unnest(${unnestOf(table.key, table.columns)}) AS k (${table.key.map((_, index) => `k${index}`).join(', ')})
             WHERE ${same}`,
    values: table.key.map((_, index) => columnOf(deleted, index)),
  };
};

const writing = (schema: string, { table, prefix, written }: TableChanges): Statement => {
  const columns = Object.keys(table.columns);
  const others = columns.filter((column) => !table.key.includes(column));
  const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
  return {
    text: `INSERT INTO ${tableIn(schema, prefix, table.name)} (${columns.map(quoted).join(', ')})
             SELECT * FROM unnest(${unnestOf(columns, table.columns)})
             ON CONFLICT (${table.key.map(quoted).join(', ')}) DO ${set === '' ? 'NOTHING' : `UPDATE SET ${set}`}`,
    values: columns.map((_, index) => columnOf(written, index)),
  };
};

function* rowStatements(schema: string, changes: ReadonlyArray<TableChanges>): Generator<Statement> {
  for (const each of changes) {
    if (each.deleted.length > 0) yield deleting(schema, each);
    if (each.written.length > 0) yield writing(schema, each);
  }
}

// -------------------------------------------------------------------------------------
// books
// -------------------------------------------------------------------------------------

function* chainStatements(schema: string, page: PageWrite): Generator<Statement> {
  const s = quoted(schema);
  if (page.chainEnds.size > 0) {
    const ends = [...page.chainEnds];
    yield {
      text: `INSERT INTO ${s}.mandate_chain_ends (stream, revision, hash) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])
             ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, hash = excluded.hash`,
      values: [
        ends.map(([stream]) => stream),
        ends.map(([, end]) => end.revision),
        ends.map(([, end]) => end.hash),
      ],
    };
  }
  if (page.chain !== undefined) {
    yield {
      text: `UPDATE ${s}.mandate_chain SET position = $1
             WHERE partition = ANY ($2) AND (position IS NULL OR position < $1 COLLATE "C")`,
      values: [page.chain, page.held.map(({ partition }) => partition)],
    };
  }
}

const movesStatement = (schema: string, moves: ReadonlyArray<Move>): Statement => ({
  text: `UPDATE ${quoted(schema)}.mandate_checkpoints AS c
     SET position = m.position, applied = c.applied + m.applied, skipped = c.skipped + m.skipped,
         passed = c.passed + m.passed, complete = c.complete OR m.complete, fault = NULL, moved_at = clock_timestamp()
     FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[])
       AS m (prefix, partition, was, position, applied, skipped, passed, complete)
     WHERE c.prefix = m.prefix AND c.partition = m.partition AND c.position IS NOT DISTINCT FROM m.was`,
  values: [
    moves.map(({ cell }) => cell.entry.prefix),
    moves.map(({ cell }) => cell.partition),
    moves.map(({ cell }) => cell.entry.position ?? null),
    moves.map(({ position }) => position ?? null),
    moves.map(({ applied }) => applied),
    moves.map(({ skipped }) => skipped),
    moves.map(({ passed }) => passed),
    moves.map(({ complete }) => complete),
  ],
});

function* pageStatements(schema: string, page: PageWrite): Generator<Statement> {
  yield* rowStatements(schema, page.changes);
  yield* chainStatements(schema, page);
  yield movesStatement(schema, page.moves);
}

const names = new Map<string, string>();

/** Pools whose connections change hands between transactions. */
const nameless = new WeakSet<Pool>();

/** Statements with names are parsed and planned once for each connection: for a page of few events that is most of the work. */
const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known !== undefined) return known;
  // Texts follow the tables, which are few; rebuilt tables have other names.
  if (names.size >= mostNames) names.clear();
  const name = `mandate_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  names.set(text, name);
  return name;
};

/**
 * Sends all statements before the first is answered: the server works on one while the next is put into words, and neither
 * waits for the other's turn. After one that failed the server refuses the others, and its error is the one that counts.
 * Answers how many rows the last one changed.
 */
const sendAll = async (
  client: Client,
  statements: Iterable<Statement>,
  isNaming: boolean,
): Promise<number> => {
  const answers: Promise<{ readonly rowCount: number | null }>[] = [];
  for (const { text, values } of statements) {
    const name = isNaming ? { name: nameOf(text) } : {};
    answers.push(client.query({ ...name, text, values: [...values] }));
  }
  let changed = 0;
  let failed: { readonly error: unknown } | undefined;
  for (const settled of await Promise.allSettled(answers)) {
    if (settled.status === 'fulfilled') changed = settled.value.rowCount ?? 0;
    else failed ??= { error: settled.reason };
  }
  if (failed !== undefined) throw failed.error;
  return changed;
};

/** Writes a page, all or nothing. False where a lease or a checkpoint is not what the runner took it for. */
export const writePage = async (
  pool: Pool,
  schema: string,
  leases: Leases,
  page: PageWrite,
): Promise<boolean> => {
  const write = (isNaming: boolean): Promise<void> =>
    transaction(pool, 'BEGIN', async (client) => {
      if (!(await leases.fence(client, page.held))) throw stale;
      const moved = await sendAll(client, pageStatements(schema, page), isNaming);
      // Tables that were retired have no checkpoint any more, and one that moved was moved by another.
      if (moved !== page.moves.length) throw stale;
    });
  const isNaming = !nameless.has(pool);
  try {
    try {
      await write(isNaming);
    } catch (error) {
      if (!isNaming || !isOfNames(error)) throw error;
      // A pooler without named statements. What was sent is undone, and goes once more, without names from now on.
      nameless.add(pool);
      await write(false);
    }
    return true;
  } catch (error) {
    if (error === stale) return false;
    throw error;
  }
};
