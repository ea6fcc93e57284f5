/**
 * Appends at the right and the wrong revision.
 *
 * @packageDocumentation
 */
import { ensure, ensureSame, succeed } from '../case.js';
import {
  append,
  conflict,
  type EventStoreCase,
  event,
  events,
  idsOf,
  stream,
  wholeStream,
  withStore,
} from './harness.js';

/** Cases. */
export const expectedRevisionCases: ReadonlyArray<EventStoreCase> = [
  withStore('an append is recorded as it was given, with revisions from 0', async (store) => {
    const batch = events('recorded', 3);
    const answer = await append(store, stream('a'), 'no-stream', batch);
    ensureSame(answer.revision, 2, 'revision of the answer');
    ensureSame(answer.idempotent, false, '"idempotent" of a first append');
    const recorded = await wholeStream(store, stream('a'));
    ensureSame(
      recorded.map(({ id, type, body, hash }) => ({ id, type, body, hash })),
      batch,
      'what is read back',
    );
    ensureSame(
      recorded.map((each) => [each.stream, each.revision]),
      [0, 1, 2].map((revision) => [stream('a'), revision]),
      'stream and revision of what is read back',
    );
    ensureSame(recorded.at(-1)?.position, answer.position, 'position of the last event');
  }),

  withStore('a new stream on an existing one is refused', async (store) => {
    await append(store, stream('a'), 'no-stream', events('first', 2));
    await conflict(store, stream('a'), 'no-stream', events('second', 2), 1);
    await conflict(store, stream('a'), 'no-stream', events('longer', 5), 1);
    ensureSame(
      idsOf(await wholeStream(store, stream('a'))),
      idsOf(events('first', 2)),
      'the stream afterwards',
    );
  }),

  withStore('a stale append is refused, and the right one after it accepted', async (store) => {
    await append(store, stream('a'), 'no-stream', events('first', 3));
    for (const attempt of [1, 2, 3]) {
      await conflict(store, stream('a'), 1, [event(`stale ${attempt}`)], 2);
      await conflict(store, stream('a'), 0, events(`stale batch ${attempt}`, 4), 2);
    }
    const answer = await append(store, stream('a'), 2, [event('right')]);
    ensureSame(answer.revision, 3, 'revision of the append after refusals');
    ensureSame(
      idsOf(await wholeStream(store, stream('a'))),
      idsOf([...events('first', 3), event('right')]),
      'the stream afterwards',
    );
  }),

  withStore('an append beyond the end is refused: a gap', async (store) => {
    await conflict(store, stream('a'), 5, [event('gap')], 'no-stream');
    await conflict(store, stream('a'), 0, [event('gap of one')], 'no-stream');
    await append(store, stream('a'), 'no-stream', [event('first')]);
    await conflict(store, stream('a'), 1, [event('gap after an event')], 0);
    ensureSame(idsOf(await wholeStream(store, stream('a'))), [event('first').id], 'the stream afterwards');
  }),

  withStore('an expected revision that is no revision is refused', async (store) => {
    const batch = events('first', 2);
    await append(store, stream('a'), 'no-stream', batch);
    for (const expected of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await conflict(store, stream('a'), expected, batch, 1);
    }
  }),

  withStore('of 16 racers at one revision one wins', async (store) => {
    await append(store, stream('a'), 'no-stream', [event('start')]);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, racer) =>
        succeed(store.append(stream('a'), 0, [event(`racer ${racer}`)]), `racer ${racer}`),
      ),
    );
    const winners = answers.filter((answer) => answer._tag === 'Appended');
    ensure(winners.length === 1, `${winners.length} of 16 racers won`);
    ensure(
      answers.every((answer) => answer._tag === 'Appended' || answer.actual === 1),
      'a racer that lost was not told the revision of the winner',
    );
    ensureSame((await wholeStream(store, stream('a'))).length, 2, 'events in the stream after the race');
  }),

  withStore(
    'of 16 racers in two processes one wins',
    async (store, harness) => {
      const another = await harness.openAnother?.();
      ensure(another !== undefined, 'this case needs a harness with "openAnother"');
      try {
        const answers = await Promise.all(
          Array.from({ length: 16 }, (_, racer) =>
            succeed(
              (racer % 2 === 0 ? store : another).append(stream('a'), 'no-stream', [event(`racer ${racer}`)]),
              `racer ${racer}`,
            ),
          ),
        );
        const winners = answers.filter((answer) => answer._tag === 'Appended');
        ensure(winners.length === 1, `${winners.length} of 16 racers won`);
        ensureSame(
          (await wholeStream(another, stream('a'))).length,
          1,
          'events in the stream after the race',
        );
      } finally {
        await another.close();
      }
    },
    ['openAnother'],
  ),
];
