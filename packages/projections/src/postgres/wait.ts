/**
 * Waiting for what is asked of a database.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';

export interface WaitingLater {
  /** Everybody looks again. */
  readonly wake: () => void;
  /** Until somebody wakes us, or `milliseconds` are over. */
  readonly next: (milliseconds: number) => Promise<void>;
  /** Looks until `done` answers, or `milliseconds` are over. */
  readonly until: (
    done: () => Promise<E.Either<ProjectionFault, boolean>>,
    milliseconds: number,
  ) => Promise<E.Either<ProjectionFault, void>>;
}

// Another process may be the one that feeds; nothing but the books tells.
const lookEvery = 25;

/** Makes a {@link WaitingLater}. */
export const makeWaitingLater = (): WaitingLater => {
  const sleeping = new Set<() => void>();

  const next: WaitingLater['next'] = (milliseconds) =>
    new Promise((resolve) => {
      const wakeUp = (): void => {
        sleeping.delete(wakeUp);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(wakeUp, milliseconds);
      sleeping.add(wakeUp);
    });

  const until: WaitingLater['until'] = async (done, milliseconds) => {
    const started = performance.now();
    for (;;) {
      const answer = await done();
      if (E.isLeft(answer)) return answer;
      if (answer.right) return E.right(undefined);
      if (performance.now() - started >= milliseconds) {
        return E.left(projectionFault('WAIT_TIMEOUT', `not reached within ${milliseconds} ms`));
      }
      await next(lookEvery);
    }
  };

  return {
    wake: () => {
      for (const wakeUp of [...sleeping]) wakeUp();
    },
    next,
    until,
  };
};
