/**
 * Times that are asked for.
 *
 * @packageDocumentation
 */
import { decodeValue, Instant } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';

/** To UTC with milliseconds, as rows have it. */
export const instantOf = (text: string): E.Either<ProjectionFault, Instant> =>
  E.mapLeft(() => projectionFault('TIME_INVALID', 'a time is ISO 8601 with an offset or Z'))(
    decodeValue(Instant, text),
  );
