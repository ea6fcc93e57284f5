/**
 * Writing transactions that wait for another process without stopping this one.
 *
 * @packageDocumentation
 */
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import { isBusy, toFault } from './faults.js';
import { pause } from './open.js';

/** Runs pieces of work, each in a transaction of its own. `work` is synchronous; what it throws undoes it. */
export type Writing = <A>(work: () => A) => Promise<E.Either<ProjectionFault, A>>;

const undo = (db: Database): void => {
  try {
    // SQLite ends the transaction itself on some faults (disk full, I/O).
    if (db.inTransaction) db.exec('ROLLBACK');
  } catch {
    // The fault that led here is the one to tell; what could not be undone is undone when the file is opened.
  }
};

/** Makes the {@link Writing} of a database. */
export const writingTo = (db: Database, busyTimeoutMilliseconds: number): Writing => {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');

  /** Begins, works and commits without a pause, so that nothing of this process comes between. */
  const attempt = <A>(work: () => A): E.Either<ProjectionFault, A> | 'busy' => {
    try {
      begin.run();
    } catch (error) {
      return isBusy(error) ? 'busy' : E.left(toFault(error));
    }
    try {
      const answer = work();
      commit.run();
      return E.right(answer);
    } catch (error) {
      undo(db);
      return E.left(toFault(error));
    }
  };

  return async (work) => {
    const until = performance.now() + busyTimeoutMilliseconds;
    for (;;) {
      const outcome = attempt(work);
      if (outcome !== 'busy') return outcome;
      if (performance.now() > until) {
        return E.left(projectionFault('DATABASE_UNAVAILABLE', 'another process keeps the file locked'));
      }
      await pause(5);
    }
  };
};
