/**
 * Trying again, with longer and longer pauses, for as long as patience lasts.
 *
 * @packageDocumentation
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type StoreFault, storeFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { closedFault, type Trouble } from './faults.js';

const firstPause = 20;
const longestPause = 1_000;

/** The pause before the next attempt: doubled each time up to a second, and drawn so that not all come back at once. */
export const backOff = (attempt: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);

/** Waits, or not when it is over before. */
export const waitFor = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await pause(milliseconds, undefined, { signal }).catch(() => undefined);
};

/** Tries until it succeeds, fails for good, is closed, or patience is over. */
export const retrying = async <A>(
  attempt: () => Promise<E.Either<Trouble, A>>,
  patienceMilliseconds: number,
  closing: AbortSignal,
): Promise<E.Either<StoreFault, A>> => {
  const begun = performance.now();
  for (let tried = 0; ; tried += 1) {
    const answer = await attempt();
    if (E.isRight(answer)) return answer;
    if (answer.left._tag === 'Final') return E.left(answer.left.fault);
    if (closing.aborted) return E.left(closedFault);
    const next = backOff(tried);
    if (performance.now() - begun + next > patienceMilliseconds) {
      return E.left(
        storeFault(
          'STORE_UNAVAILABLE',
          `${answer.left.detail} (after ${tried + 1} attempts; may be tried again)`,
        ),
      );
    }
    await waitFor(next, closing);
  }
};
