/**
 * What a projection is: tables, and how an event changes them (docs/architecture.md 6).
 *
 * @packageDocumentation
 */
import type { OpenedEvent, RegisterEventType, StoredEvent } from '@mandate/domain';

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

/** What a column holds. Times are ISO texts in UTC, truth is 0 or 1, structures are JSON texts. */
export type ColumnType = 'TEXT' | 'TEXT NOT NULL' | 'INTEGER' | 'INTEGER NOT NULL';

export type SqlValue = string | number | null;

/** Values for each `?` in their order, or one object for all names such as `@portal`. */
export type SqlValues = ReadonlyArray<SqlValue> | readonly [Readonly<Record<string, SqlValue>>];

/**
 * Which events rows come from. It lets runners on PostgreSQL share the work, and hold no more rows than a page of events
 * can touch; on SQLite it says nothing.
 *
 * - `agency`: columns `portal` and `agency` say whose row it is; its events are those of the agency's own stream, those of
 *   the portal that name the agency (`data.agency`) and those about a person in `persons`.
 * - `portal`: column `portal`; events of the portal's own streams, such as `catalogue-gepi`.
 * - `stream`: column `stream`; events of that stream.
 * - `person`: column `person`; events of any stream that name the person (`data.person`, `data.previous`).
 */
export type TableScope = 'agency' | 'portal' | 'stream' | 'person';

/** A table. Its rows have an order, that of `key`, so that two copies can be compared by their digest. */
export interface Table {
  /** Lower-case letters and `_`; SQL names it in braces: `SELECT name FROM {clerks}`. */
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The primary key. */
  readonly key: ReadonlyArray<string>;
  readonly indexes?: ReadonlyArray<ReadonlyArray<string>>;
  /**
   * Those of `indexes` by which `apply` looks for rows. The others are for questions, and a runner on PostgreSQL does without
   * them in its memory. @defaultValue all
   */
  readonly sought?: ReadonlyArray<ReadonlyArray<string>>;
  /** @defaultValue every event may touch every row, and one runner keeps the whole table in memory */
  readonly scope?: TableScope;
  /**
   * Rows have several hundred octets. SQLite then keeps them in the order in which they are written, with their keys beside them,
   * and not in the tree of their keys, where few of them fill a page. @defaultValue false
   */
  readonly wide?: boolean;
  /** Columns with a person: an event of the portal about one (`SubjectForgotten`) touches the rows that have it here. */
  readonly persons?: ReadonlyArray<string>;
  /** Of rows that are there already, `apply` looks at those alone of which this SQL is true. @defaultValue all */
  readonly touched?: string;
}

// -------------------------------------------------------------------------------------
// transaction
// -------------------------------------------------------------------------------------

/** Reading inside a transaction. `R` is what the caller knows of its own columns. */
export interface ReadTx {
  readonly get: <R>(sql: string, ...values: SqlValues) => R | undefined;
  readonly all: <R>(sql: string, ...values: SqlValues) => ReadonlyArray<R>;
}

/** Reading and writing inside a transaction. Every text of SQL is prepared once. */
export interface ProjectionTx extends ReadTx {
  /** Answers how many rows were changed. */
  readonly run: (sql: string, ...values: SqlValues) => number;
}

// -------------------------------------------------------------------------------------
// projection
// -------------------------------------------------------------------------------------

/** A read model in the making. Made by {@link defineProjection}. */
export interface Projection {
  /** Lower-case letters and `-`, such as `clerk-list`. */
  readonly name: string;
  /** From 1; goes up whenever `tables` or the meaning of their rows change. */
  readonly version: number;
  /** The oldest version whose tables the queries of this one still read rightly, while this one is being built. */
  readonly readableFrom: number;
  readonly tables: ReadonlyArray<Table>;
  /** True where names, IDs or phones are needed: only then is anything personal opened for it. */
  readonly needsPersonal: boolean;
  /** The types of events that it looks at. */
  readonly events: ReadonlySet<RegisterEventType>;
  /** Changes the rows. Deterministic: the same events give the same rows, in batches of any size. */
  readonly apply: (tx: ProjectionTx, event: OpenedEvent) => void;
}

/** What {@link defineProjection} is told; `apply` gets events of the named types alone. */
export interface ProjectionDefinition<K extends RegisterEventType, P extends boolean> {
  readonly name: string;
  readonly version: number;
  readonly readableFrom?: number;
  readonly tables: ReadonlyArray<Table>;
  readonly needsPersonal: P;
  readonly events: ReadonlyArray<K>;
  readonly apply: (
    tx: ProjectionTx,
    event: Extract<P extends true ? OpenedEvent : StoredEvent, { readonly type: K }>,
  ) => void;
}

/** Makes a {@link Projection}. */
export const defineProjection = <K extends RegisterEventType, P extends boolean>(
  definition: ProjectionDefinition<K, P>,
): Projection => {
  const { name, version, readableFrom = version, tables, needsPersonal } = definition;
  const events: ReadonlySet<RegisterEventType> = new Set<RegisterEventType>(definition.events);
  // The runner hands over events of `events` alone, opened where `needsPersonal` says so.
  const apply = definition.apply as Projection['apply'];
  return { name, version, readableFrom, tables, needsPersonal, events, apply };
};
