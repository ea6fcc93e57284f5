/** What the decoding functions answer: a value, or a phrase that names the field that was wrong. */
import * as E from 'fp-ts/lib/Either.js';

export { E };

export type Read<A> = E.Either<string, A>;

export const refuse = (field: string): E.Either<string, never> => E.left(field);
