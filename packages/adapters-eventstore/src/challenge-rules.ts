/**
 * What a challenge store asks of its records, the same for every store.
 *
 * @packageDocumentation
 */
import { type StoreFault, storeFault, type TransientRecord } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** Milliseconds since 1970 of an ISO 8601 time. Texts are not compared: `…:00Z` and `…:00.5Z` sort wrongly. */
export const instantOf = (time: string): E.Either<StoreFault, number> => {
  const value = Date.parse(time);
  return Number.isNaN(value) ? E.left(storeFault('BATCH_INVALID', 'not an ISO 8601 time')) : E.right(value);
};

/** The answer to a challenge under a key that another one has. */
export const keyTaken = (record: TransientRecord): StoreFault =>
  storeFault('EVENT_ID_TAKEN', `another challenge has the key ${record.key}`);
