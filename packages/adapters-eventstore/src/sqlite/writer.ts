/**
 * The one writer of a file: whatever waits to be written when the process gets round to it shares one
 * transaction and one sync.
 *
 * @packageDocumentation
 */
import type { StoreFault } from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { closedFault, isBusy, toFault } from './faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Runs pieces of work in transactions, several in one when several wait. */
export interface Writer {
  /**
   * Runs `work` inside a transaction and answers when it is committed. `work` must leave nothing behind when
   * its answer is a refusal: its neighbours in the transaction are committed all the same. When it throws,
   * the whole transaction is undone and everybody in it gets the fault.
   */
  readonly write: <A>(work: () => A) => Promise<E.Either<StoreFault, A>>;
  /** Resolves when nothing is under way; later writes answer `STORE_CLOSED`. */
  readonly close: () => Promise<void>;
}

interface Job {
  readonly since: number;
  readonly run: () => void;
  readonly done: () => void;
  readonly fail: (fault: StoreFault) => void;
}

// Bounds how long one transaction keeps the process from everything else.
const largestGroup = 256;
// Bounds how long a group waits for others: turns of the event loop, each of which brought somebody.
const mostTurns = 4;
const pauseWhenBusy = 5;

// -------------------------------------------------------------------------------------
// writer
// -------------------------------------------------------------------------------------

/** Makes the {@link Writer} of an open database. */
export const groupWriter = (db: Database, busyTimeoutMilliseconds: number): Writer => {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const idle: Array<() => void> = [];
  let queue: Array<Job> = [];
  let scheduled = false;
  let closed = false;
  /** Who waited when the last turn of the event loop ended, and how many turns the group has waited for others. */
  let seen = 0;
  let turns = 0;

  const undo = (): void => {
    try {
      // SQLite ends the transaction itself on some faults (disk full, I/O).
      if (db.inTransaction) rollback.run();
    } catch {
      // The fault that led here is the one to tell; what could not be undone is undone when the file is opened.
    }
  };
  const perform = (group: ReadonlyArray<Job>): void => {
    try {
      for (const job of group) job.run();
      commit.run();
    } catch (error) {
      undo();
      const fault = toFault(error);
      for (const job of group) job.fail(fault);
      return;
    }
    for (const job of group) job.done();
  };
  const begun = (group: ReadonlyArray<Job>): 'begun' | 'busy' | 'failed' => {
    try {
      begin.run();
      return 'begun';
    } catch (error) {
      const waited = performance.now() - (group[0]?.since ?? 0);
      if (isBusy(error) && waited < busyTimeoutMilliseconds) return 'busy';
      const fault = toFault(error);
      for (const job of group) job.fail(fault);
      return 'failed';
    }
  };
  const flush = (): void => {
    scheduled = false;
    const group = queue.slice(0, largestGroup);
    if (group.length > 0) {
      const outcome = begun(group);
      if (outcome === 'busy') {
        scheduled = true;
        setTimeout(flush, pauseWhenBusy);
        return;
      }
      queue = queue.slice(group.length);
      if (outcome === 'begun') perform(group);
    }
    settle();
  };
  const settle = (): void => {
    if (queue.length > 0) schedule();
    else for (const tell of idle.splice(0)) tell();
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    seen = 0;
    turns = 0;
    setImmediate(look);
  };
  /**
   * Runs after every promise that can go on has gone on. While a turn brings somebody, the next may bring more: what comes over a
   * network comes one after another, and each sync that is shared is one less. A lone writer waits for one turn and no timer.
   */
  const look = (): void => {
    const wait = queue.length > seen && queue.length < largestGroup && turns < mostTurns;
    if (!wait) {
      flush();
      return;
    }
    seen = queue.length;
    turns++;
    setImmediate(look);
  };

  return {
    write: <A>(work: () => A) =>
      new Promise<E.Either<StoreFault, A>>((resolve) => {
        if (closed) {
          resolve(E.left(closedFault));
          return;
        }
        let answer: E.Either<StoreFault, A> = E.left(closedFault);
        queue.push({
          since: performance.now(),
          run: () => {
            answer = E.right(work());
          },
          done: () => resolve(answer),
          fail: (fault) => resolve(E.left(fault)),
        });
        schedule();
      }),
    close: () =>
      new Promise((resolve) => {
        closed = true;
        idle.push(resolve);
        schedule();
      }),
  };
};
