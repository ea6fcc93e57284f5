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
const save = (store: ChallengeStore, what: TransientRecord, replaces?: TransientRecord): Promise<boolean> =>
  succeed(store.saveConfirmation(what, replaces), 'save');
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
    await fail(store.saveConfirmation(record('a', 'x', ''), undefined), 'save');
    ensureSame(await consume(store, 'a'), { _tag: 'Unknown' }, 'a challenge that was refused');
  }),

  withStore(
    'what was used stays so after reopening',
    async (store, harness) => {
      // A store may purge by the clock of its machine when it is opened.
      const lasting = (key: string): TransientRecord => record(key, key, '9999-12-31T23:59:59.999Z');
      await add(store, lasting('used'));
      await add(store, lasting('fresh'));
      await consume(store, 'used');
      await save(store, lasting('c'));
      await harness.close?.(store);
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        ensureSame(await consume(reopened, 'used'), { _tag: 'Used' }, 'used before');
        ensureSame((await consume(reopened, 'fresh'))._tag, 'Fresh', 'not used before');
        ensureSame(await find(reopened, 'c'), lasting('c'), 'a confirmation');
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
    const [first, second] = [record('a', 'first'), record('a', 'second', '2026-03-02T04:20:00.000Z')];
    ensureSame(await find(store, 'a'), undefined, 'before it is saved');
    ensureSame(await save(store, first), true, 'saving');
    ensureSame(await find(store, 'a'), first, 'saved');
    ensureSame(await save(store, second, first), true, 'replacing');
    ensureSame(await find(store, 'a'), second, 'replaced');
    await succeed(store.removeConfirmation('a'), 'remove');
    await succeed(store.removeConfirmation('a'), 'remove again');
    ensureSame(await find(store, 'a'), undefined, 'removed');
    ensureSame(await save(store, first), true, 'saving where one was removed');
  }),

  withStore("a first confirmation takes nobody's place", async (store) => {
    await save(store, record('a', 'first'));
    ensureSame(await save(store, record('a', 'second')), false, 'saving under a key that is taken');
    ensureSame(await save(store, record('a', 'first')), false, 'saving the same again');
    ensureSame(await find(store, 'a'), record('a', 'first'), 'the one that stood there');
  }),

  withStore(
    'a confirmation takes the place of the one that it was made from, and of no other',
    async (store) => {
      const first = record('a', 'first');
      ensureSame(await save(store, record('a', 'second'), first), false, 'replacing what is not there');
      ensureSame(await find(store, 'a'), undefined, 'what was not there');
      await save(store, first);
      await save(store, record('a', 'second'), first);
      ensureSame(await save(store, record('a', 'third'), first), false, 'replacing what was replaced');
      ensureSame(await find(store, 'a'), record('a', 'second'), 'the one that was quicker');
      await succeed(store.removeConfirmation('a'), 'remove');
      ensureSame(await save(store, record('a', 'third'), first), false, 'replacing what was removed');
      ensureSame(await find(store, 'a'), undefined, 'what was removed');
    },
  ),

  withStore('of 16 who replace one confirmation at once one succeeds', async (store) => {
    const first = record('a', 'first');
    await save(store, first);
    const texts = Array.from({ length: 16 }, (_, n) => `answer ${n}`);
    const saved = await Promise.all(texts.map((text) => save(store, record('a', text), first)));
    const winners = texts.filter((_, n) => saved[n] === true);
    ensureSame(winners.length, 1, 'winners');
    ensureSame((await find(store, 'a'))?.text, winners[0], 'what stands there');
  }),

  withStore(
    'of two processes that replace one confirmation one succeeds',
    async (store, harness) => {
      const another = await ability(harness.openAnother, 'openAnother')();
      try {
        for (let n = 0; n < 20; n += 1) {
          const first = record(`k${n}`, 'first');
          await save(n % 2 === 0 ? store : another, first);
          const saved = await Promise.all([
            save(store, record(`k${n}`, 'one'), first),
            save(another, record(`k${n}`, 'other'), first),
          ]);
          ensureSame([...saved].sort(), [false, true], 'answers');
          const standing = saved[0] ? 'one' : 'other';
          ensureSame((await find(store, `k${n}`))?.text, standing, 'what stands there');
          ensureSame((await find(another, `k${n}`))?.text, standing, 'what stands there for the other');
        }
      } finally {
        await harness.close?.(another);
      }
    },
    ['openAnother'],
  ),

  withStore('challenges and confirmations have keys of their own', async (store) => {
    await add(store, record('a', 'challenge'));
    await save(store, record('a', 'confirmation'));
    await succeed(store.removeConfirmation('a'), 'remove');
    ensureSame((await consume(store, 'a'))._tag, 'Fresh', 'the challenge');
    ensureSame(await find(store, 'a'), undefined, 'the confirmation');
  }),
];

/** What every challenge store must do. */
export const challengeStoreConformance: ReadonlyArray<ChallengeStoreCase> = [...challenges, ...confirmations];
