/**
 * All of a batch or nothing.
 *
 * @packageDocumentation
 */
import type { AppendResult, ExpectedRevision } from '@mandate/domain';
import { ensure, ensureSame, succeed } from '../case.js';
import {
  append,
  conflict,
  type EventStoreCase,
  event,
  events,
  idsOf,
  stream,
  wholeStore,
  wholeStream,
  withStore,
} from './harness.js';

/** Cases. */
export const atomicityCases: ReadonlyArray<EventStoreCase> = [
  withStore('a refused batch leaves nothing behind', async (store) => {
    await append(store, stream('a'), 'no-stream', [event('first')]);
    const head = await succeed(store.head(), 'head');
    await conflict(store, stream('a'), 'no-stream', events('refused', 3), 0);
    await store.append(stream('b'), 'no-stream', [...events('half', 2), event('first')])();
    ensureSame((await wholeStore(store)).length, 1, 'events in the store');
    ensureSame(await wholeStream(store, stream('b')), [], 'the stream that was not begun');
    ensureSame(await succeed(store.head(), 'head'), head, 'the head after refusals');
    await append(store, stream('b'), 'no-stream', events('half', 2));
  }),

  withStore('a refused append does not disturb those beside it', async (store) => {
    await append(store, stream('taken'), 'no-stream', [event('taken')]);
    await append(store, stream('stale'), 'no-stream', events('stale', 2));
    const good = Array.from({ length: 20 }, (_, n) => n);
    const [answers] = await Promise.all([
      Promise.all(good.map((n) => append(store, stream(`good${n}`), 'no-stream', events(`good ${n}`, 3)))),
      ...good.flatMap((n) => [
        store.append(stream(`bad${n}`), 'no-stream', [...events(`bad ${n}`, 2), event('taken')])(),
        conflict(store, stream('stale'), 0, events(`behind ${n}`, 2), 1),
      ]),
    ]);
    ensureSame(new Set(answers.map(({ position }) => position)).size, 20, 'positions of 20 appends');
    for (const n of good) {
      ensureSame(
        idsOf(await wholeStream(store, stream(`good${n}`))),
        idsOf(events(`good ${n}`, 3)),
        `stream good${n}`,
      );
      ensureSame(await wholeStream(store, stream(`bad${n}`)), [], `stream bad${n}`);
    }
  }),

  withStore('batches of concurrent writers stand together in their stream', async (store) => {
    const writers = Array.from({ length: 8 }, (_, writer) => writer);
    const each = async (writer: number): Promise<void> => {
      let expected: ExpectedRevision = 'no-stream';
      let attempts = 0;
      for (let batch = 0; batch < 10; ) {
        const answer: AppendResult = await succeed(
          store.append(stream('shared'), expected, events(`${writer}/${batch}`, 3)),
          'append to a shared stream',
        );
        if (answer._tag === 'Appended') batch += 1;
        expected = answer._tag === 'Appended' ? answer.revision : answer.actual;
        attempts += 1;
        ensure(attempts < 1_000, 'a writer that loads and tries again never gets through');
      }
    };
    await Promise.all(writers.map(each));
    const ids = idsOf(await wholeStream(store, stream('shared')));
    ensureSame(ids.length, 240, 'events of 80 batches');
    const expected = new Set(
      writers.flatMap((writer) =>
        Array.from({ length: 10 }, (_, batch) => idsOf(events(`${writer}/${batch}`, 3)).join()),
      ),
    );
    const found = Array.from({ length: 80 }, (_, batch) => ids.slice(batch * 3, batch * 3 + 3).join());
    ensureSame(new Set(found), expected, 'batches in the stream');
  }),
];
