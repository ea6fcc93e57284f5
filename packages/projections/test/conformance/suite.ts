/**
 * What every place for read models must do: the same events give the same rows, in batches of any size, whatever comes
 * between. `npm test` runs it on memory, on a file and on PostgreSQL.
 */
import fc from 'fast-check';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  all,
  builtIn,
  clerkList,
  clerkLists,
  defineProjection,
  type Projection,
  registrationHistory,
} from '../../src/index.js';
import { changing, sometimesDown, vaultDown } from '../support/broken.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { agency, appointed, authorized, person, registered, reopened, suspended } from '../support/events.js';
import { live, steps } from '../support/random.js';
import { replayDigests } from '../support/runner.js';
import { left, makeWorld, minute, right, type World } from '../support/world.js';
import { everyAnswer } from './answers.js';
import type { Place, TestedRunner } from './place.js';
import { memoryPlace } from './places.js';

/** 3 events an agency. */
const fill = async (world: World, agencies: number): Promise<void> => {
  for (let number = 0; number < agencies; number++) {
    const code = String(20000 + number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
  }
};

/** Without a scope the whole table is one: the slow way, and right all the same. */
const unscoped = seenEvents(1, 'seen-unscoped', false);
const everything: ReadonlyArray<Projection> = [...builtIn, seenEvents(), unscoped];

const digestsOf = async (runner: TestedRunner, projections: ReadonlyArray<Projection>) => {
  const digests: string[] = [];
  for (const projection of projections) digests.push(await runner.digest(projection));
  return digests;
};

const seen = async (runner: TestedRunner, version = 1): Promise<ReadonlyArray<Seen>> =>
  right(await runner.ask(seenEvents(version), () => all<Seen>(seenRows)));

const statuses = async (runner: TestedRunner) =>
  (await runner.status()).map(({ name, version, generation, status }) => [name, version, generation, status]);

const appliedOf = async (runner: TestedRunner) =>
  (await runner.status()).map(({ name, applied, skipped }) => [name, applied, skipped]);

/** A projection that fails at one agency until it is `mended`. */
const failing = (mended = false): Projection =>
  defineProjection({
    name: 'failing',
    version: 1,
    needsPersonal: false,
    tables: [
      {
        name: 'rows',
        columns: { portal: 'TEXT NOT NULL', agency: 'TEXT NOT NULL' },
        key: ['portal', 'agency'],
        scope: 'agency',
      },
    ],
    events: ['AgencyRegistered'],
    apply: (tx, event) => {
      tx.run("INSERT INTO {rows} (portal, agency) VALUES ('gepi', ?)", event.data.code);
      if (!mended && event.data.code === '20001') throw new TypeError('a mistake');
    },
  });

/** Adds the suite; `place` makes a new, empty place. `runs`: how many random lives are tried. */
export const conforms = (test: Test, place: () => Place, runs = 12): void => {
  const memoryOf = async (world: World): Promise<TestedRunner> => {
    const runner = right(await memoryPlace().open(world, everything));
    right(await runner.catchUp()());
    return runner;
  };

  const opened = async (at: Place, ...asked: Parameters<Place['open']>): Promise<TestedRunner> =>
    right(await at.open(...asked));

  // -------------------------------------------------------------------------------------
  // rows
  // -------------------------------------------------------------------------------------

  test('the same events give the same rows in batches of any size, and each is applied once', async () => {
    const world = makeWorld();
    await fill(world, 7);
    await world.forget(person('經辦20003'));
    const expected = await replayDigests(world, everything);
    for (const batchSize of [1, 5, 22]) {
      const runner = await opened(place(), world, everything, { batchSize });
      assert.is(right(await runner.catchUp()()), right(await world.store.head()()));
      assert.equal(await digestsOf(runner, everything), expected);
      assert.is((await seen(runner)).length, 21);
      assert.ok((await seen(runner)).every(({ times }) => times === 1));
      await runner.close();
    }
  });

  test('random lives give the rows and the answers that memory gives, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps(60),
        steps(30),
        fc.integer({ min: 1, max: 30 }),
        async (first, then, batchSize) => {
          const world = makeWorld();
          const at = place();
          await live(world, first);
          const before = await opened(at, world, everything, { batchSize });
          right(await before.catchUp()());
          await before.close();
          const runner = await opened(at, world, everything, { batchSize });
          // Agencies that are there already live on, and persons are forgotten in the middle of it.
          await live(
            makeWorld(world),
            then.map((step) => ({ ...step, kind: step.kind % 2 === 0 ? 1 : step.kind })),
          ).catch(() => undefined);
          right(await runner.catchUp()());
          assert.equal(await digestsOf(runner, everything), await replayDigests(world, everything));
          const memory = await memoryOf(world);
          assert.equal(
            await everyAnswer(runner.read, world.vault),
            await everyAnswer(memory.read, world.vault),
          );
          for (const projection of builtIn) right(await runner.rebuild(projection)());
          assert.equal(await digestsOf(runner, everything), await replayDigests(world, everything));
          await runner.close();
        },
      ),
      { numRuns: runs },
    );
  });

  test('NHI-19: an agency that opens again the next day says so in its list, in every place', async () => {
    const world = makeWorld();
    const nextDay = minute(24 * 60);
    await world.write(agency('20000'), [registered('20000'), suspended]);
    await world.write(agency('20000'), [{ ...reopened, effectiveAt: nextDay }]);
    const runner = await opened(place(), world, everything);
    right(await runner.catchUp()());
    const list = right(await clerkLists(runner.read, 'gepi').ofAgency('20000')());
    assert.equal([list?.agencyStatus, list?.opensAt], ['registered', nextDay]);
    await runner.close();
  });

  test('how many events were applied and passed over is the same everywhere', async () => {
    const world = makeWorld();
    await fill(world, 5);
    await world.write(agency('20000'), [{ type: 'AgencyDreamt', data: { reason: 'night' } }, suspended]);
    await world.forget(person('經辦20003'));
    const memory = await memoryOf(world);
    const runner = await opened(place(), world, builtIn, { batchSize: 4 });
    right(await runner.catchUp()());
    const expected = await appliedOf(memory);
    assert.equal(
      await appliedOf(runner),
      expected.filter(([name]) => builtIn.some((projection) => projection.name === name)),
    );
    await runner.close();
  });

  test('an empty store leaves empty, complete read models', async () => {
    const runner = await opened(place(), makeWorld(), [seenEvents(), clerkList]);
    assert.is(right(await runner.catchUp()()), undefined);
    assert.equal(await seen(runner), []);
    assert.equal(await statuses(runner), [
      ['clerk-list', 2, 1, 'live'],
      ['seen-events', 1, 1, 'live'],
    ]);
    await runner.close();
  });

  // -------------------------------------------------------------------------------------
  // stopping and going on
  // -------------------------------------------------------------------------------------

  test('a runner goes on from where the last one stopped, and a projection that is added catches up alone', async () => {
    const world = makeWorld();
    const at = place();
    await fill(world, 3);
    const first = await opened(at, world, [seenEvents()]);
    right(await first.catchUp()());
    await first.close();
    await fill(makeWorld(world), 5);
    const { store, counts } = sometimesDown(world.store, () => false);
    const second = await opened(at, { ...world, store }, [seenEvents()]);
    right(await second.catchUp()());
    assert.is(counts.events, 15);
    await second.close();
    const both = await opened(at, world, [seenEvents(), clerkList]);
    assert.is(left(await both.ask(clerkList, () => all('SELECT 1'))).code, 'NOT_READY');
    right(await both.catchUp()());
    assert.equal(
      await digestsOf(both, [seenEvents(), clerkList]),
      await replayDigests(world, [seenEvents(), clerkList]),
    );
    await both.close();
  });

  test('a store that fails after any page leaves a state from which the next call goes on', async () => {
    const world = makeWorld();
    await fill(world, 4);
    const expected = await replayDigests(world, everything);
    for (const broken of [1, 3]) {
      const { store } = sometimesDown(world.store, (reads) => reads === broken);
      const runner = await opened(place(), { ...world, store }, everything, { batchSize: 3 });
      assert.is(left(await runner.catchUp()()).code, 'STORE_UNAVAILABLE');
      right(await runner.catchUp()());
      assert.equal(await digestsOf(runner, everything), expected);
      await runner.close();
    }
  });

  test('while the vault is down others go on, and afterwards those who waited resume', async () => {
    const world = makeWorld();
    await fill(world, 4);
    let down = true;
    const { vault } = vaultDown(world.vault, () => down);
    const runner = await opened(place(), { ...world, vault }, [clerkList, seenEvents()], { batchSize: 3 });
    assert.is(left(await runner.catchUp()()).code, 'VAULT_UNAVAILABLE');
    assert.is((await seen(runner)).length, 12);
    down = false;
    right(await runner.catchUp()());
    assert.equal(await digestsOf(runner, [clerkList]), await replayDigests(world, [clerkList]));
    await runner.close();
  });

  test('a projection that throws stops alone, is reported, and resumes after the fix', async () => {
    const world = makeWorld();
    await fill(world, 3);
    const at = place();
    const runner = await opened(at, world, [failing(), seenEvents()]);
    const fault = left(await runner.catchUp()());
    assert.equal(
      [fault.code, fault.projection, fault.place?.stream],
      ['APPLY_FAILED', 'failing', agency('20001')],
    );
    const reported = (await runner.status()).find(({ name }) => name === 'failing');
    assert.is(reported?.fault?.code, 'APPLY_FAILED');
    assert.is((await seen(runner)).length, 9);
    await runner.close();
    const mended = await opened(at, world, [failing(true), seenEvents()]);
    right(await mended.catchUp()());
    assert.equal(
      await digestsOf(mended, [failing(true), seenEvents()]),
      await replayDigests(world, [failing(true), seenEvents()]),
    );
    assert.is((await mended.status()).find(({ name }) => name === 'failing')?.fault, undefined);
    await mended.close();
  });

  test('what is corrupt stops the runner at its place; everything before it is applied, nothing after', async () => {
    const world = makeWorld();
    await fill(world, 4);
    const target = right(await world.store.readAll('start', 100)()).events[7];
    const body = target?.body.replace('機關20002', '機關29999') ?? '';
    for (const [change, code] of [
      [{ body: '{' }, 'EVENT_CORRUPT'],
      [{ body: `${target?.body} ` }, 'CHAIN_BROKEN'],
      [{ body, hash: 'ab'.repeat(32) }, 'CHAIN_BROKEN'],
    ] as const) {
      for (const batchSize of [1, 5]) {
        const at = place();
        const store = changing(world.store, (event) =>
          event.id === target?.id ? { ...event, ...change } : event,
        );
        const runner = await opened(at, { ...world, store }, [seenEvents(), registrationHistory], {
          batchSize,
        });
        const fault = left(await runner.catchUp()());
        assert.equal([fault.code, fault.place?.position], [code, target?.position]);
        await runner.close();
        const repaired = await opened(at, world, [seenEvents(), registrationHistory]);
        assert.is(
          (await repaired.status()).reduce(
            (sum, { name, applied }) => sum + (name === 'seen-events' ? applied : 0),
            0,
          ),
          7,
        );
        right(await repaired.catchUp()());
        assert.is((await seen(repaired)).length, 12);
        await repaired.close();
      }
    }
  });

  test('a past that was written anew behind the checkpoint is found out by the next event of its stream', async () => {
    const world = makeWorld();
    const at = place();
    await fill(world, 2);
    const first = await opened(at, world, [seenEvents()]);
    right(await first.catchUp()());
    await first.close();
    const forged = makeWorld();
    for (const code of ['20000', '20001']) {
      await forged.write(agency(code), [registered(code, '另一機關'), appointed(`管理${code}`)]);
      await forged.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
    }
    await forged.write(agency('20001'), [suspended]);
    const second = await opened(at, forged, [seenEvents()]);
    const fault = left(await second.catchUp()());
    assert.equal(
      [fault.code, fault.place?.stream, fault.place?.revision],
      ['CHAIN_BROKEN', agency('20001'), 3],
    );
    await second.close();
  });

  test('read models that know more than the store say so', async () => {
    const world = makeWorld();
    const at = place();
    await fill(world, 2);
    const first = await opened(at, world, [seenEvents()]);
    right(await first.catchUp()());
    await first.close();
    const restored = makeWorld();
    await fill(restored, 1);
    const runner = await opened(at, restored, [seenEvents()]);
    assert.is(left(await runner.catchUp()()).code, 'AHEAD_OF_STORE');
    await runner.close();
  });

  // -------------------------------------------------------------------------------------
  // versions
  // -------------------------------------------------------------------------------------

  test('a new version is built beside the live one, which answers until they are swapped', async () => {
    const world = makeWorld();
    const at = place();
    await fill(world, 3);
    const old = await opened(at, world, [seenEvents(1)]);
    right(await old.catchUp()());
    const { store } = sometimesDown(world.store, (reads) => reads === 3);
    const next = await opened(at, { ...world, store }, [seenEvents(2)], { batchSize: 3 });
    assert.is(left(await next.catchUp()()).code, 'STORE_UNAVAILABLE');
    assert.equal(await statuses(next), [
      ['seen-events', 1, 1, 'live'],
      ['seen-events', 2, 1, 'building'],
    ]);
    assert.is(left(await next.ask(seenEvents(2), () => all('SELECT 1'))).code, 'NOT_READY');
    const readable = { ...seenEvents(2), readableFrom: 1 };
    assert.is(right(await next.ask(readable, () => all<Seen>(seenRows))).length, 9);
    await world.write(agency('20000'), [suspended]);
    right(await old.catchUp()());
    assert.is((await seen(old)).length, 10);
    right(await next.catchUp()());
    assert.equal(await statuses(next), [['seen-events', 2, 1, 'live']]);
    assert.is((await seen(next, 2)).length, 10);
    assert.is(left(await old.ask(seenEvents(1), () => all('SELECT 1'))).code, 'SUPERSEDED');
    assert.is(left(await old.catchUp()()).code, 'SUPERSEDED');
    assert.equal(await digestsOf(next, [seenEvents(2)]), await replayDigests(world, [seenEvents(2)]));
    await old.close();
    await next.close();
  });

  test('a rebuild makes the same rows anew and takes the place of the old ones', async () => {
    const world = makeWorld();
    await fill(world, 3);
    const runner = await opened(place(), world, [seenEvents(), clerkList], { batchSize: 4 });
    right(await runner.catchUp()());
    const before = await digestsOf(runner, [seenEvents()]);
    right(await runner.rebuild(seenEvents())());
    right(await runner.rebuild(seenEvents())());
    assert.equal(await statuses(runner), [
      ['clerk-list', 2, 1, 'live'],
      ['seen-events', 1, 3, 'live'],
    ]);
    assert.equal(await digestsOf(runner, [seenEvents()]), before);
    await world.write(agency('20001'), [suspended]);
    right(await runner.catchUp()());
    assert.is((await seen(runner)).length, 10);
    assert.is(left(await runner.rebuild(registrationHistory)()).code, 'SUPERSEDED');
    await runner.close();
  });

  test('tables that changed without a new version are refused, and so is an older version', async () => {
    const world = makeWorld();
    const at = place();
    const runner = await opened(at, world, [seenEvents(2)]);
    right(await runner.catchUp()());
    await runner.close();
    const changed = { ...seenEvents(2), tables: seenEvents(1).tables };
    assert.is(left(await at.open(world, [changed])).code, 'DEFINITION_CHANGED');
    assert.is(left(await at.open(world, [seenEvents(1)])).code, 'SUPERSEDED');
    const scopedOtherwise = seenEvents(2, 'seen-events', false);
    const same = await opened(at, world, [scopedOtherwise]);
    await same.close();
  });

  // -------------------------------------------------------------------------------------
  // waiting, following, sharing
  // -------------------------------------------------------------------------------------

  test('one who waits for a position reads what was written, with and without a runner that follows', async () => {
    const world = makeWorld();
    await fill(world, 2);
    const runner = await opened(place(), world, [seenEvents()]);
    const waiting = { timeoutMilliseconds: 120_000 };
    right(await runner.waitFor(right(await world.store.head()()) ?? '', waiting)());
    assert.is((await seen(runner)).length, 6);
    const end = new AbortController();
    const running = runner.run(end.signal)();
    for (const name of ['甲', '乙', '丙']) {
      right(await runner.waitFor(await world.write(agency('20000'), [authorized(name, ['pay'])]), waiting)());
      assert.ok((await seen(runner)).some(({ type }) => type === 'ClerkAuthorized'));
    }
    assert.is((await seen(runner)).length, 9);
    const never = await runner.waitFor('~', { timeoutMilliseconds: 30 })();
    assert.is(left(never).code, 'WAIT_TIMEOUT');
    end.abort();
    right(await running);
    await runner.close();
  });

  test('two runners share the work and apply nothing twice', async () => {
    const world = makeWorld();
    const at = place();
    await fill(world, 20);
    const runners = [
      await opened(at, world, everything, { batchSize: 3 }),
      await opened(at, world, everything, { batchSize: 4 }),
    ];
    const end = new AbortController();
    const running = runners.map((runner) => runner.run(end.signal)());
    const position = await world.write(agency('20000'), [suspended]);
    for (const runner of runners) {
      right(await runner.waitFor(position, { timeoutMilliseconds: 120_000 })());
    }
    end.abort();
    for (const ended of await Promise.all(running)) right(ended);
    const expected = await replayDigests(world, everything);
    for (const runner of runners) {
      assert.equal(await digestsOf(runner, everything), expected);
      assert.ok((await seen(runner)).every(({ times }) => times === 1));
      await runner.close();
    }
  });

  test('a question whose code or SQL fails is a fault, and after close every call answers CLOSED', async () => {
    const world = makeWorld();
    await fill(world, 1);
    const runner = await opened(place(), world, [seenEvents()]);
    right(await runner.catchUp()());
    const thrown = await runner.ask(seenEvents(), function* () {
      yield* all('SELECT 1 AS one');
      throw new Error('of the question');
    });
    assert.is(left(thrown).code, 'QUERY_FAILED');
    assert.is(
      left(await runner.ask(seenEvents(), () => all('SELECT nothing FROM {events}'))).code,
      'QUERY_FAILED',
    );
    assert.is((await seen(runner)).length, 3);
    await runner.close();
    await runner.close();
    assert.is(left(await runner.catchUp()()).code, 'CLOSED');
    assert.is(left(await runner.waitFor('')()).code, 'CLOSED');
    assert.is(left(await runner.rebuild(seenEvents())()).code, 'CLOSED');
    assert.is(left(await runner.ask(seenEvents(), () => all('SELECT 1'))).code, 'CLOSED');
  });
};
