/**
 * The rows that a page can touch, in an SQLite in memory: a projection is applied there, as everywhere, and what changed is
 * then written to PostgreSQL.
 *
 * Each set of tables is here once, for all its cells that have come equally far. What of it is loaded is known by key, so
 * that a row which is not there is one that PostgreSQL has not either.
 *
 * @packageDocumentation
 */
import Database from 'better-sqlite3';
import { statementsOf } from '../database/statements.js';
import { createTables } from '../database/tables.js';
import type { Projection, ProjectionTx, SqlValue, Table, TableScope } from '../projection.js';
import { columnsOf } from './route.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Values = ReadonlyArray<SqlValue>;

/** Rows of one table that changed: those to write, whole, and the keys of those to delete. */
export interface Changes {
  readonly written: ReadonlyArray<Values>;
  readonly deleted: ReadonlyArray<Values>;
}

/** The rows of one set of tables. */
export interface Rows {
  readonly tx: ProjectionTx;
  /** True where the rows of this key are here; they are then used last. */
  readonly has: (scope: TableScope | 'everything', key: ReadonlyArray<string>) => boolean;
  /** The rows of this key are here from now on, `load`ed or none. */
  readonly keep: (scope: TableScope | 'everything', key: ReadonlyArray<string>) => void;
  readonly load: (table: Table, row: Values) => void;
  /** Forgets that loading changed anything. */
  readonly loaded: () => void;
  /** Lets go of every row, unless those that are here are all of these cells; from now on they are. */
  readonly belongTo: (cells: ReadonlySet<string>) => void;
  readonly clear: () => void;
  /** What `apply` changed since `loaded` or the last `changes`. */
  readonly changes: (table: Table) => Changes;
  /** Lets go of the keys that were not used for longest. */
  readonly evict: (most: number) => void;
}

