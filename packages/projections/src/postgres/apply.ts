/**
 * Applies a page in the scratch and tells what changed.
 *
 * @packageDocumentation
 */
import type { OpenedEvent } from '@mandate/domain';
import { isOfTheFile, toFault } from '../database/faults.js';
import { type ProjectionFault, placeOf, projectionFault } from '../fault.js';
import type { Pool } from './connect.js';
import { keysWith, loadRows, type Need } from './load.js';
import { isShared, keysOf, partitionOfKey } from './route.js';
import type { CellRows, Scratch } from './scratch.js';
import type { Work } from './work.js';
import type { TableChanges } from './write.js';

/** Works whose cell applied its tasks, with what came of it. */
export interface Applied {
  readonly changes: ReadonlyArray<TableChanges>;
  /** By cell, how many events count as applied. */
  readonly counts: ReadonlyMap<string, number>;
  /** By cell, why its code failed. */
  readonly faults: ReadonlyMap<string, ProjectionFault>;
}

/** Brings the rows that the tasks can touch into the scratch. */
const prepare = async (
  pool: Pool,
  schema: string,
  works: ReadonlyArray<readonly [Work, CellRows]>,
  partitions: number,
): Promise<void> => {
  const needs: Need[] = [];
  const need = (
    work: Work,
    rows: CellRows,
    scope: Need['scope'],
    key: ReadonlyArray<string>,
    isNew: boolean,
  ): void => {
    if (rows.has(scope, key)) return;
    rows.keep(scope, key);
    if (!isNew) needs.push({ cell: work.cell, rows, scope, key });
  };
  const lookedFor = new Map<string, Set<string>>();
  for (const [work, rows] of works) {
    const { projection, entry } = work.cell;
    const scopes = new Set(projection.tables.map(({ scope }) => scope));
    if (scopes.has(undefined)) need(work, rows, 'everything', [], false);
    for (const { item, touch } of work.tasks) {
      // Of a stream that begins here nothing can be there yet.
      const isNew = item.recorded.revision === 0 && !touch.ofPortal;
      for (const scope of scopes) {
        if (scope === undefined) continue;
        for (const key of keysOf(scope, touch)) need(work, rows, scope, key, isNew && scope !== 'person');
      }
      if (!touch.aboutPerson) continue;
      const persons = lookedFor.get(entry.prefix) ?? new Set<string>();
      for (const person of touch.persons) persons.add(person);
      lookedFor.set(entry.prefix, persons);
    }
  }
  for (const [prefix, persons] of lookedFor) {
    const own = works.filter(([work]) => work.cell.entry.prefix === prefix);
    const projection = own[0]?.[0].cell.projection;
    for (const table of projection?.tables ?? []) {
      const { scope } = table;
      if (projection === undefined || scope === undefined) continue;
      for (const key of await keysWith(pool, schema, prefix, table, [...persons])) {
        const partition = isShared(projection) ? partitionOfKey(scope, key, partitions) : undefined;
        for (const [work, rows] of own) {
          if (partition === undefined || work.cell.partition === partition)
            need(work, rows, scope, key, false);
        }
      }
    }
  }
  await loadRows(pool, schema, needs);
  for (const [, rows] of works) rows.loaded();
};

/** Applies the tasks of one cell; the fault of its code, if that failed. */
const applyTasks = (
  { cell, tasks }: Work,
  rows: CellRows,
  opened: ReadonlyMap<string, OpenedEvent>,
): ProjectionFault | undefined => {
  const { projection, entry } = cell;
  for (const { item } of tasks) {
    const { event, recorded } = item;
    if (event === undefined) continue;
    try {
      projection.apply(rows.tx, opened.get(event.meta.id) ?? (event as OpenedEvent));
    } catch (error) {
      if (isOfTheFile(error)) throw error;
      const about = { projection: entry.name, place: placeOf(recorded) };
      return projectionFault('APPLY_FAILED', `${entry.name}: ${toFault(error).detail}`, about);
    }
  }
  return undefined;
};

/** A row of another partition would be written by two runners: the table's scope is not what it says. */
const strayFault = (work: Work, partitions: number, changes: TableChanges): ProjectionFault | undefined => {
  const { table } = changes;
  const { scope } = table;
  const { projection, partition } = work.cell;
  if (scope === undefined || !isShared(projection)) return undefined;
  const columns = Object.keys(table.columns);
  const placesOf = (names: ReadonlyArray<string>): ReadonlyArray<number> =>
    (scope === 'agency' ? ['portal', 'agency'] : [scope]).map((column) => names.indexOf(column));
  const isStray = (names: ReadonlyArray<string>) => {
    const places = placesOf(names);
    return (row: ReadonlyArray<unknown>): boolean =>
      !places.includes(-1) &&
      partitionOfKey(
        scope,
        places.map((place) => String(row[place])),
        partitions,
      ) !== partition;
  };
  return changes.written.some(isStray(columns)) || changes.deleted.some(isStray(table.key))
    ? projectionFault('APPLY_FAILED', `${projection.name}: a row of ${table.name} is not of scope ${scope}`, {
        projection: projection.name,
      })
    : undefined;
};

/** Applies a page. What it throws is of the databases; the scratch is then to be reset. */
export const applyPage = async (
  pool: Pool,
  schema: string,
  scratch: Scratch,
  works: ReadonlyArray<Work>,
  opened: ReadonlyMap<string, OpenedEvent>,
  partitions: number,
): Promise<Applied> => {
  const busy = works
    .filter(({ tasks }) => tasks.length > 0)
    .map((work) => [work, scratch.cell(work.cell.id, work.cell.projection)] as const);
  await prepare(pool, schema, busy, partitions);
  const all = new Map<string, TableChanges>();
  const counts = new Map<string, number>();
  const faults = new Map<string, ProjectionFault>();
  for (const [work, rows] of busy) {
    const { id, entry, projection } = work.cell;
    scratch.savepoint();
    let fault = applyTasks(work, rows, opened);
    const own =
      fault === undefined
        ? projection.tables.map((table): TableChanges => {
            const { written, deleted } = rows.changes(table);
            return { prefix: entry.prefix, table, written: [...written], deleted: [...deleted] };
          })
        : [];
    for (const changes of own) fault ??= strayFault(work, partitions, changes);
    scratch.release(fault !== undefined);
    if (fault !== undefined) {
      faults.set(id, fault);
      continue;
    }
    counts.set(id, work.tasks.filter((task) => task.counts).length);
    for (const changes of own) {
      const key = `${changes.prefix}/${changes.table.name}`;
      const known = all.get(key);
      if (known === undefined) all.set(key, changes);
      else {
        known.written.push(...changes.written);
        known.deleted.push(...changes.deleted);
      }
    }
  }
  return {
    changes: [...all.values()].filter(({ written, deleted }) => written.length + deleted.length > 0),
    counts,
    faults,
  };
};
