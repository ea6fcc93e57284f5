/**
 * The books: which versions of which projections there are, how far each has come, which one is live.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { createTables, dropTables, pointViews, prefixOf, printTables } from './tables.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One set of tables. `live`: queries read it. `building`: not complete yet. `retired`: to be dropped. */
export interface Entry {
  readonly name: string;
  readonly version: number;
  readonly generation: number;
  readonly prefix: string;
  readonly status: 'live' | 'building' | 'retired';
  /** The last event that its rows know; `undefined` where there was none. */
  readonly position: Position | undefined;
  readonly applied: number;
  readonly skipped: number;
  readonly printed: string;
}

interface Row extends Omit<Entry, 'position' | 'printed'> {
  readonly position: Position | null;
  readonly tables: string;
}

/** All functions must run inside a transaction, those that only read inside any. */
export interface Books {
  readonly entries: () => ReadonlyArray<Entry>;
  readonly chainPosition: () => Position | undefined;
  readonly moveChain: (position: Position) => void;
  readonly chainEnd: (stream: string) => { readonly revision: number; readonly hash: string } | undefined;
  readonly setChainEnd: (stream: string, revision: number, hash: string) => void;
  readonly move: (entry: Entry, position: Position, applied: number, skipped: number) => void;
  /** Makes sure that a projection has its tables; a fault where it cannot have them. */
  readonly ensure: (projection: Projection) => ProjectionFault | undefined;
  /** Begins another set of tables beside those of the projection. */
  readonly begin: (projection: Projection) => void;
  /** Makes a complete set of tables the live one; what was live before, and older, is retired. */
  readonly swap: (entry: Entry) => void;
  /** Drops the tables that are retired. */
  readonly clean: () => void;
}

/** True where `a` is an older set of tables than `b`. */
const older = (a: Entry, b: Entry): boolean =>
  a.version < b.version || (a.version === b.version && a.generation < b.generation);

// -------------------------------------------------------------------------------------
// books
// -------------------------------------------------------------------------------------

/** Opens the books of a database. */
export const booksOf = (db: Database): Books => {
  const all = db.prepare<[], Row>('SELECT * FROM mandate_projections ORDER BY name, version, generation');
  const insert = db.prepare<[string, number, number, string, string]>(
    `INSERT INTO mandate_projections (name, version, generation, prefix, status, position, applied, skipped, tables)
     VALUES (?, ?, ?, ?, 'building', NULL, 0, 0, ?)`,
  );
  const moved = db.prepare<[string, number, number, string]>(
    'UPDATE mandate_projections SET position = ?, applied = applied + ?, skipped = skipped + ? WHERE prefix = ?',
  );
  const status = db.prepare<[string, string]>('UPDATE mandate_projections SET status = ? WHERE prefix = ?');
  const remove = db.prepare<[string]>('DELETE FROM mandate_projections WHERE prefix = ?');
  const chain = db.prepare<[], Position | null>('SELECT position FROM mandate_chain').pluck();
  const chainMoved = db.prepare<[string]>('UPDATE mandate_chain SET position = ?');
  const end = db.prepare<[string], { revision: number; hash: string }>(
    'SELECT revision, hash FROM mandate_chain_ends WHERE stream = ?',
  );
  const endMoved = db.prepare<[string, number, string]>(
    `INSERT INTO mandate_chain_ends (stream, revision, hash) VALUES (?, ?, ?)
     ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, hash = excluded.hash`,
  );

  const entries = (): ReadonlyArray<Entry> =>
    all.all().map(({ position, tables, ...row }) => ({
      ...row,
      position: position ?? undefined,
      printed: tables,
    }));

  const begin = (projection: Projection): void => {
    const { name, version } = projection;
    const same = entries().filter((entry) => entry.name === name && entry.version === version);
    // Never a number that was used: its tables may still be there to be dropped.
    const generation = Math.max(0, ...same.map((entry) => entry.generation)) + 1;
    const prefix = prefixOf(name, version, generation);
    createTables(db, prefix, projection);
    insert.run(name, version, generation, prefix, printTables(projection));
  };

  const ensure = (projection: Projection): ProjectionFault | undefined => {
    const { name, version } = projection;
    const about = { projection: name };
    const known = entries().filter((entry) => entry.name === name && entry.status !== 'retired');
    const newer = known.find((entry) => entry.status === 'live' && entry.version > version);
    if (newer !== undefined) {
      return projectionFault('SUPERSEDED', `version ${newer.version} of ${name} is live`, about);
    }
    const mine = known.filter((entry) => entry.version === version);
    if (mine.some((entry) => entry.printed !== printTables(projection))) {
      return projectionFault(
        'DEFINITION_CHANGED',
        `the tables of ${name} changed; its version ${version} did not`,
        about,
      );
    }
    if (mine.length === 0) begin(projection);
    return undefined;
  };

  const swap = (entry: Entry): void => {
    const siblings = entries().filter((other) => other.name === entry.name && other.prefix !== entry.prefix);
    const live = siblings.find((other) => other.status === 'live');
    pointViews(db, entry.name, live?.printed, entry);
    for (const other of siblings) {
      if (other.status === 'live' || older(other, entry)) status.run('retired', other.prefix);
    }
    status.run('live', entry.prefix);
  };

  const clean = (): void => {
    for (const entry of entries()) {
      if (entry.status !== 'retired') continue;
      dropTables(db, entry.prefix, entry.printed);
      remove.run(entry.prefix);
    }
  };

  return {
    entries,
    chainPosition: () => chain.get() ?? undefined,
    moveChain: (position) => void chainMoved.run(position),
    chainEnd: (stream) => end.get(stream),
    setChainEnd: (stream, revision, hash) => void endMoved.run(stream, revision, hash),
    move: (entry, position, applied, skipped) => void moved.run(position, applied, skipped, entry.prefix),
    ensure,
    begin,
    swap,
    clean,
  };
};
