/**
 * Who feeds which partition: leases in the database, by its clock.
 *
 * A lease ends by itself, and changes hands under a new number, the epoch. Every write names the epochs of what it writes
 * and holds those rows until it commits, so nobody can take a partition over in the middle of a write, and who comes late,
 * after whatever pause, writes nothing.
 *
 * @packageDocumentation
 */
import type { Client, Pool } from './connect.js';
import type { Held } from './model.js';
import type { KnownSet, RunnerKnows } from './roles.js';
import { wholeOf } from './route.js';
import { quoted } from './tables.js';

// -------------------------------------------------------------------------------------
// shares
// -------------------------------------------------------------------------------------

/** `whole` is asked about every event: as much work as these many other partitions (docs/decisions/0048). */
const weightOfWhole = 2;

export const weightOf = (partition: number, partitions: number): number =>
  partition === wholeOf(partitions) ? weightOfWhole : 1;

const weightOfAll = (held: ReadonlyArray<number>, partitions: number): number =>
  held.reduce((sum, partition) => sum + weightOf(partition, partitions), 0);

/** What one of `runners` should hold at most, so that together they hold all. */
export const fairShare = (partitions: number, runners: number): number =>
  Math.ceil((partitions + weightOfWhole) / Math.max(1, runners));

/** What to give up of `held`. Never `whole`: others take ordinary partitions instead. */
export const excessOf = (
  held: ReadonlyArray<number>,
  partitions: number,
  runners: number,
): ReadonlyArray<number> => {
  const over = weightOfAll(held, partitions) - fairShare(partitions, runners);
  return held.filter((partition) => partition !== wholeOf(partitions)).slice(0, Math.max(0, over));
};

/** What to take of `free`, `whole` first. */
export const wantedOf = (
  free: ReadonlyArray<number>,
  held: ReadonlyArray<number>,
  partitions: number,
  runners: number,
): ReadonlyArray<number> => {
  let room = fairShare(partitions, runners) - weightOfAll(held, partitions);
  return [...free]
    .sort((a, b) => weightOf(b, partitions) - weightOf(a, partitions) || a - b)
    .filter((partition) => {
      if (room <= 0) return false;
      room -= weightOf(partition, partitions);
      return true;
    });
};

// -------------------------------------------------------------------------------------
// leases
// -------------------------------------------------------------------------------------

/** A lease as the books have it. */
export interface LeaseRow {
  readonly partition: number;
  readonly owner: string | null;
  readonly epoch: number;
  /** It has not run out. */
  readonly valid: boolean;
}

export interface Leases {
  /** Tells that this runner is there, and prolongs what it holds; answers what the books then say. */
  readonly renew: () => Promise<{
    readonly held: ReadonlyArray<Held>;
    /** All that are there, this one among them. */
    readonly runners: ReadonlyArray<RunnerKnows>;
    readonly sets: ReadonlyArray<KnownSet>;
    readonly free: ReadonlyArray<number>;
    /** Counts changes of the sets of tables. */
    readonly changes: number;
  }>;
  /** Takes what is free of these. What somebody is just writing under is not. */
  readonly take: (partitions: ReadonlyArray<number>) => Promise<void>;
  readonly giveUp: (partitions: ReadonlyArray<number>) => Promise<void>;
  /** Gives up everything and is no runner any more. */
  readonly leave: () => Promise<void>;
  /** First statement of every write: prolongs the leases and holds them until the commit; false where one is not ours. */
  readonly fence: (client: Client, held: ReadonlyArray<Held>) => Promise<boolean>;
}

/** Reads every lease. */
export const readLeases = async (client: Client | Pool, schema: string): Promise<ReadonlyArray<LeaseRow>> => {
  const { rows } = await client.query<LeaseRow>(
    `SELECT partition, owner, epoch, owner IS NOT NULL AND until > clock_timestamp() AS valid
     FROM ${quoted(schema)}.mandate_leases ORDER BY partition`,
  );
  return rows;
};

/** Makes the {@link Leases} of one runner. */
export const leasesOf = (
  pool: Pool,
  schema: string,
  owner: string,
  milliseconds: number,
  knows: ReadonlyArray<string>,
): Leases => {
  const s = quoted(schema);
  const later = `clock_timestamp() + make_interval(secs => ${milliseconds / 1000})`;

  const renew: Leases['renew'] = async () => {
    await pool.query(
      `INSERT INTO ${s}.mandate_runners (owner, until, knows) VALUES ($1, ${later}, $2)
       ON CONFLICT (owner) DO UPDATE SET until = excluded.until`,
      [owner, knows],
    );
    const held = await pool.query<Held>(
      `UPDATE ${s}.mandate_leases SET until = ${later} WHERE owner = $1 AND until > clock_timestamp()
       RETURNING partition, epoch`,
      [owner],
    );
    const around = await pool.query<{
      runners: ReadonlyArray<RunnerKnows>;
      sets: ReadonlyArray<KnownSet>;
      changes: number;
      free: ReadonlyArray<number>;
    }>(
      `SELECT (SELECT json_agg(json_build_object('owner', owner, 'knows', knows) ORDER BY owner)
               FROM ${s}.mandate_runners WHERE until > clock_timestamp()) AS runners,
              (SELECT json_agg(json_build_object('name', name, 'version', version, 'status', status))
               FROM ${s}.mandate_projections) AS sets,
              (SELECT changes FROM ${s}.mandate_settings) AS changes,
              ARRAY(SELECT partition FROM ${s}.mandate_leases
                    WHERE owner IS NULL OR until <= clock_timestamp() ORDER BY partition) AS free`,
    );
    const { runners, sets, changes = 0, free = [] } = around.rows[0] ?? {};
    return { held: held.rows, runners: runners ?? [], sets: sets ?? [], changes, free };
  };

  const giveUp: Leases['giveUp'] = async (given) => {
    if (given.length === 0) return;
    await pool.query(
      `UPDATE ${s}.mandate_leases SET owner = NULL, until = '-infinity' WHERE owner = $1 AND partition = ANY($2)`,
      [owner, given],
    );
  };

  return {
    renew,
    take: async (wanted) => {
      if (wanted.length === 0) return;
      await pool.query(
        `UPDATE ${s}.mandate_leases AS l SET owner = $1, epoch = l.epoch + 1, until = ${later}
         FROM (SELECT partition FROM ${s}.mandate_leases
               WHERE partition = ANY($2) AND (owner IS NULL OR until <= clock_timestamp())
               ORDER BY partition FOR UPDATE SKIP LOCKED) AS f
         WHERE l.partition = f.partition`,
        [owner, wanted],
      );
    },
    giveUp,
    leave: async () => {
      await pool.query(`UPDATE ${s}.mandate_leases SET owner = NULL, until = '-infinity' WHERE owner = $1`, [
        owner,
      ]);
      await pool.query(
        `DELETE FROM ${s}.mandate_runners WHERE owner = $1 OR until < clock_timestamp() - interval '1 hour'`,
        [owner],
      );
    },
    fence: async (client, held) => {
      const { rowCount } = await client.query(
        `UPDATE ${s}.mandate_leases AS l SET until = ${later}
         FROM unnest($2::int[], $3::bigint[]) AS h (partition, epoch)
         WHERE l.partition = h.partition AND l.epoch = h.epoch AND l.owner = $1 AND l.until > clock_timestamp()`,
        [owner, held.map(({ partition }) => partition), held.map(({ epoch }) => epoch)],
      );
      return rowCount === held.length;
    },
  };
};
