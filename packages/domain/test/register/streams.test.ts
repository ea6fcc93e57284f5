import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StoredEvent } from '../../src/events/table.js';
import { type EventStore, type RecordedEvent, storeFault } from '../../src/ports/event-store.js';
import type { StreamName } from '../../src/ports/stream-name.js';
import type { EncodedEvent } from '../../src/register/codec.js';
import { genesis } from '../../src/register/envelope.js';
import { createStreamCaches } from '../../src/register/stream-cache.js';
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

/** A recorded event as its writer had it. */
const asEncoded = (recorded: RecordedEvent): EncodedEvent<StoredEvent> => ({
  toAppend: recorded,
  readBack: () => {
    const decoded = codec.decode(recorded);
    if (decoded._tag !== 'Event') throw new Error(decoded._tag);
    return decoded.event;
  },
});

const storeOf = (events: ReadonlyArray<RecordedEvent>, limit = 100): EventStore => ({
  append: () => TE.left(storeFault('STORE_CLOSED', 'a test that only reads')),
  readStream: (_stream, from) =>
    TE.right({ events: events.slice(from, from + limit), end: from + limit >= events.length }),
  readAll: () => TE.right({ events, end: true }),
  subscribeAll: async function* () {},
  head: () => TE.right(events.at(-1)?.position),
  close: async () => undefined,
});

const streamsOn = (store: EventStore) =>
  createStreams({
    store,
    codec,
    sha256,
    fold: agency,
    caches: createStreamCaches({ streams: 10, events: 1000 }),
  });

const reading = suite('a stream with an event that this program does not know');

