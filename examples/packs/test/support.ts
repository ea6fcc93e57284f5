/**
 * Answers, taken apart.
 */
import type { Executed, RegisterError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** What was answered; throws, and so fails the test, where it was refused. */
export const right = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new Error(`refused: ${JSON.stringify(answer.left)}`);
  return answer.right;
};

/** The code of a refusal; throws where there was none. */
export const refusal = (answer: E.Either<RegisterError, unknown>): RegisterError['code'] => {
  if (E.isRight(answer)) throw new Error(`not refused: ${JSON.stringify(answer.right)}`);
  return answer.left.code;
};

/** The fields that were refused, as `path CODE`. */
export const fieldsOf = (answer: E.Either<RegisterError, unknown>): ReadonlyArray<string> =>
  E.isRight(answer) ? [] : (answer.left.fields ?? []).map(({ path, code }) => `${path} ${code}`);

export const typesOf = (executed: Executed): ReadonlyArray<string> =>
  executed.events.map((event) => event.type);
