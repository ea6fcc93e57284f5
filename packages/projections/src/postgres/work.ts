/**
 * Shares a page out: which events go to which cell.
 *
 * @packageDocumentation
 */
import type { Position, RecordedEvent } from '@mandate/domain';
import type { Projection } from '../projection.js';
import type { Item } from '../runner/decode.js';
import { isBefore } from '../runner/positions.js';
import type { Cell } from './model.js';
import { isShared, partitionOf, type Route, routeOf, type Touch, touchOf, wholeOf } from './route.js';

/** An event that a cell is to apply. */
export interface Task {
  readonly item: Item;
  readonly touch: Touch;
  /** It counts as applied here, and in no other cell of the same tables. */
  readonly counts: boolean;
}

/** What a page means to one cell. */
export interface Work {
  readonly cell: Cell;
  readonly tasks: Task[];
  skipped: number;
  passed: number;
}

interface Group {
  readonly projection: Projection;
  readonly shared: boolean;
  readonly byPartition: Map<number, Work>;
}

const groupsOf = (cells: ReadonlyArray<Cell>): ReadonlyArray<Group> => {
  const groups = new Map<string, Group>();
  for (const cell of cells) {
    const { projection, entry, partition } = cell;
    const group = groups.get(entry.prefix) ?? {
      projection,
      shared: isShared(projection),
      byPartition: new Map<number, Work>(),
    };
    group.byPartition.set(partition, { cell, tasks: [], skipped: 0, passed: 0 });
    groups.set(entry.prefix, group);
  }
  return [...groups.values()];
};

/** Shares decoded items out; `events` are all that were read, of whatever partition. */
export const shareOut = (
  cells: ReadonlyArray<Cell>,
  items: ReadonlyArray<Item>,
  events: ReadonlyArray<RecordedEvent>,
  partitions: number,
): ReadonlyArray<Work> => {
  const groups = groupsOf(cells);
  const whole = wholeOf(partitions);
  const waits = (work: Work, position: Position): boolean => isBefore(work.cell.entry.position, position);

  for (const { stream, position } of events) {
    const home = partitionOf(stream, partitions);
    for (const { shared, byPartition } of groups) {
      const work = byPartition.get(shared ? home : whole);
      if (work !== undefined && waits(work, position)) work.passed++;
    }
  }
  for (const item of items) {
    const { recorded, event } = item;
    const { position } = recorded;
    if (event === undefined) {
      const home = partitionOf(recorded.stream, partitions);
      for (const { shared, byPartition } of groups) {
        const work = byPartition.get(shared ? home : whole);
        if (work !== undefined && waits(work, position)) work.skipped++;
      }
      continue;
    }
    const touch = touchOf(event);
    for (const { projection, shared, byPartition } of groups) {
      if (!projection.events.has(event.type)) continue;
      const route: Route = shared
        ? routeOf(projection, touch, partitions)
        : { to: new Set([whole]), counted: whole };
      for (const partition of route.to) {
        const work = byPartition.get(partition);
        if (work === undefined || !waits(work, position)) continue;
        work.tasks.push({ item, touch, counts: partition === route.counted });
      }
    }
  }
  return groups.flatMap(({ byPartition }) => [...byPartition.values()]);
};
