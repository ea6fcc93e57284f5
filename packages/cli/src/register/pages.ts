/**
 * All events of a store up to a position, page by page.
 *
 * @packageDocumentation
 */
import type { EventStore, Page, Position, ReadAllFrom, RecordedEvent, StoreFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

const pageSize = 1000;

/** Reads in the global order; a fault is the last item. With `until` nothing after that position is yielded. */
export async function* eventsOf(
  store: EventStore,
  until?: Position,
): AsyncGenerator<E.Either<StoreFault, ReadonlyArray<RecordedEvent>>, void, undefined> {
  let from: ReadAllFrom = 'start';
  for (;;) {
    const page: E.Either<StoreFault, Page> = await store.readAll(from, pageSize)();
    if (E.isLeft(page)) {
      yield page;
      return;
    }
    const { events, end }: Page = page.right;
    const last = events.at(-1);
    const isOver = until !== undefined && last !== undefined && last.position > until;
    const wanted = isOver ? events.filter(({ position }) => position <= until) : events;
    if (wanted.length > 0) yield E.right(wanted);
    if (isOver || end || last === undefined) return;
    from = { after: last.position };
  }
}
