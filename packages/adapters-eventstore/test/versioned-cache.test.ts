import type { TransientRecord } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SqliteChallengeStore, sqliteChallengeStore } from '../src/index.js';
import { versionedCache } from '../src/sqlite/versioned-cache.js';
import { freshFile } from './support/directory.js';
import { right } from './support/right.js';

// -------------------------------------------------------------------------------------
// cache
// -------------------------------------------------------------------------------------

const cached = suite('a cache of what was read from a file');

cached('is bounded, lets go of what was used longest ago, and of all when another connection wrote', () => {
  let version = 1;
  const cache = versionedCache<string, number>(2, () => version);
  cache.put('a', 1);
  cache.put('b', 2);
  assert.is(cache.get('a'), 1);
  cache.put('c', 3);
  assert.is(cache.get('b'), undefined);
  assert.is(cache.get('a'), 1);
  cache.drop('a');
  assert.is(cache.get('a'), undefined);
  assert.is(cache.get('c'), 3);
  version = 2;
  assert.is(cache.get('c'), undefined);
});

cached(
  'hands back what it is given, keeps the newest under a key, and nothing where there is nothing',
  () => {
    const cache = versionedCache<string, number>(2, () => 1);
    assert.is(cache.put('a', 1), 1);
    assert.is(cache.put('a', 2), 2);
    assert.is(cache.put('b', 3), 3);
    assert.is(cache.put('c', undefined), undefined);
    assert.equal(
      ['a', 'b', 'c'].map((key) => cache.get(key)),
      [2, 3, undefined],
    );
    assert.is(versionedCache<string, number>(0, () => 1).put('a', 1), 1);
  },
);

cached.run();

// -------------------------------------------------------------------------------------
// confirmations
// -------------------------------------------------------------------------------------

const shared = suite('confirmations in a file that two programs have open');

const record = (text: string, expiresAt = '2026-03-02T03:00:00.000Z'): TransientRecord => ({
  key: 'k',
  text,
  expiresAt,
});

/** In which nothing has expired. */
const clock = { now: () => 0 };

const inTwo = async (
  work: (one: SqliteChallengeStore, other: SqliteChallengeStore) => Promise<void>,
): Promise<void> => {
  const file = freshFile('challenges.db');
  const [one, other] = [
    await right(sqliteChallengeStore({ file, clock })),
    await right(sqliteChallengeStore({ file, clock })),
  ];
  try {
    await work(one, other);
  } finally {
    await one.close();
    await other.close();
  }
};

const textIn = async (store: SqliteChallengeStore): Promise<string | undefined> =>
  (await right(store.findConfirmation('k')))?.text;

shared('what the other program changed or removed is found so, however often it was read before', () =>
  inTwo(async (one, other) => {
    assert.is(await right(one.saveConfirmation(record('first'), undefined)), true);
    assert.equal([await textIn(one), await textIn(other)], ['first', 'first']);
    assert.is(await right(other.saveConfirmation(record('second'), record('first'))), true);
    assert.equal([await textIn(one), await textIn(other)], ['second', 'second']);
    assert.is(await right(one.saveConfirmation(record('third'), record('first'))), false);
    assert.equal([await textIn(one), await textIn(other)], ['second', 'second']);
    await right(other.removeConfirmation('k'));
    assert.equal([await textIn(one), await textIn(other)], [undefined, undefined]);
  }),
);

shared('what was purged is not found, whoever purged it', () =>
  inTwo(async (one, other) => {
    for (const purging of [one, other]) {
      assert.is(await right(one.saveConfirmation(record('text'), undefined)), true);
      assert.equal([await textIn(one), await textIn(other)], ['text', 'text']);
      const challenge = { key: 'c', text: 'c', expiresAt: '2026-03-02T09:00:00.000Z' };
      await right(purging.addChallenge(challenge, '2026-03-02T03:00:00.000Z'));
      assert.equal([await textIn(one), await textIn(other)], [undefined, undefined]);
    }
  }),
);

shared.run();
