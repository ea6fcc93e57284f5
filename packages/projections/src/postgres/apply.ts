/**
 * Applies a page in the scratch and tells what changed.
 *
 * @packageDocumentation
 */
import { setImmediate } from 'node:timers/promises';
import type { OpenedEvent } from '@mandate/domain';
import { isOfTheFile, toFault } from '../database/faults.js';
import { type ProjectionFault, placeOf, projectionFault } from '../fault.js';
import type { Table } from '../projection.js';
import type { Pool } from './connect.js';
import { keysWith, loadRows, type Need } from './load.js';
import { columnsOf, isShared, keysOf, partitionOfKey } from './route.js';
import type { Rows, Scratch } from './scratch.js';
import { type Group, worksOf } from './work.js';
import type { TableChanges } from './write.js';

/** What came of a page. */
export interface Applied {
  readonly changes: ReadonlyArray<TableChanges>;
  /** By cell, why its code failed. */
  readonly faults: ReadonlyMap<string, ProjectionFault>;
}

export interface ApplyParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly scratch: Scratch;
  readonly opened: ReadonlyMap<string, OpenedEvent>;
  readonly partitions: number;
  /** Sets of tables whose projection has shown, cell by cell, that its rows are of the scope that it says. */
  readonly tried: Set<string>;
}

/** What the tasks of a group can touch, by scope: each key once. */
interface Touched {
  readonly add: (scope: Need['scope'], key: ReadonlyArray<string>) => boolean;
  readonly has: (scope: Need['scope'], key: ReadonlyArray<unknown>) => boolean;
}

const makeTouched = (): Touched => {
  const scopes = new Map<string, Set<string>>();
  return {
    add: (scope, key) => {
      const keys = scopes.get(scope) ?? new Set<string>();
      scopes.set(scope, keys);
      const size = keys.size;
      return keys.add(key.join('\n')).size > size;
    },
    has: (scope, key) => scopes.get(scope)?.has(key.join('\n')) === true,
  };
};

// -------------------------------------------------------------------------------------
// rows that can be touched
// -------------------------------------------------------------------------------------

/** Brings them into the scratch; answers what they are. */
const prepare = async (parts: ApplyParts, group: Group, rows: Rows): Promise<Touched> => {
  const { pool, schema, partitions } = parts;
  const { projection, prefix, byPartition, tasks } = group;
  const touched = makeTouched();
  const needs: Need[] = [];
  const need = (scope: Need['scope'], key: ReadonlyArray<string>, isNew: boolean): void => {
    if (!touched.add(scope, key) || rows.has(scope, key)) return;
    rows.keep(scope, key);
    if (!isNew) needs.push({ scope, key });
  };
  const scopes = [...new Set(projection.tables.map(({ scope }) => scope))];
  if (scopes.includes(undefined)) need('everything', [], false);
  const persons = new Set<string>();
  const streams = new Set<string>();
  const byPerson = scopes.includes('person');
  for (const { item, touch } of tasks) {
    // Another event of an agency's stream has the same keys, but for its persons.
    if (!touch.ofPortal && !byPerson) {
      if (streams.has(touch.stream)) continue;
      streams.add(touch.stream);
    }
    // Of a stream that begins here nothing can be there yet.
    const isNew = item.recorded.revision === 0 && !touch.ofPortal;
    for (const scope of scopes) {
      if (scope === undefined) continue;
      for (const key of keysOf(scope, touch)) need(scope, key, isNew && scope !== 'person');
    }
    if (touch.aboutPerson) for (const person of touch.persons) persons.add(person);
  }
  if (persons.size > 0) {
    for (const table of projection.tables) {
      const { scope } = table;
      if (scope === undefined) continue;
      for (const key of await keysWith(pool, schema, prefix, table, [...persons])) {
        if (!isShared(projection) || byPartition.has(partitionOfKey(scope, key, partitions)))
          need(scope, key, false);
      }
    }
  }
  await loadRows(pool, schema, prefix, projection, rows, needs);
  rows.loaded();
  return touched;
};

// -------------------------------------------------------------------------------------
// groups
// -------------------------------------------------------------------------------------

