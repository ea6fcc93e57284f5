/** Read models on PostgreSQL: a runner of ours, and the same rows by `pg` alone. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeSha256 as sha256, sqliteEventStore } from '@mandate/adapters-eventstore';
import { builtIn } from '@mandate/projections';
import { createPostgresRunner, openPostgresReadModels } from '@mandate/projections/postgres';
import type { PostgresPlace } from '@mandate/testing/postgres';
import pg from 'pg';
import { right } from '../lib/either.js';
import { passGate } from '../lib/gate.js';
import { joinShare } from '../lib/processor-share.js';
import { logVaultIn } from '../world/log.js';

// -------------------------------------------------------------------------------------
// ours
// -------------------------------------------------------------------------------------

/** A log, and how many events it has. */
export interface PostgresLog {
  readonly file: string;
  readonly vaultFile: string;
  readonly events: number;
}

export interface PostgresRunnerParams {
  readonly place: PostgresPlace;
  readonly log: PostgresLog;
  /** What each runner feeds before, alone, into a place of its own: a runner is a program that runs for weeks. */
  readonly warmPlace: PostgresPlace;
  readonly warmUp: PostgresLog;
  /** The folder of a share of a processor, all that the runner is to have. */
  readonly share?: string;
}

export interface PostgresRunnerFigures {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When every read model knew every event, whoever fed it. */
  readonly endedAt: number;
  /** Of this process, of all its threads. */
  readonly processorMilliseconds: number;
}

/** Events that the slowest read model has passed, by the books: whichever runner feeds what. */
const passedIn = async (client: pg.Client, schema: string): Promise<number> => {
  const { rows } = await client.query<{ passed: number }>(
    `SELECT coalesce(min(passed), 0)::int AS passed
     FROM (SELECT sum(passed) AS passed FROM "${schema}".mandate_checkpoints GROUP BY prefix) AS each`,
  );
  return rows[0]?.passed ?? 0;
};

/** One runner, until all read models know the whole log; `ready` is awaited when it stands and has not begun. */
const feedAll = async (
  place: PostgresPlace,
  { file, vaultFile, events }: PostgresLog,
  ready: (client: pg.Client) => Promise<void>,
): Promise<PostgresRunnerFigures> => {
  const store = right(await sqliteEventStore({ file })());
  const vault = await logVaultIn(vaultFile);
  const settings = { store, vault, sha256, projections: builtIn, database: place, leaseMilliseconds: 3_000 };
  const runner = right(await createPostgresRunner(settings)());
  const head = right(await store.head()()) ?? '';
  const client = new pg.Client(place);
  await client.connect();
  const stop = new AbortController();
  await ready(client);
  const used = process.cpuUsage();
  const startedAt = Date.now();
  const running = runner.run(stop.signal)();
  // Seldom: to ask costs processor time that is measured.
  while ((await passedIn(client, place.schema)) < events) await sleep(50);
  right(await runner.waitFor(head, { timeoutMilliseconds: 3_600_000 })());
  const endedAt = Date.now();
  const { user, system } = process.cpuUsage(used);
  stop.abort();
  right(await running);
  await client.end();
  await runner.close();
  await vault.close();
  await store.close();
  return { startedAt, endedAt, processorMilliseconds: (user + system) / 1000 };
};

/** One of one or several runners, warm, from when the gate of the place opens. */
export const postgresRunner = async (
  _folder: string,
  { place, log, warmPlace, warmUp, share }: PostgresRunnerParams,
): Promise<PostgresRunnerFigures> => {
  await feedAll(warmPlace, warmUp, async () => undefined);
  if (share !== undefined) joinShare(share);
  return feedAll(place, log, (client) => passGate(client, place));
};

/** The digest of all rows of all read models. */
export const postgresDigest = async (
  _folder: string,
  { place }: { readonly place: PostgresPlace },
): Promise<string> => {
  const models = openPostgresReadModels(place);
  const hash = createHash('sha256');
  for (const projection of builtIn) hash.update(right(await models.digest(projection)()));
  await models.close();
  return hash.digest('hex');
};

// -------------------------------------------------------------------------------------
// bare
// -------------------------------------------------------------------------------------

export interface PostgresBareParams {
  /** Where a runner has filled its tables. */
  readonly filled: PostgresPlace;
  readonly place: PostgresPlace;
  /** Transactions in which the rows are written: as many as the log has pages. */
  readonly pages: number;
}

export interface PostgresBareFigures {
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
  readonly rows: number;
}

interface Copy {
  readonly insert: string;
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>;
}

/** An empty table like a filled one, and the rows of that. */
const copyOf = async (
  client: pg.Client,
  table: string,
  { filled, place }: PostgresBareParams,
): Promise<Copy> => {
  const [from, to] = [filled, place].map(({ schema }) => `"${schema}"."${table}"`);
  await client.query(`CREATE TABLE ${to} (LIKE ${from} INCLUDING ALL)`);
  const { rows, fields } = await client.query<unknown[]>({ text: `SELECT * FROM ${from}`, rowMode: 'array' });
  const typeOf = (id: number): string => (id === pg.types.builtins.INT8 ? 'bigint' : 'text');
  const arrays = fields.map(({ dataTypeID }, index) => `$${index + 1}::${typeOf(dataTypeID)}[]`).join(', ');
  return { insert: `INSERT INTO ${to} SELECT * FROM unnest(${arrays})`, rows };
};

/** The rows that a runner made, written by `pg` alone: nothing read, decoded, checked, opened or applied. */
export const postgresBare = async (
  _folder: string,
  params: PostgresBareParams,
): Promise<PostgresBareFigures> => {
  const { filled, place, pages } = params;
  const client = new pg.Client({ ...place, options: '-c synchronous_commit=off' });
  await client.connect();
  await client.query(`CREATE SCHEMA "${place.schema}"`);
  const tables = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename NOT LIKE 'mandate\\_%' ORDER BY 1`,
    [filled.schema],
  );
  const copies: Copy[] = [];
  for (const { name } of tables.rows) copies.push(await copyOf(client, name, params));
  const used = process.cpuUsage();
  const startedAt = performance.now();
  for (let page = 0; page < pages; page++) {
    await client.query('BEGIN');
    for (const { insert, rows } of copies) {
      const [from, to] = [page, page + 1].map((each) => Math.floor((rows.length * each) / pages));
      const own = rows.slice(from, to);
      if (own.length === 0) continue;
      const [first = []] = own;
      await client.query(
        insert,
        first.map((_, column) => own.map((row) => row[column])),
      );
    }
    await client.query('COMMIT');
  }
  const milliseconds = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(used);
  await client.end();
  const rows = copies.reduce((sum, each) => sum + each.rows.length, 0);
  return { milliseconds, processorMilliseconds: (user + system) / 1000, rows };
};
