/**
 * Order, pages, positions.
 *
 * @packageDocumentation
 */
import type { EventStore, RecordedEvent } from '@mandate/domain';
import { ensure, ensureSame, succeed } from '../case.js';
import {
  append,
  type EventStoreCase,
  event,
  events,
  idsOf,
  positionAt,
  stream,
  wholeStore,
  wholeStream,
  withStore,
} from './harness.js';

const streamCount = 5;

/** 60 events of 5 streams, interleaved, in batches of 1, 2 and 3; the ids in the order of their appends. */
const fill = async (store: EventStore): Promise<ReadonlyArray<string>> => {
  const ids: Array<string> = [];
  const next = new Map<string, number>();
  for (let round = 0; round < 30; round += 1) {
    const to = stream(`s${(round * 3) % streamCount}`);
    const batch = events(`round ${round}`, 1 + (round % 3));
    const at = next.get(to) ?? 0;
    await append(store, to, at === 0 ? 'no-stream' : at - 1, batch);
    next.set(to, at + batch.length);
    ids.push(...idsOf(batch));
  }
  return ids;
};

const increasing = (all: ReadonlyArray<RecordedEvent>): boolean =>
  all.every((each, index) => {
    const before = all[index - 1];
    return before === undefined || before.position < each.position;
  });

/** Cases. */
export const readingCases: ReadonlyArray<EventStoreCase> = [
  withStore(
    'a stream is read in the order of its revisions, whatever the size of the pages',
    async (store) => {
      await fill(store);
      for (let number = 0; number < streamCount; number += 1) {
        const whole = await wholeStream(store, stream(`s${number}`));
        ensure(whole.length > 0, 'the stream is empty');
        ensureSame(
          whole.map(({ revision }) => revision),
          whole.map((_, index) => index),
          'revisions of a stream',
        );
        for (const size of [1, 2, 7]) {
          ensureSame(await wholeStream(store, stream(`s${number}`), size), whole, `pages of ${size}`);
        }
      }
    },
  ),

  withStore('all streams together are read in the order of the appends', async (store) => {
    const ids = await fill(store);
    const whole = await wholeStore(store);
    ensureSame(idsOf(whole), ids, 'events over all streams');
    for (const size of [1, 3, 7, ids.length]) {
      ensureSame(await wholeStore(store, size), whole, `pages of ${size}`);
    }
  }),

  withStore('positions increase as strings', async (store) => {
    for (let number = 0; number < 12; number += 1) {
      await append(store, stream(`p${number}`), 'no-stream', events(`positions ${number}`, 11));
    }
    const whole = await wholeStore(store);
    ensureSame(whole.length, 132, 'events');
    ensure(increasing(whole), 'a position is not greater than the one before it');
    ensureSame(await succeed(store.head(), 'head'), whole.at(-1)?.position, 'the head');
  }),

  withStore('a read at a position is inclusive, after one exclusive', async (store) => {
    const ids = await fill(store);
    const whole = await wholeStore(store);
    for (const index of [0, 1, 17, ids.length - 1]) {
      const position = positionAt(whole, index);
      ensureSame(
        idsOf(await wholeStore(store, 9, { at: position })),
        ids.slice(index),
        `read at event ${index}`,
      );
      ensureSame(
        idsOf(await wholeStore(store, 9, { after: position })),
        ids.slice(index + 1),
        `read after event ${index}`,
      );
    }
  }),

  withStore('a read of a stream begins with the revision asked for', async (store) => {
    await append(store, stream('a'), 'no-stream', events('a', 5));
    const page = await succeed(store.readStream(stream('a'), 2, 2), 'read');
    ensureSame(
      page.events.map(({ revision }) => revision),
      [2, 3],
      'revisions',
    );
    ensureSame(page.end, false, '"end" where there is more');
    const rest = await succeed(store.readStream(stream('a'), 3, 2), 'read');
    ensureSame(
      [rest.events.length, rest.end],
      [2, true],
      'events and "end" of a page that ends with the stream',
    );
    const beyond = await succeed(store.readStream(stream('a'), 9, 2), 'read beyond the end');
    ensureSame(beyond, { events: [], end: true }, 'a read beyond the end');
  }),

  withStore('an empty store, and a stream without events, are empty', async (store) => {
    ensureSame(await succeed(store.head(), 'head'), undefined, 'the head of an empty store');
    ensureSame(
      await succeed(store.readAll('start', 10), 'read'),
      { events: [], end: true },
      'an empty store',
    );
    await append(store, stream('a'), 'no-stream', [event('a')]);
    ensureSame(
      await succeed(store.readStream(stream('b'), 0, 10), 'read'),
      { events: [], end: true },
      'a stream without events',
    );
  }),
];
