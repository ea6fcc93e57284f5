/**
 * Queries on live read models.
 *
 * @packageDocumentation
 */
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection, ReadTx } from '../projection.js';
import { isOfTheFile, toFault } from './faults.js';
import { openReadOnly } from './open.js';
import { statementsOf } from './statements.js';
import { digestOf, sqlName } from './tables.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Reads the live tables of projections. */
export interface ReadModels {
  /**
   * Runs a query on one state of the projection's tables; `{table}` names a table. While a newer version is built the
   * one before it answers, where the projection can read it (`readableFrom`); else `NOT_READY`. `SUPERSEDED` when the
   * live version is newer than this program.
   */
  readonly query: <A>(projection: Projection, work: (tx: ReadTx) => A) => E.Either<ProjectionFault, A>;
  /** The state digest of the live tables: SHA-256 in lower-case hex over all rows in their order. */
  readonly digest: (projection: Projection) => E.Either<ProjectionFault, string>;
}

/** Read models of a file that another process keeps up to date. */
export interface OpenReadModels extends ReadModels {
  readonly close: () => void;
}

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

/** Makes the {@link ReadModels} of an open database. */
export const readModelsOf = (db: Database): ReadModels => {
  const live = db.prepare<[string], { version: number; prefix: string }>(
    `SELECT version, prefix FROM mandate_projections WHERE name = ? AND status = 'live'`,
  );
  const statements = new Map<string, ReadTx>();

  const statementsFor = (projection: Projection): ReadTx => {
    const known = statements.get(projection.name);
    if (known !== undefined) return known;
    // Views: SQLite prepares a statement anew by itself when they come to point at other tables.
    const made = statementsOf(db, sqlName(projection.name));
    statements.set(projection.name, made);
    return made;
  };

  const judge = (projection: Projection, version: number | undefined): ProjectionFault | undefined => {
    const { name, readableFrom } = projection;
    if (version === undefined || version < readableFrom) {
      const detail = `version ${projection.version} of ${name} is not complete yet`;
      return projectionFault('NOT_READY', detail, { projection: name });
    }
    return version > projection.version
      ? projectionFault('SUPERSEDED', `version ${version} of ${name} is live`, { projection: name })
      : undefined;
  };

  const reading = <A>(projection: Projection, work: (prefix: string) => A): E.Either<ProjectionFault, A> => {
    if (!db.open) return E.left(projectionFault('CLOSED', 'the read models were closed'));
    try {
      return db.transaction((): E.Either<ProjectionFault, A> => {
        const found = live.get(projection.name);
        const fault = judge(projection, found?.version);
        return fault === undefined ? E.right(work(found?.prefix ?? '')) : E.left(fault);
      })();
    } catch (error) {
      const fault = toFault(error);
      return E.left(
        isOfTheFile(error)
          ? fault
          : projectionFault('QUERY_FAILED', fault.detail, { projection: projection.name }),
      );
    }
  };

  return {
    query: (projection, work) => reading(projection, () => work(statementsFor(projection))),
    digest: (projection) => reading(projection, (prefix) => digestOf(db, prefix, projection)),
  };
};

/** Opens the file of a runner for reading, in another process or thread. */
export const openReadModels = (file: string): E.Either<ProjectionFault, OpenReadModels> =>
  E.map((db: Database): OpenReadModels => ({ ...readModelsOf(db), close: () => void db.close() }))(
    openReadOnly(file),
  );
