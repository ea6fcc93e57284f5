/**
 * The tables of the books, and how an older set of them becomes this one.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import { type Client, inTransaction, type Pool } from './connect.js';
import { quoted } from './tables.js';

/** How many parts a projection's rows are shared out in. Kept in the books: every runner takes the number from there. */
const partitions = 16;

/** One for each version, in their order. What was released never changes; what comes after is added. */
const steps: ReadonlyArray<(schema: string) => ReadonlyArray<string>> = [
  (schema) => [
    `CREATE TABLE ${schema}.mandate_settings (
       id int PRIMARY KEY CHECK (id = 1), partitions int NOT NULL, changes bigint NOT NULL)`,
    `INSERT INTO ${schema}.mandate_settings VALUES (1, ${partitions}, 0)`,
    `CREATE TABLE ${schema}.mandate_projections (
       name text COLLATE "C", version int, generation int, prefix text NOT NULL UNIQUE, status text NOT NULL,
       tables text NOT NULL, PRIMARY KEY (name, version, generation))`,
    `CREATE TABLE ${schema}.mandate_checkpoints (
       prefix text COLLATE "C", partition int, position text COLLATE "C", applied bigint NOT NULL DEFAULT 0,
       skipped bigint NOT NULL DEFAULT 0, passed bigint NOT NULL DEFAULT 0, complete boolean NOT NULL DEFAULT false,
       fault text, moved_at timestamptz, PRIMARY KEY (prefix, partition)) WITH (fillfactor = 50)`,
    `CREATE TABLE ${schema}.mandate_leases (
       partition int PRIMARY KEY, owner text, epoch bigint NOT NULL DEFAULT 0,
       until timestamptz NOT NULL DEFAULT '-infinity') WITH (fillfactor = 50)`,
    `INSERT INTO ${schema}.mandate_leases (partition) SELECT generate_series(0, ${partitions})`,
    `CREATE TABLE ${schema}.mandate_runners (owner text PRIMARY KEY, until timestamptz NOT NULL)`,
    `CREATE TABLE ${schema}.mandate_chain (partition int PRIMARY KEY, position text COLLATE "C") WITH (fillfactor = 50)`,
    `INSERT INTO ${schema}.mandate_chain SELECT generate_series(0, ${partitions - 1})`,
    `CREATE TABLE ${schema}.mandate_chain_ends (
       stream text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, hash text NOT NULL)`,
  ],
  // Runners of several versions beside each other; see `roles.ts`.
  (schema) => [
    `ALTER TABLE ${schema}.mandate_runners ADD COLUMN knows text[] NOT NULL DEFAULT '{}'`,
    `INSERT INTO ${schema}.mandate_leases (partition)
       SELECT generate_series(partitions + 1, 2 * partitions + 1) FROM ${schema}.mandate_settings`,
  ],
];

/** The version of the books that this program keeps. */
export const booksVersion = steps.length;

/**
 * Nobody else makes or changes tables of this schema until the transaction ends. Which tables there are is on the server's disk
 * when it has: rows that a crash of the server takes back are written again with their checkpoints, but a runner whose
 * tables are gone would take them for another version's.
 */
export const lockTables = async (client: Client, schema: string): Promise<void> => {
  await client.query('SET LOCAL synchronous_commit = on');
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`mandate:${schema}`]);
};

const versionOf = async (client: Client, schema: string): Promise<number> => {
  const { rows } = await client.query<{ version: number | null }>(
    `SELECT max(version) AS version FROM ${quoted(schema)}.mandate_migrations`,
  );
  return rows[0]?.version ?? 0;
};

/** Brings the books to this program's version. `DATABASE_CORRUPT` where a newer program keeps them. */
export const migrate = async (pool: Pool, schema: string): Promise<E.Either<ProjectionFault, void>> => {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) {
    return E.left(
      projectionFault('DATABASE_UNAVAILABLE', `${schema} is no name for a schema of read models`),
    );
  }
  const outcome = await inTransaction(pool, 'BEGIN', async (client): Promise<ProjectionFault | undefined> => {
    await lockTables(client, schema);
    const encoding = await client.query<{ server_encoding: string }>('SHOW server_encoding');
    if (encoding.rows[0]?.server_encoding !== 'UTF8') {
      return projectionFault('DATABASE_UNAVAILABLE', 'the encoding of the database is not UTF8');
    }
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${quoted(schema)}.mandate_migrations (
         version int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`,
    );
    const found = await versionOf(client, schema);
    if (found > booksVersion) {
      return projectionFault('DATABASE_CORRUPT', `schema version ${found} is not ${booksVersion}`);
    }
    for (const [index, step] of steps.entries()) {
      if (index < found) continue;
      for (const sql of step(quoted(schema))) await client.query(sql);
      await client.query(`INSERT INTO ${quoted(schema)}.mandate_migrations (version) VALUES ($1)`, [
        index + 1,
      ]);
    }
    return undefined;
  });
  if (E.isLeft(outcome)) return outcome;
  return outcome.right === undefined ? E.right(undefined) : E.left(outcome.right);
};
