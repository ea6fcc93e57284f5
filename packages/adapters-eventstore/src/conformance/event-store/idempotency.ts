/**
 * Retries, and ids that stand elsewhere.
 *
 * @packageDocumentation
 */
import { ensureSame, fail } from '../case.js';
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

const refusedWith = async (
  refused: ReturnType<typeof fail<{ readonly code: string }, unknown>>,
  code: string,
): Promise<void> => {
  ensureSame((await refused).code, code, 'code of the fault');
};

/** Cases. */
export const idempotencyCases: ReadonlyArray<EventStoreCase> = [
  withStore('a retry with the same ids is idempotent, and answers as the first time', async (store) => {
    const batch = events('batch', 3);
    const first = await append(store, stream('a'), 'no-stream', batch);
    const again = await append(store, stream('a'), 'no-stream', batch);
    ensureSame(again, { ...first, idempotent: true }, 'the answer to the retry');
    ensureSame((await wholeStore(store)).length, 3, 'events in the store after the retry');
  }),

  withStore('a retry from far behind is idempotent', async (store) => {
    await append(store, stream('a'), 'no-stream', events('before', 2));
    const batch = events('batch', 2);
    const first = await append(store, stream('a'), 1, batch);
    await append(store, stream('a'), 3, events('after', 40));
    ensureSame(
      await append(store, stream('a'), 1, batch),
      { ...first, idempotent: true },
      'the answer to the retry',
    );
    ensureSame((await wholeStream(store, stream('a'))).length, 44, 'events in the stream after the retry');
  }),

  withStore('a retry that overlaps in part is a conflict', async (store) => {
    const batch = events('batch', 3);
    await append(store, stream('a'), 'no-stream', batch);
    await conflict(store, stream('a'), 'no-stream', [...batch, event('one more')], 2);
    await conflict(store, stream('a'), 0, [...batch.slice(1), event('one more')], 2);
    await conflict(store, stream('a'), 'no-stream', [...batch.slice(0, 2), event('another')], 2);
    await conflict(store, stream('a'), 'no-stream', [...batch].reverse(), 2);
    await conflict(store, stream('a'), 0, batch.slice(0, 1), 2);
    ensureSame(idsOf(await wholeStream(store, stream('a'))), idsOf(batch), 'the stream afterwards');
  }),

  withStore('the beginning of a batch, appended again from where it began, is idempotent', async (store) => {
    const batch = events('batch', 3);
    await append(store, stream('a'), 'no-stream', batch);
    const again = await append(store, stream('a'), 'no-stream', batch.slice(0, 2));
    ensureSame([again.revision, again.idempotent], [1, true], 'revision and "idempotent"');
  }),

  withStore('concurrent retries of one append store it once', async (store) => {
    const batch = events('batch', 2);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => append(store, stream('a'), 'no-stream', batch)),
    );
    ensureSame(answers.filter((answer) => !answer.idempotent).length, 1, 'answers that are not "idempotent"');
    ensureSame((await wholeStore(store)).length, 2, 'events in the store');
  }),

  withStore('an id that stands elsewhere is refused, and nothing of its batch is stored', async (store) => {
    await append(store, stream('a'), 'no-stream', events('taken', 3));
    const taken = event('taken/1');
    await refusedWith(
      fail(store.append(stream('b'), 'no-stream', [taken]), 'an id of another stream'),
      'EVENT_ID_TAKEN',
    );
    await refusedWith(
      fail(store.append(stream('a'), 2, [taken]), 'an id of the same stream'),
      'EVENT_ID_TAKEN',
    );
    await refusedWith(
      fail(
        store.append(stream('b'), 'no-stream', [event('x'), event('y'), taken]),
        'a batch with a taken id',
      ),
      'EVENT_ID_TAKEN',
    );
    ensureSame((await wholeStore(store)).length, 3, 'events in the store afterwards');
    await append(store, stream('b'), 'no-stream', [event('x'), event('y')]);
  }),

  withStore('an empty batch and one with an id twice are refused', async (store) => {
    await refusedWith(fail(store.append(stream('a'), 'no-stream', []), 'an empty batch'), 'BATCH_INVALID');
    await refusedWith(
      fail(store.append(stream('a'), 'no-stream', [event('x'), event('y'), event('x')]), 'a doubled id'),
      'BATCH_INVALID',
    );
    ensureSame(await wholeStore(store), [], 'the store afterwards');
    await append(store, stream('a'), 'no-stream', [event('x')]);
  }),
];
