/**
 * Stored bytes to events; what is unknown is passed over, what is corrupt ends the page.
 *
 * @packageDocumentation
 */
import type { EventCodec, RecordedEvent, StoredEvent } from '@mandate/domain';
import { type ProjectionFault, placeOf, projectionFault } from '../fault.js';

/** An event of a page. `event` is `undefined` for a type or schema that this program does not know. */
export interface Item {
  readonly recorded: RecordedEvent;
  /** Hash of the event before it in its stream, as its body says. */
  readonly previous: string;
  readonly event: StoredEvent | undefined;
}

/** The good beginning of a page, and why it ends where it does. */
export interface Checked<A> {
  readonly items: ReadonlyArray<A>;
  readonly fault: ProjectionFault | undefined;
}

/** Decodes events up to the first that is corrupt. */
export const decodePage = (
  codec: EventCodec<StoredEvent>,
  events: ReadonlyArray<RecordedEvent>,
): Checked<Item> => {
  const items: Item[] = [];
  for (const recorded of events) {
    const decoded = codec.decode(recorded);
    if (decoded._tag === 'Corrupt') {
      const fault = projectionFault('EVENT_CORRUPT', decoded.detail, { place: placeOf(recorded) });
      return { items, fault };
    }
    items.push(
      decoded._tag === 'Event'
        ? { recorded, previous: decoded.event.meta.chain.previous, event: decoded.event }
        : { recorded, previous: decoded.previous, event: undefined },
    );
  }
  return { items, fault: undefined };
};