reading('is folded without it, and its chain goes through it', async () => {
  const events = await build();
  for (const limit of [100, 1]) {
    const loaded = await streamsOn(storeOf(events, limit)).load(stream);
    assert.ok(E.isRight(loaded));
    assert.is(loaded.right.state.status, 'suspended');
    assert.is(loaded.right.token.revision, 2);
    assert.is(loaded.right.token.hash, events[2]?.hash);
    assert.is(loaded.right.done(uuid(500)), 0);
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

// -------------------------------------------------------------------------------------
const stale = suite('a store that is not the one that was read');

/** A chain of suspensions and reopenings after an agency; `salt` makes it one of another life. */
const life = async (length: number, salt = 0): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  for (let revision = 0; revision < length; revision++) {
    const type =
      revision === 0 ? 'AgencyRegistered' : revision % 2 === 1 ? 'AgencySuspended' : 'AgencyReopened';
    const sample = samples[type][''];
    assert.ok(sample);
    const previous = events.at(-1)?.hash ?? genesis(stream);
    const commandId = uuid(700 + revision + (revision < 2 ? 0 : salt));
    const written = await encodeOne({ ...surroundings, stream, revision, previous, commandId }, sample);
    events.push(asRecorded(written, stream, revision));
  }
  return events;
};

/** A store whose events a test exchanges, and which says what was read of it. */
const changing = (first: ReadonlyArray<RecordedEvent>) => {
  let events = first;
  let reads: number[] = [];
  const store: EventStore = {
    ...storeOf([]),
    readStream: (_stream, from) => {
      reads.push(from);
      return TE.right({ events: events.slice(from), end: true });
    },
    append: () =>
      TE.right({ _tag: 'Conflict', actual: events.length === 0 ? 'no-stream' : events.length - 1 }),
  };
  return {
    store,
    become: (next: ReadonlyArray<RecordedEvent>) => {
      events = next;
    },
    /** Revisions from which was read since this was asked last. */
    reads: () => {
      const seen = reads;
      reads = [];
      return seen;
    },
  };
};

stale('a tail that does not follow what is kept is no corruption, but another store: read anew', async () => {
  const [was, other] = [await life(3), await life(6, 50)];
  const { store, become, reads } = changing(was);
  const streams = streamsOn(store);
  assert.ok(E.isRight(await streams.load(stream)));
  become(other);
  const loaded = await streams.load(stream);
  assert.ok(E.isRight(loaded));
  assert.is(loaded.right.token.hash, other.at(-1)?.hash);
  assert.is(loaded.right.state.status, 'suspended');
  assert.is(loaded.right.done(uuid(702)), undefined);
  assert.is(loaded.right.done(uuid(752)), 2);
  assert.equal(reads(), [0, 3, 0]);
});

stale('a chain that is broken from its beginning on is told, and told again', async () => {
  const was = await life(3);
  const { store, become, reads } = changing(was);
  const streams = streamsOn(store);
  assert.ok(E.isRight(await streams.load(stream)));
  const [, , , last] = await life(4, 50);
  assert.ok(last);
  become([...was, last]);
  for (const _ of [1, 2]) {
    const loaded = await streams.load(stream);
    assert.ok(E.isLeft(loaded));
    assert.is(loaded.left.code, 'STORE_CORRUPT');
    assert.is(loaded.left.detail, `LinkBroken at ${stream}@3`);
  }
  // The second time nothing is kept that could be doubted.
  assert.equal(reads(), [0, 3, 0, 0]);
});

stale('a conflict with a stream that is shorter than what is kept lets go of it', async () => {
  for (const left of [2, 0]) {
    const was = await life(4);
    const { store, become } = changing(was);
    const streams = streamsOn(store);
    const before = await streams.load(stream);
    assert.ok(E.isRight(before));
    become(was.slice(0, left));
    const appended = await streams.append(before.right.token, was.slice(3).map(asEncoded));
    assert.equal(appended, E.right({ _tag: 'Conflict' }));
    const after = await streams.load(stream);
    assert.ok(E.isRight(after));
    assert.is(after.right.token.revision, left - 1);
    assert.is(after.right.done(uuid(703)), undefined);
  }
});

stale('a conflict with a stream that is longer is somebody who was quicker: the tail is enough', async () => {
  const was = await life(4);
  const { store, become, reads } = changing(was.slice(0, 2));
  const streams = streamsOn(store);
  const before = await streams.load(stream);
  assert.ok(E.isRight(before));
  become(was);
  await streams.append(before.right.token, was.slice(3).map(asEncoded));
  const after = await streams.load(stream);
  assert.ok(E.isRight(after));
  assert.is(after.right.token.revision, 3);
  assert.equal(reads(), [0, 2]);
});

stale('what is kept of another life is not completed by what was appended in this one', async () => {
  const [was, other] = [await life(3), await life(3, 50)];
  const { store, become } = changing(was);
  const taking: EventStore = {
    ...store,
    append: (_stream, expected, events) =>
      TE.right({
        _tag: 'Appended',
        revision: Number(expected) + events.length,
        position: (was[0] as RecordedEvent).position,
        idempotent: false,
      }),
  };
  const streams = streamsOn(taking);
  const before = await streams.load(stream);
  assert.ok(E.isRight(before));
  become(other);
  streams.distrust();
  assert.ok(E.isRight(await streams.load(stream)));
  await streams.append(before.right.token, (await life(4)).slice(3).map(asEncoded));
  const after = await streams.load(stream);
  assert.ok(E.isRight(after));
  assert.is(after.right.token.hash, other.at(-1)?.hash);
});

stale.run();

// -------------------------------------------------------------------------------------
const long = suite('a long stream');

long('every command of it is known, the first as the last, also when it was read in parts', async () => {
  const all = await life(60);
  const { store, become } = changing(all.slice(0, 7));
  const streams = streamsOn(store);
  for (const length of [7, 30, 31, 60]) {
    become(all.slice(0, length));
    const loaded = await streams.load(stream);
    assert.ok(E.isRight(loaded));
    for (const revision of all.keys())
      assert.is(loaded.right.done(uuid(700 + revision)), revision < length ? revision : undefined);
  }
});

long.run();

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
