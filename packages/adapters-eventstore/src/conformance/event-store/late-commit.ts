/**
 * The fault that users of event stores report most: a reader passes a position whose event commits later.
 *
 * @packageDocumentation
 */
import type { EventStore, RecordedEvent } from '@mandate/domain';
import { ability, ensure, ensureSame, succeed } from '../case.js';
import {
  append,
  type EventStoreCase,
  event,
  events,
  idsOf,
  patienceOf,
  stream,
  wholeStore,
  withStore,
} from './harness.js';
import { followUntil } from './subscription.js';

const writerCount = 12;
const batchesEach = 25;
const marker = event('marker');

/** Appends batches of different sizes to streams of its own, as fast as the store takes them. */
const write = async (store: EventStore, writer: number): Promise<void> => {
  let last: number | 'no-stream' = 'no-stream';
  for (let batch = 0; batch < batchesEach; batch += 1) {
    const given = events(`${writer}/${batch}`, 1 + ((writer * 7 + batch) % 4));
    ({ revision: last } = await append(store, stream(`w${writer}`), last, given));
  }
};

/** Reads page after page, while others write, until all have written and nothing is left. */
const page = async (
  store: EventStore,
  size: number,
  written: () => boolean,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const all: Array<RecordedEvent> = [];
  for (;;) {
    const wasWritten = written();
    const last = all.at(-1);
    const next = await succeed(
      store.readAll(last === undefined ? 'start' : { after: last.position }, size),
      'read while others write',
    );
    all.push(...next.events);
    if (next.events.length === 0) {
      if (wasWritten) return all;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
};

const raceOf = async (stores: ReadonlyArray<EventStore>, patience: number): Promise<void> => {
  const [reader] = stores;
  ensure(reader !== undefined, 'no store');
  let written = false;
  const readers = [1, 7, 64].map((size) => page(reader, size, () => written));
  const following = followUntil(reader, 'start', (all) => all.at(-1)?.id === marker.id, patience);
  const store = (writer: number): EventStore => stores[writer % stores.length] ?? reader;
  // The subscription is awaited last; should it fail before, that is not an unhandled rejection.
  following.catch(() => undefined);
  await Promise.all(Array.from({ length: writerCount }, (_, writer) => write(store(writer), writer)));
  await append(reader, stream('marker'), 'no-stream', [marker]);
  written = true;
  const whole = idsOf(await wholeStore(reader));
  const expected = Array.from({ length: writerCount * batchesEach }, (_, n) =>
    idsOf(events(`${Math.floor(n / batchesEach)}/${n % batchesEach}`, 4)),
  ).flat();
  ensure(
    whole.length === new Set(whole).size && whole.every((id) => id === marker.id || expected.includes(id)),
    'the store holds an event twice, or one that nobody appended',
  );
  for (const seen of await Promise.all(readers)) {
    ensureSame(idsOf(seen), whole, 'what a reader saw that paged while others wrote');
  }
  ensureSame(idsOf(await following), whole, 'what a subscription yielded while others wrote');
};

/** Cases. */
export const lateCommitCases: ReadonlyArray<EventStoreCase> = [
  withStore('no reader passes over an event that commits late', (store, harness) =>
    raceOf([store], patienceOf(harness)),
  ),

  withStore(
    'no reader passes over an event that another process commits late',
    async (store, harness) => {
      const another = await ability(harness.openAnother, 'openAnother')();
      try {
        await raceOf([store, another], patienceOf(harness));
      } finally {
        await another.close();
      }
    },
    ['openAnother'],
  ),
];
