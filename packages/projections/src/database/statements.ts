/**
 * SQL with tables in braces, prepared once per table set.
 *
 * @packageDocumentation
 */
import type { Database, Statement } from 'better-sqlite3';
import type { ProjectionTx, SqlValues } from '../projection.js';

const braces = /\{([a-z_]+)\}/g;

/** Runs SQL in which `{table}` stands for `prefix_table`. */
export const statementsOf = (db: Database, prefix: string): ProjectionTx => {
  const prepared = new Map<string, Statement<Array<unknown>>>();
  const statement = (sql: string): Statement<Array<unknown>> => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = db.prepare<Array<unknown>>(sql.replace(braces, `${prefix}_$1`));
    prepared.set(sql, made);
    return made;
  };
  return {
    run: (sql, ...values) => statement(sql).run(...values).changes,
    get: <R>(sql: string, ...values: SqlValues) => statement(sql).get(...values) as R | undefined,
    all: <R>(sql: string, ...values: SqlValues) => statement(sql).all(...values) as ReadonlyArray<R>,
  };
};
