/**
 * Queries on live read models.
 *
 * @packageDocumentation
 */
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection, ReadTx } from '../projection.js';
import { answerNow } from '../reading/question.js';
import { judgeLive, type ReadModels } from '../reading/read-models.js';
import { isOfTheFile, toFault } from './faults.js';
import { openReadOnly } from './open.js';
import { statementsOf } from './statements.js';
import { digestOf, sqlName } from './tables.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

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

  const reading = <A>(
    projection: Projection,
    work: (prefix: string) => E.Either<ProjectionFault, A>,
  ): E.Either<ProjectionFault, A> => {
    if (!db.open) return E.left(projectionFault('CLOSED', 'the read models were closed'));
    try {
      return db.transaction((): E.Either<ProjectionFault, A> => {
        const found = live.get(projection.name);
        const fault = judgeLive(projection, found?.version);
        return fault === undefined ? work(found?.prefix ?? '') : E.left(fault);
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
    answering: 'Either',
    ask: (projection, question) =>
      reading(projection, () => {
        const tx = statementsFor(projection);
        return answerNow(question, ({ sql, values }) => tx.all(sql, ...values));
      }),
    query: (projection, work) => reading(projection, () => E.right(work(statementsFor(projection)))),
    digest: (projection) => reading(projection, (prefix) => E.right(digestOf(db, prefix, projection))),
    later: TE.fromEither,
  };
};

/** Opens the file of a runner for reading, in another process or thread. */
export const openReadModels = (file: string): E.Either<ProjectionFault, OpenReadModels> =>
  E.map((db: Database): OpenReadModels => ({ ...readModelsOf(db), close: () => void db.close() }))(
    openReadOnly(file),
  );
