/**
 * The one way in for what a caller sends.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { t } from '../schema.js';
import { isValueErrorCode, type ValueErrorCode } from './errors.js';

/** One field that was not right. `path` is dotted (`contact.email`, `clerks.3.name`), `''` for the whole input. */
export interface ValueIssue {
  readonly path: string;
  readonly code: ValueErrorCode;
}

const issueOf = (error: t.ValidationError): ValueIssue => ({
  path: error.context
    .map((entry) => entry.key)
    .filter((key) => key !== '')
    .join('.'),
  code: error.message !== undefined && isValueErrorCode(error.message) ? error.message : 'WRONG_TYPE',
});

/**
 * Decodes input of any kind, and says all that is wrong with it: where, and the code of {@link valueErrors}. The
 * input itself is in no failure. A codec without codes of its own (`t.number`) fails with `WRONG_TYPE`.
 *
 * Never throws: objects that came from JSON cannot, but one handed over inside a process can be a proxy or have a
 * getter that throws while it is read, and that is an input which is not data.
 */
export const decodeValue = <A>(
  codec: t.Decoder<unknown, A>,
  input: unknown,
): E.Either<ReadonlyArray<ValueIssue>, A> => {
  try {
    const decoded = codec.decode(input);
    return decoded._tag === 'Right' ? decoded : E.left(decoded.left.map(issueOf));
  } catch {
    return E.left([{ path: '', code: 'WRONG_TYPE' }]);
  }
};
