import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** What was answered; throws, and so fails the test, where it was a fault. */
export const right = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new Error(`a fault: ${JSON.stringify(answer.left)}`);
  return answer.right;
};

/** The code of a fault; throws where there was none. */
export const codeOf = (answer: E.Either<{ readonly code: string }, unknown>): string => {
  if (E.isRight(answer)) throw new Error('no fault');
  return answer.left.code;
};

export interface HandClock extends Clock {
  readonly set: (instant: string | number) => void;
  readonly advance: (milliseconds: number) => void;
}

export const handClock = (start = '2026-03-02T02:00:00Z'): HandClock => {
  let at = Date.parse(start);
  return {
    now: () => at,
    set: (instant) => {
      at = typeof instant === 'number' ? instant : Date.parse(instant);
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
};

/** Waits until something holds; throws, and so fails the test, where it does not come to that. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let looks = 0; looks < 4000; looks += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('what was waited for never came');
};

/** The machine that the tests run on. */
export const thisMachine: ReadonlyArray<string> = ['127.0.0.0/8'];