/** Applies the tasks; the fault of the projection's code, if that failed. */
const applyTasks = (
  { projection, tasks }: Group,
  rows: Rows,
  opened: ReadonlyMap<string, OpenedEvent>,
): ProjectionFault | undefined => {
  for (const { item } of tasks) {
    const { event, recorded } = item;
    if (event === undefined) continue;
    try {
      projection.apply(rows.tx, opened.get(event.meta.id) ?? (event as OpenedEvent));
    } catch (error) {
      if (isOfTheFile(error)) throw error;
      const about = { projection: projection.name, place: placeOf(recorded) };
      return projectionFault('APPLY_FAILED', `${projection.name}: ${toFault(error).detail}`, about);
    }
  }
  return undefined;
};

/** A row that no event of the page touches, by what its table says of its scope, was not loaded and may be another runner's. */
const strayFault = (
  { projection }: Group,
  touched: Touched,
  { table, written, deleted }: TableChanges,
): ProjectionFault | undefined => {
  const { scope } = table;
  if (scope === undefined || !isShared(projection)) return undefined;
  const isStray = (names: ReadonlyArray<string>) => {
    const places = columnsOf(scope).map((column) => names.indexOf(column));
    return (row: ReadonlyArray<unknown>): boolean =>
      !places.includes(-1) &&
      !touched.has(
        scope,
        places.map((place) => row[place]),
      );
  };
  return written.some(isStray(Object.keys(table.columns))) || deleted.some(isStray(table.key))
    ? projectionFault('APPLY_FAILED', `${projection.name}: a row of ${table.name} is not of scope ${scope}`, {
        projection: projection.name,
      })
    : undefined;
};

/** Applies a group, all or nothing. */
const applyGroup = async (
  parts: ApplyParts,
  group: Group,
): Promise<ReadonlyArray<TableChanges> | ProjectionFault> => {
  const { projection, prefix } = group;
  const rows = parts.scratch.rows(prefix, projection);
  rows.belongTo(new Set(worksOf(group).map(({ cell }) => cell.id)));
  if (group.tasks.length === 0) return [];
  const touched = await prepare(parts, group, rows);
  parts.scratch.savepoint();
  let fault = applyTasks(group, rows, parts.opened);
  const changesOf = (table: Table): TableChanges => ({ prefix, table, ...rows.changes(table) });
  const changes = fault === undefined ? projection.tables.map(changesOf) : [];
  for (const each of changes) fault ??= strayFault(group, touched, each);
  parts.scratch.release(fault !== undefined);
  return fault ?? changes;
};

const isFault = (outcome: ReadonlyArray<TableChanges> | ProjectionFault): outcome is ProjectionFault =>
  'code' in outcome;

/**
 * Applies a page. `alone` makes the group of one cell, for when the code fails: then it fails for those cells alone whose
 * events it cannot bear. What this throws is of the databases; the scratch is then to be reset.
 */
export const applyPage = async (
  parts: ApplyParts,
  groups: ReadonlyArray<Group>,
  alone: (group: Group) => ReadonlyArray<Group>,
): Promise<Applied> => {
  const changes: TableChanges[] = [];
  const faults = new Map<string, ProjectionFault>();
  /** False where the code failed. */
  const whole = async (group: Group): Promise<boolean> => {
    const outcome = await applyGroup(parts, group);
    if (!isFault(outcome)) {
      changes.push(...outcome.filter(({ written, deleted }) => written.length + deleted.length > 0));
      return true;
    }
    if (group.byPartition.size > 1) return false;
    for (const { cell } of worksOf(group)) faults.set(cell.id, outcome);
    return true;
  };
  const cellByCell = async (group: Group): Promise<void> => {
    const rows = parts.scratch.rows(group.prefix, group.projection);
    for (const one of alone(group)) {
      // With the rows of its neighbours beside it, an event about a person would touch those again and again.
      rows.clear();
      await whole(one);
    }
    rows.clear();
  };
  for (const group of groups) {
    // A page is much work at a stretch: leases must be prolonged meanwhile, and the process has other things to do.
    await setImmediate();
    // Rows beyond a projection's scope show among cells that are worked on together only where another runner holds theirs.
    const isTried = parts.tried.has(group.prefix) || group.byPartition.size === 1;
    if (!isTried || !(await whole(group))) await cellByCell(group);
    if (group.tasks.length > 0) parts.tried.add(group.prefix);
  }
  return { changes, faults };
};
