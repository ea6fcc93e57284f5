/**
 * What every challenge store must do.
 *
 * @packageDocumentation
 */
import type { ChallengeStore, TransientRecord } from '@mandate/domain';
import { ability, type ConformanceCase, ensure, ensureSame, fail, succeed } from './case.js';

/** Opens the challenge store under test. */
export interface ChallengeHarness {
  /** A store that holds nothing. */
  readonly open: () => Promise<ChallengeStore>;
  /** Lets go of a store. */
  readonly close?: (store: ChallengeStore) => Promise<void>;
  /** The data of the store that was opened last, after it was closed. For durable stores. */
  readonly reopen?: () => Promise<ChallengeStore>;
  /** A second store on the data of the one opened last, which is still open: as another process is. */
  readonly openAnother?: () => Promise<ChallengeStore>;
}

/** A case for a challenge store. */
export type ChallengeStoreCase = ConformanceCase<ChallengeHarness>;

const withStore = (
  name: string,
  run: (store: ChallengeStore, harness: ChallengeHarness) => Promise<void>,
  needs: ReadonlyArray<'reopen' | 'openAnother'> = [],
): ChallengeStoreCase => ({
  name,
  needs,
  run: async (harness) => {
    const store = await harness.open();
    try {
      await run(store, harness);
    } finally {
      await harness.close?.(store);
    }
  },
});

const noon = '2026-03-02T04:00:00.000Z';
const later = '2026-03-02T04:10:00.000Z';
const record = (key: string, text = `{"key":"${key}"}`, expiresAt = later): TransientRecord => ({
  key,
  text,
  expiresAt,
});

const add = (store: ChallengeStore, what: TransientRecord, now = noon): Promise<void> =>
  succeed(store.addChallenge(what, now), 'add');
const consume = (store: ChallengeStore, key: string) => succeed(store.consumeChallenge(key), 'consume');
const find = (store: ChallengeStore, key: string) => succeed(store.findConfirmation(key), 'find');

const challenges: ReadonlyArray<ChallengeStoreCase> = [
  withStore('a challenge is fresh once, then used; one that was never added is unknown', async (store) => {
    await add(store, record('a'));
    ensureSame(await consume(store, 'b'), { _tag: 'Unknown' }, 'a challenge that was never added');
    const fresh = { _tag: 'Fresh', text: record('a').text, expiresAt: later };
    ensureSame(await consume(store, 'a'), fresh, 'the first time');
    ensureSame(await consume(store, 'a'), { _tag: 'Used' }, 'the second time');
  }),

  withStore('of 16 who answer one challenge at once one is fresh', async (store) => {
    await add(store, record('a'));
    const answers = await Promise.all(Array.from({ length: 16 }, () => consume(store, 'a')));
    ensureSame(answers.filter(({ _tag }) => _tag === 'Fresh').length, 1, 'fresh answers');
    ensureSame(answers.filter(({ _tag }) => _tag === 'Used').length, 15, 'used answers');
  }),

  withStore('adding the same challenge again changes nothing, also when it was used', async (store) => {
    await add(store, record('a'));
    await add(store, record('a'));
    await consume(store, 'a');
    await add(store, record('a'));
    ensureSame(await consume(store, 'a'), { _tag: 'Used' }, 'after it was added again');
  }),

  withStore('another challenge under a key that is taken is refused', async (store) => {
    await add(store, record('a', 'first'));
    await fail(store.addChallenge(record('a', 'second'), noon), 'add under a taken key');
    const answer = await consume(store, 'a');
    ensure(answer._tag === 'Fresh' && answer.text === 'first', 'the first challenge was replaced');
  }),

  withStore('what has expired is purged when a challenge is added', async (store) => {
    await add(store, record('expired', 'x', '2026-03-02T04:05:00Z'));
    await add(store, record('used', 'x', '2026-03-02T04:05:00Z'));
    await consume(store, 'used');
    await add(store, record('a'), '2026-03-02T04:04:59.999Z');
    ensureSame(await consume(store, 'used'), { _tag: 'Used' }, 'used, not yet expired');
    await add(store, record('b'), '2026-03-02T04:05:00.000Z');
    ensureSame(await consume(store, 'expired'), { _tag: 'Unknown' }, 'expired');
    ensureSame(await consume(store, 'used'), { _tag: 'Unknown' }, 'used and expired');
    ensureSame((await consume(store, 'a'))._tag, 'Fresh', 'one that lasts longer');
  }),

  withStore('a time that is none is refused', async (store) => {
    await fail(store.addChallenge(record('a', 'x', 'tomorrow'), noon), 'add');
    await fail(store.addChallenge(record('a'), ''), 'add');
    await fail(store.saveConfirmation(record('a', 'x', '')), 'save');
    ensureSame(await consume(store, 'a'), { _tag: 'Unknown' }, 'a challenge that was refused');
  }),

  withStore(
    'what was used stays so after reopening',
    async (store, harness) => {
      await add(store, record('used'));
      await add(store, record('fresh'));
      await consume(store, 'used');
      await succeed(store.saveConfirmation(record('c')), 'save');
      await harness.close?.(store);
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        ensureSame(await consume(reopened, 'used'), { _tag: 'Used' }, 'used before');
        ensureSame((await consume(reopened, 'fresh'))._tag, 'Fresh', 'not used before');
        ensureSame(await find(reopened, 'c'), record('c'), 'a confirmation');
      } finally {
        await harness.close?.(reopened);
      }
    },
    ['reopen'],
  ),

  withStore(
    'of two processes that answer one challenge one is fresh',
    async (store, harness) => {
      const another = await ability(harness.openAnother, 'openAnother')();
      try {
        for (let n = 0; n < 20; n += 1) {
          await add(n % 2 === 0 ? store : another, record(`k${n}`));
          const answers = await Promise.all([consume(store, `k${n}`), consume(another, `k${n}`)]);
          ensureSame(answers.map(({ _tag }) => _tag).sort(), ['Fresh', 'Used'], 'answers');
        }
      } finally {
        await harness.close?.(another);
      }
    },
    ['openAnother'],
  ),
];

const confirmations: ReadonlyArray<ChallengeStoreCase> = [
  withStore('a confirmation is found, replaced and removed', async (store) => {
    ensureSame(await find(store, 'a'), undefined, 'before it is saved');
    await succeed(store.saveConfirmation(record('a', 'first')), 'save');
    ensureSame(await find(store, 'a'), record('a', 'first'), 'saved');
    await succeed(store.saveConfirmation(record('a', 'second')), 'save');
    ensureSame(await find(store, 'a'), record('a', 'second'), 'replaced');
    await succeed(store.removeConfirmation('a'), 'remove');
    await succeed(store.removeConfirmation('a'), 'remove again');
    ensureSame(await find(store, 'a'), undefined, 'removed');
  }),

  withStore('challenges and confirmations have keys of their own', async (store) => {
    await add(store, record('a', 'challenge'));
    await succeed(store.saveConfirmation(record('a', 'confirmation')), 'save');
    await succeed(store.removeConfirmation('a'), 'remove');
    ensureSame((await consume(store, 'a'))._tag, 'Fresh', 'the challenge');
    ensureSame(await find(store, 'a'), undefined, 'the confirmation');
  }),
];

/** What every challenge store must do. */
export const challengeStoreConformance: ReadonlyArray<ChallengeStoreCase> = [...challenges, ...confirmations];
