/**
 * Waiting for a position: read your own write.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';

/** Those who look again whenever something was fed. */
export interface Waiting {
  /** Everybody looks again. */
  readonly wake: () => void;
  /** Looks until `done` answers, or `milliseconds` are over. */
  readonly until: (
    done: () => E.Either<ProjectionFault, boolean>,
    milliseconds: number,
  ) => Promise<E.Either<ProjectionFault, void>>;
}

// Another process may be the one that feeds; nothing but the file tells.
const lookEvery = 20;

/** Makes a {@link Waiting}. */
export const makeWaiting = (): Waiting => {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  const wake = (): void => {
    for (const look of [...waiting]) look();
  };
  const leave = (look: () => void): void => {
    waiting.delete(look);
    if (waiting.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };

  const until: Waiting['until'] = (done, milliseconds) =>
    new Promise((resolve) => {
      const started = performance.now();
      const look = (): void => {
        const answer = done();
        const late = performance.now() - started >= milliseconds;
        if (E.isRight(answer) && !answer.right && !late) return;
        leave(look);
        if (E.isLeft(answer)) resolve(answer);
        else if (answer.right) resolve(E.right(undefined));
        else resolve(E.left(projectionFault('WAIT_TIMEOUT', `not reached within ${milliseconds} ms`)));
      };
      waiting.add(look);
      timer ??= setInterval(wake, lookEvery);
      look();
    });

  return { wake, until };
};
