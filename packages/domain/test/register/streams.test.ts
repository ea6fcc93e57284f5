import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type EventStore, type RecordedEvent, storeFault } from '../../src/ports/event-store.js';
import type { StreamName } from '../../src/ports/stream-name.js';
import { genesis } from '../../src/register/envelope.js';
import { createStreams, fromStoreFault } from '../../src/register/streams.js';
import { agency, uuid } from './fixtures.js';
import { asRecorded, codec, encodeOne, sha256, surroundings } from './golden.js';
import { samples } from './samples.js';

const stream = 'agency-gepi.10001' as StreamName;

/** A stored stream: an agency, then an event of a type that this program does not know, then a suspension. */
const build = async (): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  const add = async (sample: Parameters<typeof encodeOne>[1] | undefined, type?: string) => {
    assert.ok(sample);
    const revision = events.length;
    const previous = events.at(-1)?.hash ?? genesis(stream);
    const commandId = uuid(500 + revision);
    const written = await encodeOne({ ...surroundings, stream, revision, previous, commandId }, sample);
    const body = type === undefined ? written.body : written.body.replaceAll(sample.type, type);
    events.push(
      asRecorded({ ...written, type: type ?? written.type, body, hash: sha256(body) }, stream, revision),
    );
  };
  await add(samples.AgencyRegistered['']);
  await add(samples.AgencyReopened[''], 'AgencyMerged');
  await add(samples.AgencySuspended['']);
  return events;
};

const storeOf = (events: ReadonlyArray<RecordedEvent>, limit = 100): EventStore => ({
  append: () => TE.left(storeFault('STORE_CLOSED', 'a test that only reads')),
  readStream: (_stream, from) =>
    TE.right({ events: events.slice(from, from + limit), end: from + limit >= events.length }),
  readAll: () => TE.right({ events, end: true }),
  subscribeAll: async function* () {},
  head: () => TE.right(events.at(-1)?.position),
  close: async () => undefined,
});

const streamsOn = (store: EventStore, cacheSize = 10) =>
  createStreams({ store, codec, sha256, fold: agency, cacheSize });

const reading = suite('a stream with an event that this program does not know');

reading('is folded without it, and its chain goes through it', async () => {
  const events = await build();
  for (const limit of [100, 1]) {
    const loaded = await streamsOn(storeOf(events, limit)).load(stream);
    assert.ok(E.isRight(loaded));
    assert.is(loaded.right.state.status, 'suspended');
    assert.is(loaded.right.token.revision, 2);
    assert.is(loaded.right.token.hash, events[2]?.hash);
    assert.is(loaded.right.done(uuid(500))?.first, 0);
    assert.is(loaded.right.done(uuid(501)), undefined);
  }
});

reading('what was tampered with is told although the type is not known', async () => {
  const events = await build();
  const spoiled = events.map((event, index) =>
    index === 1 ? { ...event, body: event.body.replace('audit', 'AUDIT') } : event,
  );
  const loaded = await streamsOn(storeOf(spoiled)).load(stream);
  assert.ok(E.isLeft(loaded));
  assert.is(loaded.left.code, 'STORE_CORRUPT');
  assert.is(loaded.left.detail, `HashMismatch at ${stream}@1`);
});

reading('a stream without events is its beginning', async () => {
  const loaded = await streamsOn(storeOf([])).load(stream);
  assert.ok(E.isRight(loaded));
  assert.equal(loaded.right.state, agency.initial);
  assert.equal(loaded.right.token, { stream, revision: -1, hash: genesis(stream), recordedAt: '' });
});

reading('a store that says there is more but gives nothing ends the reading', async () => {
  const store = { ...storeOf([]), readStream: () => TE.right({ events: [], end: false }) };
  assert.ok(E.isRight(await streamsOn(store).load(stream)));
});

reading.run();

const faults = suite('faults of a store');

faults('each is told to the caller by what it means', () => {
  const told = (code: Parameters<typeof storeFault>[0]) => fromStoreFault(storeFault(code, 'x')).code;
  assert.is(told('STORE_CORRUPT'), 'STORE_CORRUPT');
  assert.is(told('EVENT_ID_TAKEN'), 'COMMAND_ID_REUSED');
  for (const code of ['STORE_UNAVAILABLE', 'STORE_FULL', 'STORE_CLOSED', 'BATCH_INVALID'] as const) {
    assert.is(told(code), 'STORE_UNAVAILABLE');
  }
});

faults.run();
