/**
 * What a runner on PostgreSQL holds while it works.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';
import type { Entry } from '../database/books.js';
import type { Projection } from '../projection.js';

/** What the books say of one partition of one set of tables. */
export interface Checkpoint {
  readonly prefix: string;
  readonly partition: number;
  readonly position: Position | undefined;
  readonly applied: number;
  readonly skipped: number;
  /** Events of the partition's own streams up to `position`, applied or not. */
  readonly passed: number;
  /** It once knew every event of the store. */
  readonly complete: boolean;
  /** Why it could not go on when it was last tried, and who tried says so: a `ProjectionFault` as JSON. */
  readonly fault: string | undefined;
  /** ISO 8601, by the clock of the database; `undefined` where it never moved. */
  readonly movedAt: string | undefined;
}

/** A partition that this runner may write, and the number under which it may. */
export interface Held {
  /** The number of the lease: that of the partition, or `leaseApart` of it. */
  readonly partition: number;
  /** Goes up with every change of hands; who writes names it. */
  readonly epoch: number;
}

/** One partition of one set of tables: what a page is applied to. */
export interface Cell {
  /** `prefix/partition`. */
  readonly id: string;
  readonly partition: number;
  readonly projection: Projection;
  /** The set of tables; its `position` is the cell's own. */
  readonly entry: Entry;
  readonly complete: boolean;
}

/** What a runner knows of the books while its leases last. */
export interface State {
  readonly partitions: number;
  readonly held: ReadonlyArray<Held>;
  readonly cells: ReadonlyArray<Cell>;
  /** How far the chain of each partition held is checked. */
  readonly chain: ReadonlyMap<number, Position | undefined>;
}

/** Names a cell. */
export const cellId = (prefix: string, partition: number): string => `${prefix}/${partition}`;
