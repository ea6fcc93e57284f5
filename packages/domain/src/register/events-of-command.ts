/**
 * What a command left in its stream, read again for a retry.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { StoredEvent } from '../events/table.js';
import type { EventStore, StoreFault } from '../ports/event-store.js';
import type { StreamName } from '../ports/stream-name.js';
import type { EventCodec } from './codec.js';
import type { ReadBack } from './streams.js';

export interface EventsOfCommand {
  /** Of the command that left them; `undefined` where its events are not there. */
  readonly digest: string | undefined;
  readonly events: ReadonlyArray<ReadBack>;
}

/** Hardly any command leaves more. */
const pageSize = 8;

/**
 * From its first event to its last: they stand together, for they were appended together. One between them may be of a type
 * that this program does not know.
 */
export const eventsOfCommand = async (
  { store, codec }: { readonly store: EventStore; readonly codec: EventCodec<StoredEvent> },
  stream: StreamName,
  first: number,
  commandId: string,
): Promise<E.Either<StoreFault, EventsOfCommand>> => {
  const commandOf = ({ decoded }: ReadBack): string | undefined =>
    decoded._tag === 'Event' ? decoded.event.meta.commandId : undefined;
  const found: ReadBack[] = [];
  for (let more = true; more; ) {
    const page = await store.readStream(stream, first + found.length, pageSize)();
    if (E.isLeft(page)) return page;
    const events = page.right.events.map((recorded) => ({ recorded, decoded: codec.decode(recorded) }));
    const next = events.findIndex((event) => (commandOf(event) ?? commandId) !== commandId);
    found.push(...(next === -1 ? events : events.slice(0, next)));
    more = next === -1 && events.length > 0 && !page.right.end;
  }
  const [beginning] = found;
  const digest = beginning?.decoded._tag === 'Event' ? beginning.decoded.event.meta.commandDigest : undefined;
  const last = found.findLastIndex((event) => commandOf(event) === commandId);
  return E.right({ digest, events: found.slice(0, last + 1) });
};