export interface Scratch {
  readonly begin: () => void;
  readonly commit: () => void;
  readonly savepoint: () => void;
  readonly release: (undo: boolean) => void;
  readonly rows: (prefix: string, projection: Projection) => Rows;
  /** Lets go of the rows of sets in which other cells have a part than these. */
  readonly retain: (cells: ReadonlySet<string>) => void;
  /** Forgets everything: what is in PostgreSQL is not what was written here. */
  readonly reset: () => void;
  readonly close: () => void;
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const keyText = (scope: string, key: ReadonlyArray<string>): string => `${scope}\n${key.join('\n')}`;

const noteChanges = (db: Database.Database, prefix: string, { name, key }: Table): void => {
  const table = `${prefix}_${name}`;
  db.exec(`CREATE TABLE ${table}_changed (${key.join(', ')})`);
  db.exec(`CREATE TABLE ${table}_gone (${key.join(', ')})`);
  const note = (to: 'changed' | 'gone', row: 'NEW' | 'OLD'): string =>
    `INSERT INTO ${table}_${to} VALUES (${key.map((column) => `${row}.${column}`).join(', ')});`;
  const moved = key.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ');
  db.exec(`
    CREATE TRIGGER ${table}_inserted AFTER INSERT ON ${table} BEGIN ${note('changed', 'NEW')} END;
    CREATE TRIGGER ${table}_updated AFTER UPDATE ON ${table} BEGIN ${note('changed', 'NEW')} END;
    CREATE TRIGGER ${table}_moved AFTER UPDATE OF ${key.join(', ')} ON ${table} WHEN ${moved} BEGIN ${note('gone', 'OLD')} END;
    CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table} BEGIN ${note('gone', 'OLD')} END;`);
};

interface TableStatements {
  readonly load: Database.Statement<unknown[]>;
  readonly written: Database.Statement<unknown[]>;
  readonly deleted: Database.Statement<unknown[]>;
  readonly settled: ReadonlyArray<Database.Statement<unknown[]>>;
  readonly evict: Database.Statement<unknown[]> | undefined;
  readonly clear: Database.Statement<unknown[]>;
}

const statementsFor = (db: Database.Database, prefix: string, table: Table): TableStatements => {
  const name = `${prefix}_${table.name}`;
  const columns = Object.keys(table.columns);
  const key = table.key.join(', ');
  const same = (of: string): string =>
    table.key.map((column) => `t.${column} = ${of}.${column}`).join(' AND ');
  return {
    load: db.prepare(
      `INSERT OR IGNORE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ),
    written: db
      .prepare(
        `SELECT ${columns.map((column) => `t.${column}`).join(', ')}
         FROM (SELECT DISTINCT ${key} FROM ${name}_changed) AS c JOIN ${name} AS t ON ${same('c')}`,
      )
      .raw(),
    deleted: db
      .prepare(
        `SELECT DISTINCT ${key} FROM ${name}_gone AS g WHERE NOT EXISTS (SELECT 1 FROM ${name} AS t WHERE ${same('g')})`,
      )
      .raw(),
    settled: ['changed', 'gone'].map((of) => db.prepare(`DELETE FROM ${name}_${of}`)),
    evict:
      table.scope === undefined
        ? undefined
        : db.prepare(
            `DELETE FROM ${name} WHERE ${columnsOf(table.scope)
              .map((column) => `${column} = ?`)
              .join(' AND ')}`,
          ),
    clear: db.prepare(`DELETE FROM ${name}`),
  };
};

/** The rows of a set of tables, and whose they are. */
interface Kept extends Rows {
  readonly cells: () => ReadonlySet<string>;
}

const makeRows = (db: Database.Database, prefix: string, projection: Projection): Kept => {
  const tables = projection.tables.map(({ sought, ...table }) =>
    sought === undefined ? table : { ...table, indexes: sought },
  );
  createTables(db, prefix, { ...projection, tables });
  for (const table of tables) noteChanges(db, prefix, table);
  const statements = new Map(tables.map((table) => [table.name, statementsFor(db, prefix, table)] as const));
  // In the order in which they were used.
  const keys = new Map<string, { readonly scope: string; readonly key: ReadonlyArray<string> }>();
  let cells: ReadonlySet<string> = new Set();
  const keep: Rows['keep'] = (scope, key) => {
    const text = keyText(scope, key);
    keys.delete(text);
    keys.set(text, { scope, key });
  };
  const settle = (): void => {
    for (const { settled } of statements.values()) for (const each of settled) each.run();
  };
  const clear = (): void => {
    if (keys.size > 0) {
      for (const each of statements.values()) each.clear.run();
      settle();
    }
    keys.clear();
    cells = new Set();
  };

  return {
    tx: statementsOf(db, prefix),
    has: (scope, key) => {
      const text = keyText(scope, key);
      const known = keys.get(text);
      if (known === undefined) return false;
      keys.delete(text);
      keys.set(text, known);
      return true;
    },
    keep,
    load: (table, row) => void statements.get(table.name)?.load.run(...row),
    loaded: settle,
    clear,
    cells: () => cells,
    belongTo: (next) => {
      for (const id of cells) {
        if (next.has(id)) continue;
        clear();
        break;
      }
      cells = next;
    },
    changes: (table) => {
      const own = statements.get(table.name);
      if (own === undefined) return { written: [], deleted: [] };
      const written = own.written.all() as ReadonlyArray<Values>;
      const deleted = own.deleted.all() as ReadonlyArray<Values>;
      for (const each of own.settled) each.run();
      return { written, deleted };
    },
    evict: (most) => {
      if (keys.size <= most) return;
      for (const [text, { scope, key }] of keys) {
        if (keys.size <= most) break;
        if (scope === 'everything') continue;
        keys.delete(text);
        for (const table of projection.tables) {
          if (table.scope === scope) statements.get(table.name)?.evict?.run(...key);
        }
      }
      settle();
    },
  };
};

// -------------------------------------------------------------------------------------
// scratch
// -------------------------------------------------------------------------------------

/** Makes an empty {@link Scratch}. */
export const createScratch = (): Scratch => {
  let db = new Database(':memory:');
  const sets = new Map<string, Kept>();

  const reset = (): void => {
    db.close();
    db = new Database(':memory:');
    sets.clear();
  };

  return {
    begin: () => void db.exec('BEGIN'),
    commit: () => void db.exec('COMMIT'),
    savepoint: () => void db.exec('SAVEPOINT page'),
    release: (undo) => {
      if (undo) db.exec('ROLLBACK TO page');
      db.exec('RELEASE page');
    },
    rows: (prefix, projection) => {
      const known = sets.get(prefix);
      if (known !== undefined) return known;
      // Numbered, so that the names of two sets never run into each other.
      const made = makeRows(db, `s${sets.size}`, projection);
      sets.set(prefix, made);
      return made;
    },
    // Tables of a set that is gone stay, empty, until the next reset: that is seldom, and costs little.
    retain: (cells) => {
      for (const set of sets.values()) {
        if ([...set.cells()].some((id) => !cells.has(id))) set.clear();
      }
    },
    reset,
    close: () => void db.close(),
  };
};
