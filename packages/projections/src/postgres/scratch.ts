/**
 * The rows that a page can touch, in an SQLite in memory: a projection is applied there, as everywhere, and what changed is
 * then written to PostgreSQL.
 *
 * Each cell has tables of its own. What of them is loaded is known by key, so that a row which is not there is one that
 * PostgreSQL has not either.
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

/** The rows of one cell. */
export interface CellRows {
  readonly tx: ProjectionTx;
  /** True where the rows of this key are here; they are then used last. */
  readonly has: (scope: TableScope | 'everything', key: ReadonlyArray<string>) => boolean;
  /** The rows of this key are here from now on, `load`ed or none. */
  readonly keep: (scope: TableScope | 'everything', key: ReadonlyArray<string>) => void;
  readonly load: (table: Table, row: Values) => void;
  /** Forgets that loading changed anything. */
  readonly loaded: () => void;
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
  readonly cell: (id: string, projection: Projection) => CellRows;
  /** Drops the cells that are not among these. */
  readonly retain: (ids: ReadonlySet<string>) => void;
  /** Forgets everything: what is in PostgreSQL is not what was written here. */
  readonly reset: () => void;
  readonly close: () => void;
}

// -------------------------------------------------------------------------------------
// cells
// -------------------------------------------------------------------------------------

const keyText = (scope: string, key: ReadonlyArray<string>): string => [scope, ...key].join('\n');

const noteChanges = (db: Database.Database, prefix: string, { name, key }: Table): void => {
  const table = `${prefix}_${name}`;
  db.exec(`CREATE TABLE ${table}_changed (${key.join(', ')})`);
  const note = (row: 'NEW' | 'OLD'): string =>
    `INSERT INTO ${table}_changed VALUES (${key.map((column) => `${row}.${column}`).join(', ')});`;
  db.exec(`
    CREATE TRIGGER ${table}_inserted AFTER INSERT ON ${table} BEGIN ${note('NEW')} END;
    CREATE TRIGGER ${table}_updated AFTER UPDATE ON ${table} BEGIN ${note('OLD')} ${note('NEW')} END;
    CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table} BEGIN ${note('OLD')} END;`);
};

interface TableStatements {
  readonly load: Database.Statement<unknown[]>;
  readonly written: Database.Statement<unknown[]>;
  readonly deleted: Database.Statement<unknown[]>;
  readonly settled: Database.Statement<unknown[]>;
  readonly evict: Database.Statement<unknown[]> | undefined;
}

const statementsFor = (db: Database.Database, prefix: string, table: Table): TableStatements => {
  const name = `${prefix}_${table.name}`;
  const columns = Object.keys(table.columns);
  const key = table.key.join(', ');
  const sameKey = table.key.map((column) => `t.${column} = c.${column}`).join(' AND ');
  return {
    load: db.prepare(
      `INSERT OR IGNORE INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ),
    written: db
      .prepare(
        `SELECT ${columns.map((column) => `t.${column}`).join(', ')}
         FROM (SELECT DISTINCT ${key} FROM ${name}_changed) AS c JOIN ${name} AS t ON ${sameKey}`,
      )
      .raw(),
    deleted: db
      .prepare(
        `SELECT DISTINCT ${key} FROM ${name}_changed AS c WHERE NOT EXISTS (SELECT 1 FROM ${name} AS t WHERE ${sameKey})`,
      )
      .raw(),
    settled: db.prepare(`DELETE FROM ${name}_changed`),
    evict:
      table.scope === undefined
        ? undefined
        : db.prepare(
            `DELETE FROM ${name} WHERE ${columnsOf(table.scope)
              .map((column) => `${column} = ?`)
              .join(' AND ')}`,
          ),
  };
};

const makeCell = (db: Database.Database, prefix: string, projection: Projection): CellRows => {
  createTables(db, prefix, projection);
  for (const table of projection.tables) noteChanges(db, prefix, table);
  const statements = new Map(
    projection.tables.map((table) => [table.name, statementsFor(db, prefix, table)] as const),
  );
  // In the order in which they were used.
  const keys = new Map<string, { readonly scope: string; readonly key: ReadonlyArray<string> }>();
  const keep: CellRows['keep'] = (scope, key) => {
    const text = keyText(scope, key);
    keys.delete(text);
    keys.set(text, { scope, key });
  };
  const settle = (): void => {
    for (const each of statements.values()) each.settled.run();
  };

  return {
    tx: statementsOf(db, prefix),
    has: (scope, key) => {
      const known = keys.has(keyText(scope, key));
      if (known) keep(scope, key);
      return known;
    },
    keep,
    load: (table, row) => void statements.get(table.name)?.load.run(...row),
    loaded: settle,
    changes: (table) => {
      const own = statements.get(table.name);
      if (own === undefined) return { written: [], deleted: [] };
      const written = own.written.all() as ReadonlyArray<Values>;
      const deleted = own.deleted.all() as ReadonlyArray<Values>;
      own.settled.run();
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
  const cells = new Map<string, CellRows>();
  let numbers = 0;

  const reset = (): void => {
    db.close();
    db = new Database(':memory:');
    cells.clear();
  };

  return {
    begin: () => void db.exec('BEGIN'),
    commit: () => void db.exec('COMMIT'),
    savepoint: () => void db.exec('SAVEPOINT cell'),
    release: (undo) => {
      if (undo) db.exec('ROLLBACK TO cell');
      db.exec('RELEASE cell');
    },
    cell: (id, projection) => {
      const known = cells.get(id);
      if (known !== undefined) return known;
      numbers++;
      const made = makeCell(db, `c${numbers}`, projection);
      cells.set(id, made);
      return made;
    },
    // Their tables stay until the next reset: partitions change hands seldom, and an empty cell costs little.
    retain: (ids) => {
      for (const [id, cell] of cells) {
        if (ids.has(id)) continue;
        cell.evict(-1);
        cells.delete(id);
      }
    },
    reset,
    close: () => void db.close(),
  };
};
