/**
 * Which partition a stream, and so a row, belongs to, and which partitions an event goes to.
 *
 * The events of a stream are of one partition, and so are the rows that they make. What a row depends on is applied in the
 * order of the log inside its partition, so partitions need not know of each other. A projection with rows of which that
 * is not true is not shared out: it has the partition `whole` to itself, which sees every event.
 *
 * @packageDocumentation
 */
import type { StoredEvent } from '@mandate/domain';
import type { Projection, Table, TableScope } from '../projection.js';

// -------------------------------------------------------------------------------------
// streams
// -------------------------------------------------------------------------------------

const agencyStream = /^agency-([a-z0-9]+)\.([0-9A-Z]+)$/;

/** What decides on the partition of a stream: itself, or the portal for `catalogue-gepi` and its like, which stay together. */
const homeOf = (stream: string): string =>
  agencyStream.test(stream) ? stream : `portal-${stream.slice(stream.indexOf('-') + 1)}`;

/** FNV-1a, 32 bits, over UTF-16 code units: stream names are ASCII. It decides where rows are, so it never changes. */
export const partitionOfHome = (home: string, partitions: number): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < home.length; index++) {
    hash = Math.imul(hash ^ home.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
};

// Every event asks several times, and mostly about streams that were asked about before. Bounded, and made again at will.
const most = 50_000;
let askedOf = 0;
const asked = new Map<string, number>();

/** The partition of a stream, 0 to `partitions` - 1. */
export const partitionOf = (stream: string, partitions: number): number => {
  if (askedOf !== partitions || asked.size >= most) asked.clear();
  askedOf = partitions;
  const known = asked.get(stream);
  if (known !== undefined) return known;
  const partition = partitionOfHome(homeOf(stream), partitions);
  asked.set(stream, partition);
  return partition;
};

/** The number of the partition `whole`. */
export const wholeOf = (partitions: number): number => partitions;

// -------------------------------------------------------------------------------------
// scopes
// -------------------------------------------------------------------------------------

const scopeColumns: Readonly<Record<TableScope, ReadonlyArray<string>>> = {
  agency: ['portal', 'agency'],
  portal: ['portal'],
  stream: ['stream'],
  person: ['person'],
};

/** The columns that say whose a row is. */
export const columnsOf = (scope: TableScope): ReadonlyArray<string> => scopeColumns[scope];

/** True where a projection's rows can be shared out. */
export const isShared = (projection: Projection): boolean =>
  projection.tables.every(({ scope }) => scope !== undefined && scope !== 'person');

/** The partition of a row of a shared table, by the values of its scope's columns. */
export const partitionOfKey = (
  scope: TableScope,
  [first = '', second = '']: ReadonlyArray<string>,
  partitions: number,
): number => {
  if (scope === 'agency') return partitionOf(`agency-${first}.${second}`, partitions);
  return scope === 'portal' ? partitionOfHome(`portal-${first}`, partitions) : partitionOf(first, partitions);
};

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

/** What of the tables an event can touch: keys by scope. */
export interface Touch {
  readonly stream: string;
  readonly portal: string;
  /** It is of one of the portal's own streams. */
  readonly ofPortal: boolean;
  readonly agency: string | undefined;
  readonly persons: ReadonlyArray<string>;
  /** It is of a portal's stream and about a person: rows of any agency may bear that person. */
  readonly aboutPerson: boolean;
}

const textOf = (data: unknown, name: string): string | undefined => {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, name)) return undefined;
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'string' ? value : undefined;
};

/** What an event can touch. */
export const touchOf = (event: StoredEvent): Touch => {
  const { stream } = event.meta;
  const [, portal, agency] = agencyStream.exec(stream) ?? [];
  const persons = [textOf(event.data, 'person'), textOf(event.data, 'previous')].flatMap((person) =>
    person === undefined ? [] : [person],
  );
  return portal === undefined
    ? {
        stream,
        ofPortal: true,
        portal: stream.slice(stream.indexOf('-') + 1),
        agency: textOf(event.data, 'agency'),
        persons,
        aboutPerson: persons.length > 0,
      }
    : { stream, portal, ofPortal: false, agency, persons, aboutPerson: false };
};

/** The keys of a scope that an event touches. */
export const keysOf = (scope: TableScope, touch: Touch): ReadonlyArray<ReadonlyArray<string>> => {
  switch (scope) {
    case 'agency':
      return touch.agency === undefined ? [] : [[touch.portal, touch.agency]];
    case 'portal':
      return touch.ofPortal ? [[touch.portal]] : [];
    case 'stream':
      return [[touch.stream]];
    case 'person':
      return touch.persons.map((person) => [person]);
  }
};

/** Where an event goes; `counted` is the one partition in which it counts as applied. */
export interface Route {
  readonly to: ReadonlyArray<number>;
  readonly counted: number;
}

const bearsPersons = (table: Table): boolean => (table.persons ?? []).length > 0;

/** The partitions of a shared projection that an event goes to; `home` is that of its stream. */
export const routeOf = (projection: Projection, touch: Touch, partitions: number, home: number): Route => {
  // Of an agency's stream, whatever has a key in it is at home with it.
  if (!touch.ofPortal) return { to: [home], counted: home };
  if (touch.aboutPerson && projection.tables.some(bearsPersons)) {
    return { to: Array.from({ length: partitions }, (_, number) => number), counted: home };
  }
  const to = new Set<number>();
  for (const { scope } of projection.tables) {
    if (scope === undefined) continue;
    for (const key of keysOf(scope, touch)) to.add(partitionOfKey(scope, key, partitions));
  }
  // An event that touches no row by its key still counts, where its stream is at home.
  const [counted = home] = to.has(home) ? [home] : to;
  return { to: to.size === 0 ? [home] : [...to], counted };
};
