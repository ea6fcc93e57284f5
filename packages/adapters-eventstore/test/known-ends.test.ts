import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agencyStream, type EventStore } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeSha256, sqliteEventStore } from '../src/index.js';
import { knownEnds } from '../src/sqlite/known-ends.js';

const first = agencyStream('gepi', '10001');
const second = agencyStream('gepi', '10002');
const third = agencyStream('gepi', '10003');

// -------------------------------------------------------------------------------------
// what is remembered
// -------------------------------------------------------------------------------------

const remembered = suite('known ends of streams');

remembered('nothing is known of a stream before it was read', () => {
  assert.is(knownEnds(2, () => 1).endsBefore(first, 0), false);
});

remembered('a stream ends where it was seen to end, and has nothing after that either', () => {
  const ends = knownEnds(2, () => 1);
  ends.learn(first, 3);
  assert.equal(
    [2, 3, 4].map((revision) => ends.endsBefore(first, revision)),
    [false, true, true],
  );
});

remembered('what is about to be written is forgotten', () => {
  const ends = knownEnds(2, () => 1);
  ends.learn(first, 3);
  ends.learn(second, 1);
  ends.forget(first);
  assert.is(ends.endsBefore(first, 3), false);
  assert.is(ends.endsBefore(second, 1), true);
});

remembered('when another connection has written, nothing is known any more', () => {
  let version = 1;
  const ends = knownEnds(2, () => version);
  ends.learn(first, 3);
  version = 2;
  assert.is(ends.endsBefore(first, 3), false);
});

remembered('the stream learnt longest ago makes room', () => {
  const ends = knownEnds(2, () => 1);
  ends.learn(first, 0);
  ends.learn(second, 0);
  ends.learn(third, 0);
  assert.equal(
    [first, second, third].map((stream) => ends.endsBefore(stream, 0)),
    [false, true, true],
  );
});

remembered.run();

// -------------------------------------------------------------------------------------
// the store
// -------------------------------------------------------------------------------------

const reading = suite('reading after the end of a stream, SQLite');

const right = <L, A>(answer: E.Either<L, A>): A => {
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right;
};

const append = async (store: EventStore, expected: number | 'no-stream', id: string): Promise<void> => {
  const body = `{"id":"${id}"}`;
  right(await store.append(first, expected, [{ id, type: 'Tested', body, hash: nodeSha256(body) }])());
};

const idsFrom = async (store: EventStore, from: number): Promise<ReadonlyArray<string>> =>
  right(await store.readStream(first, from, 10)()).events.map((event) => event.id);

const withStores = async (count: number, work: (...stores: ReadonlyArray<EventStore>) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-ends-'));
  const stores: EventStore[] = [];
  try {
    for (let i = 0; i < count; i++) {
      stores.push(right(await sqliteEventStore({ file: join(folder, 'events.db') })()));
    }
    await work(...stores);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    rmSync(folder, { recursive: true });
  }
};

reading('an event that this store appended after the end was seen is read', () =>
  withStores(1, async (store) => {
    if (store === undefined) return;
    assert.equal(await idsFrom(store, 0), []);
    await append(store, 'no-stream', 'a');
    assert.equal(await idsFrom(store, 0), ['a']);
    assert.equal(await idsFrom(store, 1), []);
    await append(store, 0, 'b');
    assert.equal(await idsFrom(store, 1), ['b']);
  }),
);

reading('an event that another connection appended after the end was seen is read', () =>
  withStores(2, async (store, other) => {
    if (store === undefined || other === undefined) return;
    await append(store, 'no-stream', 'a');
    assert.equal(await idsFrom(store, 1), []);
    await append(other, 0, 'b');
    assert.equal(await idsFrom(store, 1), ['b']);
    assert.equal(await idsFrom(store, 2), []);
  }),
);

reading('an event that another connection appended right after one of ours is read', () =>
  withStores(2, async (store, other) => {
    if (store === undefined || other === undefined) return;
    await append(store, 'no-stream', 'a');
    await append(other, 0, 'b');
    assert.equal(await idsFrom(store, 1), ['b']);
    await append(store, 1, 'c');
    assert.equal(await idsFrom(other, 2), ['c']);
  }),
);

reading('a refused append leaves the end where it is', () =>
  withStores(1, async (store) => {
    if (store === undefined) return;
    await append(store, 'no-stream', 'a');
    assert.equal(await idsFrom(store, 1), []);
    const refused = await store.append(first, 7, [{ id: 'b', type: 'Tested', body: '{}', hash: '' }])();
    assert.equal(refused, E.right({ _tag: 'Conflict', actual: 0 }));
    assert.equal(await idsFrom(store, 1), []);
    assert.equal(await idsFrom(store, 0), ['a']);
  }),
);

reading.run();
