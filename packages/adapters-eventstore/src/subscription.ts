/**
 * A subscription: pages while there are any, then waiting for the bell. The same for every store.
 *
 * @packageDocumentation
 */
import type { EventStore, Position, SubscriptionItem } from '@mandate/domain';
import type { Bell } from './bell.js';

const batchSize = 500;

/** Follows a store from a position on; see `EventStore.subscribeAll`. */
export async function* follow(
  readAll: EventStore['readAll'],
  bell: Bell,
  from: 'start' | { readonly after: Position },
  signal: AbortSignal,
): AsyncGenerator<SubscriptionItem, void, undefined> {
  let next = from;
  while (!signal.aborted) {
    const seen = bell.count();
    const page = await readAll(next, batchSize)();
    if (signal.aborted) return;
    if (page._tag === 'Left') {
      yield { _tag: 'Fault', fault: page.left };
      return;
    }
    const { events, end } = page.right;
    const last = events.at(-1);
    if (last !== undefined) {
      next = { after: last.position };
      yield { _tag: 'Events', events };
    } else if (end) {
      await bell.wait(seen, signal);
    }
  }
}
