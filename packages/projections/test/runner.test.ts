import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clerkList, clerkLists, openReadModels, type ProjectionRunner } from '../src/index.js';
import { sometimesDown, vaultDown } from './support/broken.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import {
  agency,
  appointed,
  authorized,
  clerkId,
  registered,
  reopened,
  revoked,
  suspended,
} from './support/events.js';
import { freshFile } from './support/files.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { left, makeWorld, right, type World } from './support/world.js';

const test = suite('runner');

const fill = async (world: World, agencies: number): Promise<void> => {
  for (let number = 0; number < agencies; number++) {
    const code = String(20000 + number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
  }
};

const seen = (runner: ProjectionRunner, version = 1): ReadonlyArray<Seen> =>
  right(runner.read.query(seenEvents(version), (tx) => tx.all<Seen>(seenRows)));

const statuses = (runner: ProjectionRunner) =>
  right(runner.status()).map(({ name, version, generation, status }) => [name, version, generation, status]);

// -------------------------------------------------------------------------------------
// feeding
// -------------------------------------------------------------------------------------

test('every event is applied once, whatever the size of the batches', async () => {
  const world = makeWorld();
  await fill(world, 7);
  const expected = await replayDigests(world, [seenEvents(), clerkList]);
  for (const batchSize of [1, 2, 3, 20, 21, 22, 0, -1, Number.NaN, 1e9]) {
    const runner = await runnerOf(world, [seenEvents(), clerkList], { batchSize });
    assert.is(right(await runner.catchUp()()), right(await world.store.head()()));
    assert.equal(digestsOf(runner, [seenEvents(), clerkList]), expected);
    assert.is(seen(runner).length, 21);
    assert.ok(seen(runner).every(({ times }) => times === 1));
  }
});

test('a runner goes on from where the last one stopped', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 3);
  const first = await runnerOf(world, [seenEvents(), clerkList], { file });
  right(await first.catchUp()());
  await first.close();
  await fill(makeWorld(world), 5);
  const { store, counts } = sometimesDown(world.store, () => false);
  const second = await runnerOf({ ...world, store }, [seenEvents(), clerkList], { file });
  right(await second.catchUp()());
  assert.is(counts.events, 15);
  assert.equal(
    digestsOf(second, [seenEvents(), clerkList]),
    await replayDigests(world, [seenEvents(), clerkList]),
  );
  assert.ok(seen(second).every(({ times }) => times === 1));
});

test('an empty store leaves empty, complete read models', async () => {
  const runner = await runnerOf(makeWorld(), [seenEvents()]);
  assert.is(right(await runner.catchUp()()), undefined);
  assert.equal(seen(runner), []);
  assert.equal(statuses(runner), [['seen-events', 1, 1, 'live']]);
});

test('a type of event that this program does not know is passed over and counted', async () => {
  const world = makeWorld();
  await fill(world, 1);
  await world.write(agency('20000'), [{ type: 'AgencyDreamt', data: { reason: 'night' } }, suspended]);
  const runner = await runnerOf(world, [seenEvents()]);
  right(await runner.catchUp()());
  assert.equal(
    seen(runner).map(({ type }) => type),
    ['AgencyRegistered', 'ManagerAppointed', 'ClerkAuthorized', 'AgencySuspended'],
  );
  const [status] = right(runner.status());
  assert.equal([status?.applied, status?.skipped], [4, 1]);
});

test('personal data are opened only for projections that need them, and only in events they look at', async () => {
  const world = makeWorld();
  await fill(world, 3);
  const { vault, counts } = vaultDown(world.vault, () => false);
  const without = await runnerOf({ ...world, vault }, [seenEvents()]);
  right(await without.catchUp()());
  assert.is(counts.opened, 0);
  const both = await runnerOf({ ...world, vault }, [seenEvents(), clerkList]);
  right(await both.catchUp()());
  assert.is(counts.opened, 6);
});

test('a projection that is added later catches up alone', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 4);
  const first = await runnerOf(world, [seenEvents()], { file });
  right(await first.catchUp()());
  await first.close();
  const both = await runnerOf(world, [seenEvents(), clerkList], { file });
  assert.is(left(both.read.query(clerkList, () => 0)).code, 'NOT_READY');
  right(await both.catchUp()());
  assert.equal(digestsOf(both, [clerkList]), await replayDigests(world, [clerkList]));
  assert.ok(seen(both).every(({ times }) => times === 1));
});

test('calls at the same time do the work once', async () => {
  const world = makeWorld();
  await fill(world, 4);
  const { store, counts } = sometimesDown(world.store, () => false);
  const runner = await runnerOf({ ...world, store }, [seenEvents()], { batchSize: 2 });
  await Promise.all([runner.catchUp()(), runner.catchUp()(), runner.waitFor('')()]);
  assert.is(counts.events, 12);
});

// -------------------------------------------------------------------------------------
// following and waiting
// -------------------------------------------------------------------------------------

