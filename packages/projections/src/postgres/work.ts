/**
 * Shares a page out: which events go to which cells.
 *
 * Cells of one set of tables that have come equally far are worked on together, as if they were one.
 *
 * @packageDocumentation
 */
import type { Position, RecordedEvent } from '@mandate/domain';
import type { Projection } from '../projection.js';
import type { Item } from '../runner/decode.js';
import { isBefore } from '../runner/positions.js';
import type { Cell } from './model.js';
import { isShared, partitionOf, routeOf, type Touch, touchOf, wholeOf } from './route.js';

/** An event that is to be applied. */
export interface Task {
  readonly item: Item;
  readonly touch: Touch;
}

/** What a page means to one cell. */
export interface Work {
  readonly cell: Cell;
  /** Events that count as applied here, and in no other cell of the same tables. */
  applied: number;
  skipped: number;
  passed: number;
}

/** Cells of one set of tables that stand at one position, and the events that any of them is to apply, in their order. */
export interface Group {
  readonly prefix: string;
  readonly projection: Projection;
  readonly shared: boolean;
  readonly position: Position | undefined;
  readonly byPartition: Map<number, Work>;
  readonly tasks: Task[];
}

/** The works of a group. */
export const worksOf = ({ byPartition }: Group): ReadonlyArray<Work> => [...byPartition.values()];

const groupsOf = (cells: ReadonlyArray<Cell>): ReadonlyArray<Group> => {
  const groups = new Map<string, Group>();
  for (const cell of cells) {
    const { projection, entry, partition } = cell;
    const { prefix, position } = entry;
    const name = JSON.stringify([prefix, position]);
    const group: Group = groups.get(name) ?? {
      prefix,
      projection,
      position,
      shared: isShared(projection),
      byPartition: new Map<number, Work>(),
      tasks: [],
    };
    group.byPartition.set(partition, { cell, applied: 0, skipped: 0, passed: 0 });
    groups.set(name, group);
  }
  return [...groups.values()];
};

const takeTask = (group: Group, item: Item, touch: Touch, partitions: number, home: number): void => {
  const { projection, shared, byPartition, tasks } = group;
  if (!shared) {
    const work = byPartition.get(wholeOf(partitions));
    if (work === undefined) return;
    work.applied++;
    tasks.push({ item, touch });
    return;
  }
  const route = routeOf(projection, touch, partitions, home);
  const counted = byPartition.get(route.counted);
  if (counted !== undefined) counted.applied++;
  for (const partition of route.to) {
    if (!byPartition.has(partition)) continue;
    tasks.push({ item, touch });
    return;
  }
};

/** Shares decoded items out; `events` are all that were read, of whatever partition. */
export const shareOut = (
  cells: ReadonlyArray<Cell>,
  items: ReadonlyArray<Item>,
  events: ReadonlyArray<RecordedEvent>,
  partitions: number,
): ReadonlyArray<Group> => {
  const groups = groupsOf(cells);
  const whole = wholeOf(partitions);
  const waits = (group: Group, position: Position): boolean => isBefore(group.position, position);

  for (const { stream, position } of events) {
    const home = partitionOf(stream, partitions);
    for (const group of groups) {
      const work = group.byPartition.get(group.shared ? home : whole);
      if (work !== undefined && waits(group, position)) work.passed++;
    }
  }
  for (const item of items) {
    const { recorded, event } = item;
    const { stream, position } = recorded;
    const home = partitionOf(stream, partitions);
    if (event === undefined) {
      for (const group of groups) {
        const work = group.byPartition.get(group.shared ? home : whole);
        if (work !== undefined && waits(group, position)) work.skipped++;
      }
      continue;
    }
    const touch = touchOf(event);
    for (const group of groups) {
      if (!group.projection.events.has(event.type) || !waits(group, position)) continue;
      takeTask(group, item, touch, partitions, home);
    }
  }
  return groups;
};
