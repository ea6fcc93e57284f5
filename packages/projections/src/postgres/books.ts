/**
 * The books in PostgreSQL: which sets of tables there are, how far each partition of each has come, which one is live.
 *
 * All functions run inside a transaction of the caller's.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';
import type { Entry } from '../database/books.js';
import { prefixOf, printTables } from '../database/tables.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { isBefore, lowest } from '../runner/positions.js';
import type { Client, Pool } from './connect.js';
import { lockTables } from './migrations.js';
import type { Checkpoint } from './model.js';
import { isShared, wholeOf } from './route.js';
import { createTables, dropTables, pointViews, quoted } from './tables.js';

/** A set of tables with the checkpoints of its partitions. */
export interface BookedEntry extends Omit<Entry, 'position' | 'applied' | 'skipped'> {
  readonly checkpoints: ReadonlyArray<Checkpoint>;
}

type EntryRow = Omit<BookedEntry, 'checkpoints' | 'printed'> & { readonly tables: string };
type CheckpointRow = {
  readonly [K in keyof Checkpoint]: undefined extends Checkpoint[K]
    ? Exclude<Checkpoint[K], undefined> | null
    : Checkpoint[K];
};

/** What is read of the books, from one state of them where the transaction is REPEATABLE READ. */
export const readEntries = async (
  client: Client | Pool,
  schema: string,
): Promise<ReadonlyArray<BookedEntry>> => {
  const s = quoted(schema);
  const entries = await client.query<EntryRow>(
    `SELECT name, version, generation, prefix, status, tables FROM ${s}.mandate_projections
     ORDER BY name, version, generation`,
  );
  const checkpoints = await client.query<CheckpointRow>(
    `SELECT prefix, partition, position, applied, skipped, passed, complete, fault,
            to_char(moved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "movedAt"
     FROM ${s}.mandate_checkpoints ORDER BY prefix, partition`,
  );
  const byPrefix = new Map<string, Checkpoint[]>();
  for (const row of checkpoints.rows) {
    const list = byPrefix.get(row.prefix) ?? [];
    list.push({
      ...row,
      position: row.position ?? undefined,
      fault: row.fault ?? undefined,
      movedAt: row.movedAt ?? undefined,
    });
    byPrefix.set(row.prefix, list);
  }
  return entries.rows.map(({ tables, ...entry }) => ({
    ...entry,
    printed: tables,
    checkpoints: byPrefix.get(entry.prefix) ?? [],
  }));
};

/** How many partitions there are, without `whole`. */
export const readPartitions = async (client: Client | Pool, schema: string): Promise<number> => {
  const { rows } = await client.query<{ partitions: number }>(
    `SELECT partitions FROM ${quoted(schema)}.mandate_settings`,
  );
  return rows[0]?.partitions ?? 1;
};

/** The position up to which every partition knows every event. */
export const positionOf = ({ checkpoints }: BookedEntry): Position | undefined =>
  lowest(checkpoints.map(({ position }) => position));

/** Tells runners that there are other sets of tables than before. */
const tellChange = (client: Client, schema: string): Promise<unknown> =>
  client.query(`UPDATE ${quoted(schema)}.mandate_settings SET changes = changes + 1`);

/** Begins another set of tables beside those of the projection. */
export const begin = async (client: Client, schema: string, projection: Projection): Promise<void> => {
  const { name, version } = projection;
  const same = (await readEntries(client, schema)).filter(
    (entry) => entry.name === name && entry.version === version,
  );
  const generation = Math.max(0, ...same.map((entry) => entry.generation)) + 1;
  const prefix = prefixOf(name, version, generation);
  await createTables(client, schema, prefix, projection);
  await client.query(
    `INSERT INTO ${quoted(schema)}.mandate_projections (name, version, generation, prefix, status, tables)
     VALUES ($1, $2, $3, $4, 'building', $5)`,
    [name, version, generation, prefix, printTables(projection)],
  );
  const partitions = await readPartitions(client, schema);
  const whole = wholeOf(partitions);
  const [from, to] = isShared(projection) ? [0, partitions - 1] : [whole, whole];
  await client.query(
    `INSERT INTO ${quoted(schema)}.mandate_checkpoints (prefix, partition) SELECT $1, generate_series($2::int, $3::int)`,
    [prefix, from, to],
  );
  await tellChange(client, schema);
};