test('a runner that runs feeds what comes, and a writer can wait to read its own write', async () => {
  const world = makeWorld();
  await fill(world, 1);
  const runner = await runnerOf(world, [clerkList]);
  const end = new AbortController();
  const running = runner.run(end.signal)();
  const lists = clerkLists(runner.read, 'gepi');
  for (const name of ['甲', '乙', '丙']) {
    const position = await world.write(agency('20000'), [authorized(name, ['pay'])]);
    right(await runner.waitFor(position)());
    assert.is(right(lists.ofAgency('20000'))?.rows.at(-1)?.name, name);
  }
  end.abort();
  right(await running);
});

test('waiting does the work where nobody runs, and gives up in time for an event that does not come', async () => {
  const world = makeWorld();
  await fill(world, 1);
  const runner = await runnerOf(world, [seenEvents()]);
  right(await runner.waitFor(right(await world.store.head()()) ?? '')());
  assert.is(seen(runner).length, 3);
  const fault = left(await runner.waitFor('9999999999999999', { timeoutMilliseconds: 30 })());
  assert.is(fault.code, 'WAIT_TIMEOUT');
});

test('a process that only waits sees what another one fed', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 1);
  const feeding = await runnerOf(world, [seenEvents()], { file });
  // Its store never answers, so nothing but the file can tell it.
  const blind = { ...world, store: { ...world.store, readAll: () => () => new Promise<never>(() => {}) } };
  const waiting = await runnerOf(blind, [seenEvents()], { file });
  const waited = waiting.waitFor(right(await world.store.head()()) ?? '')();
  right(await feeding.catchUp()());
  right(await waited);
  assert.is(seen(waiting).length, 3);
});

test('listeners are told of changes until they stop; one that throws harms nobody', async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [seenEvents()]);
  let told = 0;
  runner.subscribe(() => {
    throw new Error('of the listener');
  });
  const stop = runner.subscribe(() => {
    told++;
  });
  await fill(world, 1);
  right(await runner.catchUp()());
  assert.ok(told > 0);
  stop();
  const before = told;
  await fill(makeWorld(world), 2);
  right(await runner.catchUp()());
  assert.is(told, before);
  assert.is(seen(runner).length, 9);
});

// -------------------------------------------------------------------------------------
// versions
// -------------------------------------------------------------------------------------

test('a new version is built beside the live one, which answers until they are swapped', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 3);
  const old = await runnerOf(world, [seenEvents(1)], { file });
  right(await old.catchUp()());
  // The plug is pulled in the middle of the build.
  const { store } = sometimesDown(world.store, (reads) => reads === 3);
  const next = await runnerOf({ ...world, store }, [seenEvents(2)], { file, batchSize: 3 });
  assert.is(left(await next.catchUp()()).code, 'STORE_UNAVAILABLE');
  assert.equal(statuses(next), [
    ['seen-events', 1, 1, 'live'],
    ['seen-events', 2, 1, 'building'],
  ]);
  assert.is(left(next.read.query(seenEvents(2), () => 0)).code, 'NOT_READY');
  await world.write(agency('20000'), [suspended]);
  right(await old.catchUp()());
  assert.is(seen(old).length, 10);
  right(await next.catchUp()());
  assert.equal(statuses(next), [['seen-events', 2, 1, 'live']]);
  assert.is(seen(next, 2).length, 10);
  assert.is(left(old.read.query(seenEvents(1), () => 0)).code, 'SUPERSEDED');
  assert.is(left(await old.catchUp()()).code, 'SUPERSEDED');
  assert.equal(digestsOf(next, [seenEvents(2)]), await replayDigests(world, [seenEvents(2)]));
});

test('a newer version that reads the older tables goes on with them while it is built', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 1);
  const old = await runnerOf(world, [seenEvents(1)], { file });
  right(await old.catchUp()());
  const readable = { ...seenEvents(2), readableFrom: 1 };
  const next = await runnerOf(world, [readable], { file });
  assert.is(right(next.read.query(readable, (tx) => tx.all<Seen>(seenRows))).length, 3);
});

