import * as E from 'fp-ts/lib/Either.js';

export { type HandClock, handClock } from '@mandate/testing';

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
