import { setTimeout as sleep } from 'node:timers/promises';
import { suiteNeeding } from '@mandate/testing';
import {
  type PostgresPlace,
  type PostgresServer,
  postgresNeed,
  startPostgres,
} from '@mandate/testing/postgres';
import * as assert from 'uvu/assert';
import { all, clerkList, type Projection, people } from '../../src/index.js';
import { createPostgresRunner, type PostgresRunner } from '../../src/postgres/index.js';
import { leaseApart, partitionOfLease, rolesOf } from '../../src/postgres/roles.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { agency, appointed, authorized, registered } from '../support/events.js';
import { replayDigests } from '../support/runner.js';
import { left, makeWorld, right, sha256, type World } from '../support/world.js';

const test = suiteNeeding('an upgrade while runners run', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

// -------------------------------------------------------------------------------------
// roles
// -------------------------------------------------------------------------------------

const live = (name: string, version: number) => ({ name, version, status: 'live' });
const building = (name: string, version: number) => ({ name, version, status: 'building' });
const rolesAre = (
  runners: Readonly<Record<string, ReadonlyArray<string>>>,
  sets: Parameters<typeof rolesOf>[1],
): readonly [ReadonlyArray<string>, ReadonlyArray<string>, ReadonlyArray<string>] => {
  const roles = rolesOf(
    Object.entries(runners).map(([owner, knows]) => ({ owner, knows })),
    sets,
  );
  return [roles.keepers, roles.builders, [...roles.apart]];
};

test('who knows everything that is live keeps it; what one of them does not know is built apart, by who knows it', () => {
  const old = ['a@1', 'b@1'];
  const next = ['a@2', 'b@1'];
  // Alike, at the first start, at a rebuild and afterwards: nothing apart.
  for (const status of ['live', 'building']) {
    const sets = [{ name: 'a', version: 1, status }, live('b', 1), building('b', 1)];
    assert.equal(rolesAre({ one: old, two: old }, sets), [['one', 'two'], [], []]);
  }
  const during = [live('a', 1), live('b', 1), building('a', 2)];
  assert.equal(rolesAre({ one: old, two: next, three: next }, during), [['one'], ['two', 'three'], ['a@2']]);
  // The old ones are gone, before the new tables are complete or after they took over.
  assert.equal(rolesAre({ two: next }, during), [['two'], [], []]);
  assert.equal(rolesAre({ one: old, two: next }, [live('a', 2), live('b', 1)]), [['two'], [], []]);
  // The new ones are gone: nobody builds.
  assert.equal(rolesAre({ one: old }, during), [['one'], [], []]);
  // Nobody knows all.
  assert.equal(rolesAre({ one: ['a@1'], two: ['b@1'] }, [live('a', 1), live('b', 1)]), [
    ['one', 'two'],
    [],
    [],
  ]);
  // Of two that are built, the older will take nobody's place.
  const two = [live('b', 1), building('a', 1), building('a', 2)];
  assert.equal(rolesAre({ one: old, two: next }, two), [['one', 'two'], ['two'], ['a@2']]);
});

test('every partition has two leases, and they are its own', () => {
  const leases = Array.from({ length: 17 }, (_, partition) => [partition, leaseApart(partition, 16)]).flat();
  assert.is(new Set(leases).size, 34);
  for (const [index, lease] of leases.entries())
    assert.is(partitionOfLease(lease, 16), Math.floor(index / 2));
});

// -------------------------------------------------------------------------------------
// side by side
// -------------------------------------------------------------------------------------

const open = (world: World, database: PostgresPlace, projections: ReadonlyArray<Projection>) =>
  createPostgresRunner({
    store: world.store,
    vault: world.vault,
    sha256,
    projections,
    database,
    batchSize: 4,
    leaseMilliseconds: 600,
  })();

const onceEach = async (runner: PostgresRunner, version: number, events: number): Promise<void> => {
  const seen = right(await runner.read.ask(seenEvents(version), () => all<Seen>(seenRows))());
  assert.is(seen.length, events);
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
};

test('the old version stays up to date until the new one, built beside it, takes its place: nothing lost, nothing twice', async () => {
  const world = makeWorld();
  let agencies = 0;
  const more = async (many: number): Promise<string> => {
    let head = '';
    for (const end = agencies + many; agencies < end; agencies++) {
      const code = String(20000 + agencies);
      await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
      head = await world.write(agency(code), [authorized(`甲${code}`, ['pay'])]);
    }
    return head;
  };
  const database = server.database();
  const old: ReadonlyArray<Projection> = [seenEvents(1), clerkList, people];
  const next: ReadonlyArray<Projection> = [seenEvents(2), clerkList, people];
  const patient = { timeoutMilliseconds: 600_000 };
  const first = right(await open(world, database, old));
  const stop = new AbortController();
  const firstRuns = first.run(stop.signal)();
  right(await first.waitFor(await more(10), patient)());

  // The new version is held up while it builds: its store answers, and stops answering after a few pages.
  let mayRead = 6;
  const held: World = {
    ...world,
    store: {
      ...world.store,
      readAll: (from, limit) => async () => {
        while (mayRead <= 0) await sleep(5);
        mayRead--;
        return world.store.readAll(from, limit)();
      },
    },
  };
  const second = right(await open(held, database, next));
  const secondRuns = second.run(stop.signal)();
  while (mayRead > 0) await sleep(5);
  const ownersOf = async (status: string): Promise<string> => {
    const found = right(await first.status()()).filter(
      (each) => each.name === 'seen-events' && each.status === status,
    );
    const owners = found.flatMap(({ partitions }) => partitions.map(({ owner }) => owner));
    return [...new Set(owners)].join();
  };
  // Each to its own: the newcomer builds, and takes nothing of what is live.
  while ((await ownersOf('building')) !== second.owner) await sleep(20);
  assert.is(await ownersOf('live'), first.owner);
  for (let round = 0; round < 3; round++) {
    right(await first.waitFor(await more(2), patient)());
    await onceEach(first, 1, agencies * 3);
  }
  const ofSeen = right(await first.status()()).filter(({ name }) => name === 'seen-events');
  assert.equal(
    ofSeen.map(({ version, status }) => [version, status]),
    [
      [1, 'live'],
      [2, 'building'],
    ],
  );
  mayRead = Number.POSITIVE_INFINITY;
  // The old runner learns that its version is no longer live, and ends.
  assert.is(left(await firstRuns).code, 'SUPERSEDED');
  await first.close();
  right(await second.waitFor(await more(3), patient)());
  await onceEach(second, 2, agencies * 3);
  for (const projection of next) {
    assert.equal([right(await second.read.digest(projection)())], await replayDigests(world, [projection]));
  }
  assert.is(left(await open(world, database, old)).code, 'SUPERSEDED');
  stop.abort();
  right(await secondRuns);
  await second.close();
});

test.run();
