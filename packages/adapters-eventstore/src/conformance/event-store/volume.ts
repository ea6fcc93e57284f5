/**
 * Big events, odd texts, many streams.
 *
 * @packageDocumentation
 */
import { ensureSame, succeed } from '../case.js';
import {
  append,
  type EventStoreCase,
  event,
  events,
  stream,
  wholeStore,
  wholeStream,
  withStore,
} from './harness.js';

const megabyte = 1_048_576;

const texts: ReadonlyArray<readonly [name: string, value: string]> = [
  ['letters outside the basic plane', '𠮷野家 𡈽 𪚥 😀 👩‍⚖️'],
  ['quotes and backslashes', `"lone ' quote \\" \\\\ \` --; DROP TABLE events`],
  ['escaped control characters', '\u0000 \u0001 \u001f \u007f \u2028 \u2029 \r\n\t'],
  ['letters that look composed', 'e\u0301 \u00e9 \ufeff'],
];

/** Cases. */
export const volumeCases: ReadonlyArray<EventStoreCase> = [
  withStore('a body of 1 MB comes back to the letter', async (store) => {
    const body = JSON.stringify({ text: '授權登記簿😀'.repeat(megabyte / 20) });
    await append(store, stream('big'), 'no-stream', [event('small'), event('big', body)]);
    await append(store, stream('big'), 1, [event('after')]);
    const recorded = await wholeStream(store, stream('big'), 1);
    ensureSame(recorded[1]?.body === body, true, 'the body is the one that was appended');
    ensureSame(
      recorded.map((each) => each.hash),
      [event('small'), event('big', body), event('after')].map((each) => each.hash),
      'hashes',
    );
  }),

  withStore('any JSON text comes back to the letter', async (store) => {
    const batch = texts.map(([name, value]) => event(name, JSON.stringify({ [value]: value })));
    const spaced = event('spaces', '{ "b" : 1.0,\n  "a" : 1e2 }');
    await append(store, stream('texts'), 'no-stream', [...batch, spaced]);
    ensureSame(
      (await wholeStore(store)).map(({ body }) => body),
      [...batch, spaced].map(({ body }) => body),
      'bodies',
    );
  }),

  withStore('10,000 streams', async (store) => {
    const count = 10_000;
    const inFlight = 100;
    for (let begin = 0; begin < count; begin += inFlight) {
      await Promise.all(
        Array.from({ length: inFlight }, (_, n) =>
          append(store, stream(`n${begin + n}`), 'no-stream', [event(`stream ${begin + n}`)]),
        ),
      );
    }
    ensureSame((await wholeStore(store)).length, count, 'events in all streams');
    for (const n of [0, 1, 4_999, count - 1]) {
      await append(store, stream(`n${n}`), 0, [event(`second ${n}`)]);
      ensureSame((await wholeStream(store, stream(`n${n}`))).length, 2, `events of stream ${n}`);
    }
    ensureSame(
      (await succeed(store.readAll('start', count), 'read')).end,
      false,
      '"end" of a page of 10,000',
    );
  }),

  withStore('a stream of 2,000 events, in batches of 100', async (store) => {
    for (let n = 0; n < 20; n += 1) {
      await append(store, stream('long'), n === 0 ? 'no-stream' : n * 100 - 1, events(`long ${n}`, 100));
    }
    const whole = await wholeStream(store, stream('long'), 99);
    ensureSame(
      whole.map(({ id }) => id),
      Array.from({ length: 20 }, (_, n) => events(`long ${n}`, 100).map(({ id }) => id)).flat(),
      'events in order',
    );
  }),
];
