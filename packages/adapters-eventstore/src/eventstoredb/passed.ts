/**
 * What a reader of all streams comes past, in pages or in a subscription.
 *
 * @packageDocumentation
 */
import type { Position, RecordedEvent, StoreFault, StreamName } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { ReadResp } from './messages.js';
import type { Names } from './names.js';
import { eventOf, positionOf, recordOf, typeOf } from './records.js';
import { type Tampering, tamperingOf } from './tampering.js';

/** An event that is wanted, a mark of tampering, or neither. */
export interface Passed {
  readonly position: Position;
  readonly tampering?: Tampering | undefined;
  readonly event?: Either<StoreFault, RecordedEvent> | undefined;
}

/** What an answer holds; `undefined` where it holds no record. `wanted` gives the register's name for a stream of the server. */
export const passedOf = (
  names: Names,
  wanted: (name: string) => StreamName | undefined,
  answer: ReadResp,
): Passed | undefined => {
  const found = recordOf(answer);
  if (found === undefined) return undefined;
  const { name, record } = found;
  const position = positionOf(record);
  // The server's own events begin with `$`, a tombstone in a stream of ours among them.
  if (typeOf(record).startsWith('$')) return { position, tampering: tamperingOf(names, name, record) };
  const ours = wanted(name);
  return { position, event: ours && eventOf(ours, record, position) };
};
