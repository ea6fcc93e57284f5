/**
 * The port `IdentityMatch` over an identity service.
 *
 * @packageDocumentation
 */
import type { DependencyFault, IdentityAnswer, IdentityMatch } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type IdentityServiceOptions, identityFault, identityService } from './identity-service.js';

export interface HttpIdentityMatch extends IdentityMatch {
  readonly close: () => Promise<void>;
}

/** What a number means (docs/gpki.md 8). A number that nobody has explained is no answer. */
const meanings: ReadonlyMap<number, IdentityAnswer> = new Map([
  [0, 'match'],
  [1, 'mismatch'],
  [2, 'notActivated'],
]);

const meaningOf = (result: number | undefined): E.Either<DependencyFault, IdentityAnswer> => {
  const meaning = result === undefined ? undefined : meanings.get(result);
  return meaning === undefined
    ? E.left(identityFault(`the service answered result ${result}`))
    : E.right(meaning);
};

/**
 * Only an answer that is the service's own and belongs to this question is a match; everything else is a fault, and
 * the register answers `IDENTITY_UNAVAILABLE`. A certificate without a serial number in its subject cannot be asked
 * about: `unsupported`.
 */
export const httpIdentityMatch = (options: IdentityServiceOptions): HttpIdentityMatch => {
  const service = identityService(options);
  return {
    match:
      ({ nationalId, subjectSerialNumber }) =>
      async () => {
        if (subjectSerialNumber === undefined) return E.right('unsupported');
        const results = await service.ask([{ subjectSerialNumber, nationalId }])();
        return E.isLeft(results) ? results : meaningOf(results.right[0]);
      },
    close: service.close,
  };
};