/** Makes sure that a projection has its tables; a fault where it cannot have them. */
export const ensure = async (
  client: Client,
  schema: string,
  projection: Projection,
): Promise<ProjectionFault | undefined> => {
  const { name, version } = projection;
  const about = { projection: name };
  const known = (await readEntries(client, schema)).filter(
    (entry) => entry.name === name && entry.status !== 'retired',
  );
  const newer = known.find((entry) => entry.status === 'live' && entry.version > version);
  if (newer !== undefined) {
    return projectionFault('SUPERSEDED', `version ${newer.version} of ${name} is live`, about);
  }
  const mine = known.filter((entry) => entry.version === version);
  if (mine.some((entry) => entry.printed !== printTables(projection))) {
    const detail = `the tables of ${name} changed; its version ${version} did not`;
    return projectionFault('DEFINITION_CHANGED', detail, about);
  }
  if (mine.length === 0) await begin(client, schema, projection);
  return undefined;
};

const older = (a: BookedEntry, b: BookedEntry): boolean =>
  a.version < b.version || (a.version === b.version && a.generation < b.generation);

/** Complete, and in no partition behind what answers now, so that no reader goes back in time. */
const mayTakeOver = (entry: BookedEntry, live: BookedEntry | undefined): boolean => {
  const behind = (partition: number): boolean => {
    const mine = entry.checkpoints.find((checkpoint) => checkpoint.partition === partition);
    const other = live?.checkpoints.find((checkpoint) => checkpoint.partition === partition);
    return isBefore(mine?.position, other?.position);
  };
  return (
    entry.checkpoints.length > 0 &&
    entry.checkpoints.every(({ complete, partition }) => complete && !behind(partition))
  );
};

/** Makes every set of tables live that is complete; what was live before, and older, is retired. */
export const swapComplete = async (client: Client, schema: string): Promise<void> => {
  await lockTables(client, schema);
  const s = quoted(schema);
  const setStatus = (prefix: string, status: string): Promise<unknown> =>
    client.query(`UPDATE ${s}.mandate_projections SET status = $1 WHERE prefix = $2`, [status, prefix]);
  for (;;) {
    const entries = await readEntries(client, schema);
    const liveOf = (name: string): BookedEntry | undefined =>
      entries.find((entry) => entry.name === name && entry.status === 'live');
    const next = entries.find(
      (entry) => entry.status === 'building' && mayTakeOver(entry, liveOf(entry.name)),
    );
    if (next === undefined) return;
    const live = liveOf(next.name);
    await pointViews(client, schema, next.name, live?.printed, next);
    for (const other of entries) {
      if (other.name !== next.name || other.prefix === next.prefix || other.status === 'retired') continue;
      if (other.status !== 'live' && !older(other, next)) continue;
      await setStatus(other.prefix, 'retired');
      // Who still feeds it finds no checkpoint to move, and writes nothing.
      await client.query(`DELETE FROM ${s}.mandate_checkpoints WHERE prefix = $1`, [other.prefix]);
    }
    await setStatus(next.prefix, 'live');
    await tellChange(client, schema);
  }
};

/** Drops the tables that are retired. */
export const clean = async (client: Client, schema: string): Promise<void> => {
  await lockTables(client, schema);
  for (const entry of await readEntries(client, schema)) {
    if (entry.status !== 'retired') continue;
    await dropTables(client, schema, entry.prefix, entry.printed);
    await client.query(`DELETE FROM ${quoted(schema)}.mandate_projections WHERE prefix = $1`, [entry.prefix]);
  }
};
