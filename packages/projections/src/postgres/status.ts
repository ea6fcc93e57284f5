/**
 * How far read models in PostgreSQL have come, for people and machines that watch.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';
import type { ProjectionFault } from '../fault.js';
import type { ProjectionStatus } from '../runner/model.js';
import { type BookedEntry, positionOf, readEntries, readPartitions } from './books.js';
import { type Pool, transaction } from './connect.js';
import { type LeaseRow, readLeases } from './leases.js';
import { leaseApart } from './roles.js';
import { beginReading } from './state.js';

/** One partition of one set of tables, by the books. */
export interface BookedPartition {
  /** The last number is the partition `whole`, of projections that are not shared out. */
  readonly partition: number;
  readonly position: Position | undefined;
  readonly applied: number;
  readonly skipped: number;
  /** Events of the partition up to `position`, applied or not. */
  readonly passed: number;
  /** ISO 8601, by the database's clock. */
  readonly movedAt: string | undefined;
  /** The runner that holds it, `undefined` where none does. */
  readonly owner: string | undefined;
  readonly fault: ProjectionFault | undefined;
}

/** Where one set of tables stands, by the books. */
export interface BookedStatus extends ProjectionStatus {
  readonly passed: number;
  readonly partitions: ReadonlyArray<BookedPartition>;
}

/** How far behind and how quick something is. */
interface Moving {
  /** For how many seconds the first event has been there that it does not know; `undefined` where the store cannot say. */
  readonly lagSeconds: number | undefined;
  /** Events a second that it passed since it was asked for before, over a minute at most; `undefined` the first time. */
  readonly rate: number | undefined;
}

/** One partition of one set of tables. */
export interface PartitionStatus extends BookedPartition, Moving {}

/** Where one set of tables stands, with its partitions. */
export interface PostgresProjectionStatus extends BookedStatus, Moving {
  readonly partitions: ReadonlyArray<PartitionStatus>;
  /** Events of the store that it has not passed; `undefined` where the store cannot count. */
  readonly lagEvents: number | undefined;
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, number) => total + number, 0);

const statusOf = (entry: BookedEntry, leases: ReadonlyArray<LeaseRow>, ordinary: number): BookedStatus => {
  const heldBy = (number: number) => leases.find((each) => each.partition === number && each.valid);
  const leaseOf = (partition: number) =>
    (entry.status === 'building' ? heldBy(leaseApart(partition, ordinary)) : undefined) ?? heldBy(partition);
  const partitions = entry.checkpoints.map((checkpoint): BookedPartition => {
    const { partition, position, applied, skipped, passed, movedAt } = checkpoint;
    const lease = leaseOf(partition);
    const fault =
      checkpoint.fault === undefined ? undefined : (JSON.parse(checkpoint.fault) as ProjectionFault);
    return {
      partition,
      position,
      applied,
      skipped,
      passed,
      movedAt,
      owner: lease?.owner ?? undefined,
      fault,
    };
  });
  const { name, version, generation } = entry;
  return {
    name,
    version,
    generation,
    status: entry.status === 'live' ? 'live' : 'building',
    position: positionOf(entry),
    applied: sum(partitions.map(({ applied }) => applied)),
    skipped: sum(partitions.map(({ skipped }) => skipped)),
    passed: sum(partitions.map(({ passed }) => passed)),
    fault: partitions.find(({ fault }) => fault !== undefined)?.fault,
    partitions,
  };
};

/** Reads the status of every set of tables. */
export const readStatus = (pool: Pool, schema: string): Promise<ReadonlyArray<BookedStatus>> =>
  transaction(pool, beginReading, async (client) => {
    const leases = await readLeases(client, schema);
    const partitions = await readPartitions(client, schema);
    const entries = await readEntries(client, schema);
    return entries.flatMap((entry) =>
      entry.status === 'retired' ? [] : [statusOf(entry, leases, partitions)],
    );
  });
