/**
 * The fault that users of event stores report most: a reader passes a position whose event commits later.
 *
 * @packageDocumentation
 */
import type { EventStore, EventToAppend, RecordedEvent } from '@mandate/domain';
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

const batchOf = (writer: number, batch: number): ReadonlyArray<EventToAppend> =>
  events(`${writer}/${batch}`, 1 + ((writer * 7 + batch) % 4));

/** Appends batches of different sizes to streams of its own, as fast as the store takes them. */
const write = async (store: EventStore, writer: number): Promise<void> => {
  let last: number | 'no-stream' = 'no-stream';
  for (let batch = 0; batch < batchesEach; batch += 1) {
    ({ revision: last } = await append(store, stream(`w${writer}`), last, batchOf(writer, batch)));
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
  const reading = Promise.all([1, 7, 64].map((size) => page(reader, size, () => written)));
  const following = followUntil(reader, 'start', (all) => all.at(-1)?.id === marker.id, patience);
  // Both are awaited last; should they or the writers fail before, that is no unhandled rejection.
  reading.catch(() => undefined);
  following.catch(() => undefined);
  const store = (writer: number): EventStore => stores[writer % stores.length] ?? reader;
  try {
    await Promise.all(Array.from({ length: writerCount }, (_, writer) => write(store(writer), writer)));
    await append(reader, stream('marker'), 'no-stream', [marker]);
  } finally {
    written = true;
  }
  const whole = idsOf(await wholeStore(reader));
  const appended = Array.from({ length: writerCount * batchesEach }, (_, n) =>
    idsOf(batchOf(Math.floor(n / batchesEach), n % batchesEach)),
  ).flat();
  ensureSame([...whole].sort(), [...appended, marker.id].sort(), 'what the store holds, each event once');
  for (const seen of await reading) {
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