test('the tables of the old version are gone from the file after the swap', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 1);
  for (const version of [1, 2]) {
    const runner = await runnerOf(world, [seenEvents(version)], { file });
    right(await runner.catchUp()());
    await runner.close();
  }
  const read = right(openReadModels(file));
  const names = right(
    read.query(seenEvents(2), (tx) =>
      tx.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE name LIKE 'seen_events%' ORDER BY name`),
    ),
  );
  assert.equal(
    names.map(({ name }) => name),
    ['seen_events_events', 'seen_events_v2_events'],
  );
  read.close();
});

test('a rebuild makes the same rows anew and takes the place of the old ones', async () => {
  const world = makeWorld();
  await fill(world, 3);
  const projection = seenEvents();
  const runner = await runnerOf(world, [projection, clerkList], { batchSize: 4 });
  right(await runner.catchUp()());
  const before = digestsOf(runner, [projection]);
  right(await runner.rebuild(projection)());
  assert.equal(statuses(runner), [
    ['clerk-list', 2, 1, 'live'],
    ['seen-events', 1, 2, 'live'],
  ]);
  assert.equal(digestsOf(runner, [projection]), before);
  await world.write(agency('20001'), [suspended, reopened]);
  right(await runner.catchUp()());
  assert.is(seen(runner).length, 11);
});

test('what is live keeps up while another version is built', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 5);
  const live = await runnerOf(world, [seenEvents()], { file });
  right(await live.catchUp()());
  await live.close();
  const projection = seenEvents();
  const { store } = sometimesDown(world.store, (reads) => reads === 5);
  const runner = await runnerOf({ ...world, store }, [projection], { file, batchSize: 1 });
  await world.write(agency('20000'), [suspended]);
  assert.is(left(await runner.rebuild(projection)()).code, 'STORE_UNAVAILABLE');
  const positions = right(runner.status()).map(({ status, position }) => [status, position]);
  assert.is(positions[0]?.[0], 'live');
  assert.is(positions[0]?.[1], right(await world.store.head()()));
  assert.is(positions[1]?.[0], 'building');
  assert.is(seen(runner).length, 16);
});

test('tables that changed without a new version are refused, and so is an older version', async () => {
  const world = makeWorld();
  const file = freshFile();
  const runner = await runnerOf(world, [seenEvents(2)], { file });
  right(await runner.catchUp()());
  await runner.close();
  const changed = { ...seenEvents(2), tables: seenEvents(1).tables };
  const { createProjectionRunner } = await import('../src/index.js');
  const settings = { ...world, file, sha256: (text: string) => text };
  assert.is(
    left(await createProjectionRunner({ ...settings, projections: [changed] })()).code,
    'DEFINITION_CHANGED',
  );
  assert.is(
    left(await createProjectionRunner({ ...settings, projections: [seenEvents(1)] })()).code,
    'SUPERSEDED',
  );
});

// -------------------------------------------------------------------------------------
// several on one file
// -------------------------------------------------------------------------------------

test('two runners on one file share the work and apply nothing twice', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 20);
  const runners = await Promise.all(
    [1, 2].map(() => runnerOf(world, [seenEvents(), clerkList], { file, batchSize: 3 })),
  );
  const end = new AbortController();
  const running = runners.map((runner) => runner.run(end.signal)());
  await Promise.all(runners.map(async (runner) => right(await runner.catchUp()())));
  const position = await world.write(agency('20000'), [revoked(clerkId('經辦20000')), suspended]);
  for (const runner of runners) right(await runner.waitFor(position)());
  end.abort();
  for (const ended of await Promise.all(running)) right(ended);
  const expected = await replayDigests(world, [seenEvents(), clerkList]);
  for (const runner of runners) {
    assert.equal(digestsOf(runner, [seenEvents(), clerkList]), expected);
    assert.ok(seen(runner).every(({ times }) => times === 1));
  }
});

test('a runner that another one overtakes between reading and writing begins again', async () => {
  const world = makeWorld();
  const file = freshFile();
  const projections = [seenEvents(), clerkList];
  const quick = await runnerOf(world, projections, { file, batchSize: 5 });
  let overtaken = 0;
  const store = {
    ...world.store,
    readAll:
      (...asked: Parameters<typeof world.store.readAll>) =>
      async () => {
        if (overtaken < 3) await fill(makeWorld(world), 2);
        const page = await world.store.readAll(...asked)();
        if (overtaken++ < 3) right(await quick.catchUp()());
        return page;
      },
  };
  const slow = await runnerOf({ ...world, store }, projections, { file, batchSize: 4 });
  right(await slow.catchUp()());
  assert.ok(overtaken >= 4);
  assert.is(seen(slow).length, 18);
  assert.ok(seen(slow).every(({ times }) => times === 1));
  assert.equal(digestsOf(slow, projections), await replayDigests(world, projections));
});

test('another process reads the file without feeding it', async () => {
  const world = makeWorld();
  const file = freshFile();
  await fill(world, 1);
  const runner = await runnerOf(world, [clerkList], { file });
  right(await runner.catchUp()());
  const read = right(openReadModels(file));
  assert.is(right(clerkLists(read, 'gepi').ofAgency('20000'))?.rows.length, 1);
  await world.write(agency('20000'), [authorized('甲', ['pay'])]);
  right(await runner.catchUp()());
  assert.is(right(clerkLists(read, 'gepi').ofAgency('20000'))?.rows.length, 2);
  read.close();
  assert.is(left(clerkLists(read, 'gepi').ofAgency('20000')).code, 'CLOSED');
  assert.is(left(openReadModels(freshFile())).code, 'DATABASE_UNAVAILABLE');
});

test('after close every call answers CLOSED', async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [seenEvents()]);
  await runner.close();
  await runner.close();
  assert.is(left(await runner.catchUp()()).code, 'CLOSED');
  assert.is(left(await runner.waitFor('')()).code, 'CLOSED');
  assert.is(left(await runner.rebuild(seenEvents())()).code, 'CLOSED');
  assert.is(left(runner.status()).code, 'CLOSED');
  assert.is(left(runner.read.query(seenEvents(), () => 0)).code, 'CLOSED');
});

test('closing ends a runner that runs', async () => {
  const world = makeWorld();
  const runner = await runnerOf(world, [seenEvents()]);
  const running = runner.run(new AbortController().signal)();
  right(await runner.catchUp()());
  await runner.close();
  right(await running);
});

test.run();
