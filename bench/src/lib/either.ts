import * as E from 'fp-ts/lib/Either.js';

/** The right side; a left side ends the measurement, which must not measure refusals. */
export const right = <L, A>(answer: E.Either<L, A>): A => {
  if (E.isLeft(answer)) throw new Error(`refused: ${JSON.stringify(answer.left)}`);
  return answer.right;
};
