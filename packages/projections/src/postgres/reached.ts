/**
 * How far projections have come by the books, whichever runner feeds them.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { lowest } from '../runner/positions.js';
import { positionOf, type readEntries } from './books.js';

type Entries = Awaited<ReturnType<typeof readEntries>>;

export interface Reached {
  /** Each has tables that answer. */
  readonly live: boolean;
  /** What all partitions of what is live have reached. */
  readonly position: Position | undefined;
  /** Why somebody else's partition does not go on. */
  readonly fault: ProjectionFault | undefined;
}

/** How far `wanted` have come; faults of partitions that are `own` are told by who feeds them. */
export const reachedOf = (
  entries: Entries,
  wanted: ReadonlyArray<Projection>,
  own: ReadonlySet<number>,
): Reached => {
  const live = wanted.map(({ name, version }) =>
    entries.find((entry) => entry.name === name && entry.version === version && entry.status === 'live'),
  );
  const known = entries.filter(({ name, version }) =>
    wanted.some((projection) => projection.name === name && projection.version === version),
  );
  const fault = known
    .flatMap(({ checkpoints }) => checkpoints)
    .find((checkpoint) => checkpoint.fault !== undefined && !own.has(checkpoint.partition))?.fault;
  const positions = live.flatMap((entry) => (entry === undefined ? [] : [positionOf(entry)]));
  return {
    live: live.every((entry) => entry !== undefined),
    position: positions.length === 0 ? undefined : lowest(positions),
    fault: fault === undefined ? undefined : (JSON.parse(fault) as ProjectionFault),
  };
};

/** Why one of a runner's projections is not among those that are kept. */
export const lostOf = (
  entries: Entries,
  projections: ReadonlyArray<Projection>,
): ProjectionFault | undefined => {
  const lost = projections.find(
    ({ name, version }) =>
      !entries.some(
        (entry) => entry.name === name && entry.version === version && entry.status !== 'retired',
      ),
  );
  return lost === undefined
    ? undefined
    : projectionFault('SUPERSEDED', `a newer version of ${lost.name} is live`, { projection: lost.name });
};
