/**
 * Following what comes.
 *
 * @packageDocumentation
 */
import type { EventStore, Position, RecordedEvent, SubscriptionItem } from '@mandate/domain';
import { ability, ensure, ensureSame, within } from '../case.js';
import {
  append,
  type EventStoreCase,
  event,
  events,
  idsOf,
  patienceOf,
  positionAt,
  stream,
  wholeStore,
  withStore,
} from './harness.js';

type From = 'start' | { readonly after: Position };

const eventsOf = (item: SubscriptionItem): ReadonlyArray<RecordedEvent> => {
  if (item._tag === 'Fault') throw new Error(`the subscription met a fault: ${item.fault.detail}`);
  ensure(item.events.length > 0, 'the subscription yielded an empty batch');
  return item.events;
};

/** Follows the store until `enough` says so, then aborts; fails when that takes longer than patience allows. */
export const followUntil = async (
  store: EventStore,
  from: From,
  enough: (all: ReadonlyArray<RecordedEvent>) => boolean,
  patience: number,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const abort = new AbortController();
  const all: Array<RecordedEvent> = [];
  const follow = async (): Promise<void> => {
    for await (const item of store.subscribeAll(from, abort.signal)) {
      all.push(...eventsOf(item));
      if (enough(all)) break;
    }
  };
  try {
    await within(
      follow(),
      patience,
      `a subscription that has seen ${all.length} events and waits for the rest`,
    );
  } finally {
    abort.abort();
  }
  return all;
};

/** Cases. */
export const subscriptionCases: ReadonlyArray<EventStoreCase> = [
  withStore('a subscription catches up, then goes live', async (store, harness) => {
    await append(store, stream('a'), 'no-stream', events('old', 30));
    const following = followUntil(store, 'start', (all) => all.length >= 40, patienceOf(harness));
    let last = 29;
    for (let n = 0; n < 10; n += 1) {
      ({ revision: last } = await append(store, stream('a'), last, [event(`new ${n}`)]));
    }
    ensureSame(idsOf(await following), idsOf(await wholeStore(store)), 'what the subscription yielded');
  }),

  withStore('a subscription to an empty store yields the first event', async (store, harness) => {
    const following = followUntil(store, 'start', (all) => all.length >= 1, patienceOf(harness));
    await append(store, stream('a'), 'no-stream', [event('first')]);
    ensureSame(idsOf(await following), [event('first').id], 'what the subscription yielded');
  }),

  withStore('a subscription after a position is exclusive', async (store, harness) => {
    await append(store, stream('a'), 'no-stream', events('a', 10));
    const whole = await wholeStore(store);
    for (const index of [0, 4, 8]) {
      const seen = await followUntil(
        store,
        { after: positionAt(whole, index) },
        (all) => all.length >= 9 - index,
        patienceOf(harness),
      );
      ensureSame(idsOf(seen), idsOf(whole).slice(index + 1), `subscription after event ${index}`);
    }
    const live = followUntil(
      store,
      { after: positionAt(whole, 9) },
      (all) => all.length >= 1,
      patienceOf(harness),
    );
    await append(store, stream('a'), 9, [event('live')]);
    ensureSame(idsOf(await live), [event('live').id], 'subscription after the last event');
  }),

  withStore('a subscription that waits ends when it is aborted', async (store, harness) => {
    await append(store, stream('a'), 'no-stream', events('a', 3));
    const abort = new AbortController();
    let seen = 0;
    const following = (async () => {
      for await (const item of store.subscribeAll('start', abort.signal)) {
        seen += eventsOf(item).length;
        // What is pending now is the wait for a fourth event.
        if (seen === 3) setTimeout(() => abort.abort(), 20);
      }
    })();
    await within(following, patienceOf(harness), 'the end of an aborted subscription');
    ensureSame(seen, 3, 'events seen');
  }),

  withStore('a subscription that was aborted before it began yields nothing', async (store, harness) => {
    await append(store, stream('a'), 'no-stream', events('a', 3));
    const first = store.subscribeAll('start', AbortSignal.abort())[Symbol.asyncIterator]().next();
    ensureSame((await within(first, patienceOf(harness), 'its end')).done, true, '"done"');
  }),

  withStore(
    'a slow subscriber is not hurried: batches stay bounded and nothing is lost',
    async (store, harness) => {
      const total = 5_000;
      for (let n = 0; n < total / 250; n += 1) {
        await append(store, stream(`s${n}`), 'no-stream', events(`slow ${n}`, 250));
      }
      const abort = new AbortController();
      const ids: Array<string> = [];
      let largest = 0;
      const follow = async (): Promise<void> => {
        for await (const item of store.subscribeAll('start', abort.signal)) {
          const batch = eventsOf(item);
          largest = Math.max(largest, batch.length);
          ids.push(...idsOf(batch));
          if (ids.length >= total) return;
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      };
      await within(follow(), patienceOf(harness), 'the end of a slow subscription').finally(() =>
        abort.abort(),
      );
      ensure(
        largest < total,
        `the subscription fetched all ${total} events before the subscriber asked for them`,
      );
      ensureSame(ids, idsOf(await wholeStore(store)), 'what the subscription yielded');
    },
  ),

  withStore(
    'a subscription sees what another process appends',
    async (store, harness) => {
      const another = await ability(harness.openAnother, 'openAnother')();
      try {
        const following = followUntil(store, 'start', (all) => all.length >= 20, patienceOf(harness));
        for (let n = 0; n < 10; n += 1) {
          await append(another, stream(`other${n}`), 'no-stream', [event(`other ${n}`)]);
          await append(store, stream(`own${n}`), 'no-stream', [event(`own ${n}`)]);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        ensureSame(idsOf(await following), idsOf(await wholeStore(another)), 'what the subscription yielded');
      } finally {
        await another.close();
      }
    },
    ['openAnother'],
  ),
];
