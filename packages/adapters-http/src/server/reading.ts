/**
 * Asking read models: their faults as refusals.
 *
 * @packageDocumentation
 */
import { invalidInput } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { httpRefusal, passing, type Refusal } from './problem.js';
import type { ReadFault } from './reads.js';

const passingCodes: ReadonlySet<string> = new Set([
  'STORE_UNAVAILABLE',
  'VAULT_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'DATABASE_FULL',
  'NOT_READY',
  'WAIT_TIMEOUT',
]);

/** The refusal of a fault: the caller's time, one that passes, or one for the operator. Only its code goes to the log. */
export const fromReadFault = ({ code }: ReadFault): Refusal => {
  if (code === 'TIME_INVALID') return invalidInput([{ path: '', code: 'INSTANT_FORMAT' }]);
  if (code === 'WAIT_TIMEOUT') return passing('READ_MODEL_BEHIND', 1, code);
  return passingCodes.has(code)
    ? passing('UNAVAILABLE', 5, code)
    : httpRefusal('UNAVAILABLE', { detail: code });
};

/** What a read model answered. */
export const reading = <A>(answer: E.Either<ReadFault, A>): TE.TaskEither<Refusal, A> =>
  TE.fromEither(E.mapLeft(fromReadFault)(answer));
