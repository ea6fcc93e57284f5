import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import * as E from 'fp-ts/lib/Either.js';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { all, builtIn, clerkList, clerkLists, defineProjection, type Projection } from '../../src/index.js';
import {
  createPostgresRunner,
  openPostgresReadModels,
  type PostgresDatabase,
  type PostgresRunner,
  type PostgresRunnerSettings,
} from '../../src/postgres/index.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import {
  agency,
  appointed,
  authorized,
  cataloguePublished,
  clerkId,
  imported,
  proved,
  registered,
  revoked,
  suspended,
} from '../support/events.js';
import { replayDigests } from '../support/runner.js';
import { left, makeWorld, right, sha256, type World } from '../support/world.js';

const test = suiteNeeding('several runners on PostgreSQL', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

const projections: ReadonlyArray<Projection> = [seenEvents(), clerkList];

const open = async (
  world: Pick<World, 'store' | 'vault'>,
  database: PostgresDatabase,
  more: Partial<PostgresRunnerSettings> = {},
): Promise<PostgresRunner> =>
  right(
    await createPostgresRunner({
      store: world.store,
      vault: world.vault,
      sha256,
      projections,
      database,
      leaseMilliseconds: 1500,
      ...more,
    })(),
  );

const fill = async (world: World, agencies: number, from = 20000): Promise<void> => {
  for (let number = from; number < from + agencies; number++) {
    const code = String(number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`經辦${code}`, ['pay'])]);
  }
};

const onceEach = async (runner: PostgresRunner, events: number): Promise<void> => {
  const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
  assert.is(seen.length, events);
  assert.ok(seen.every(({ times }) => times === 1));
};

const sameAsReplay = async (runner: PostgresRunner, world: World): Promise<void> => {
  const digests: string[] = [];
  for (const projection of projections) digests.push(right(await runner.read.digest(projection)()));
  assert.equal(digests, await replayDigests(world, projections));
};

/** How many partitions each runner holds, by what the books say. */
const holdings = async (runner: PostgresRunner): Promise<ReadonlyMap<string | undefined, number>> => {
  const held = new Map<string | undefined, number>();
  for (const { partitions } of right(await runner.status()())) {
    for (const { owner } of partitions) held.set(owner, (held.get(owner) ?? 0) + 1);
  }
  return held;
};

const until = async (what: () => Promise<boolean>): Promise<void> => {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 20));
};

const sql = async <R extends pg.QueryResultRow>(
  database: PostgresDatabase,
  text: string,
): Promise<ReadonlyArray<R>> => {
  const { host, user, database: name } = database;
  const client = new pg.Client({ host, user, database: name });
  await client.connect();
  const { rows } = await client.query<R>(text.replaceAll('{schema}', database.schema ?? ''));
  await client.end();
  return rows;
};

// -------------------------------------------------------------------------------------
// sharing
// -------------------------------------------------------------------------------------

test('runners that come and go share the partitions fairly, and every event is applied once', async () => {
  const world = makeWorld();
  const database = server.database();
  await fill(world, 10);
  const first = await open(world, database, { batchSize: 5 });
  const ends = [new AbortController(), new AbortController(), new AbortController()];
  const running = [first.run(ends[0]?.signal ?? AbortSignal.abort())()];
  await until(async () => (await holdings(first)).get(first.owner) === 32);

  const second = await open(world, database);
  running.push(second.run(ends[1]?.signal ?? AbortSignal.abort())());
  // Two projections of 16 partitions each: half of them, but for two of the one that has `whole` too.
  await until(
    async () =>
      (await holdings(first)).get(second.owner) === 18 && (await holdings(first)).get(first.owner) === 14,
  );
  await fill(makeWorld(world), 10, 20010);
  const third = await open(world, database);
  running.push(third.run(ends[2]?.signal ?? AbortSignal.abort())());
  await until(async () => {
    const held = await holdings(first);
    return [first, second, third].every(({ owner }) => (held.get(owner) ?? 0) >= 6) && !held.has(undefined);
  });
  await fill(makeWorld(world), 10, 20020);

  ends[1]?.abort();
  right(await (running[1] ?? Promise.resolve(E.right(undefined))));
  await until(async () => {
    const held = await holdings(first);
    return !held.has(undefined) && !held.has(second.owner);
  });
  const position = await world.write(agency('20000'), [suspended]);
  for (const runner of [first, third, second]) {
    right(await runner.waitFor(position, { timeoutMilliseconds: 120_000 })());
    await onceEach(runner, 91);
    await sameAsReplay(runner, world);
  }
  const [status] = right(await first.status()());
  assert.is(status?.passed, 91);
  for (const end of ends) end.abort();
  for (const ended of await Promise.all(running)) right(ended);
  for (const runner of [first, second, third]) await runner.close();
});

test('a runner whose leases ended while it was about to write writes nothing, and goes on with what it then holds', async () => {
  const world = makeWorld();
  const database = server.database();
  await fill(world, 6);
  let letGo = (): void => {};
  const paused = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let inTheMiddle = (): void => {};
  const reached = new Promise<void>((resolve) => {
    inTheMiddle = resolve;
  });
  let first = true;
  const vault = {
    ...world.vault,
    open:
      (...asked: Parameters<World['vault']['open']>) =>
      async () => {
        if (first) {
          first = false;
          inTheMiddle();
          await paused;
        }
        return world.vault.open(...asked)();
      },
  };
  // Its own beat must not tell it what happened: the pause is as long as the whole test.
  const late = await open({ ...world, vault }, database, { leaseMilliseconds: 600_000 });
  const lateWork = late.catchUp()();
  await reached;
  await sql(database, `UPDATE {schema}.mandate_leases SET until = '-infinity'`);
  await sql(database, `UPDATE {schema}.mandate_runners SET until = '-infinity'`);
  const other = await open(world, database);
  right(await other.catchUp()());
  await onceEach(other, 18);
  const moved = `SELECT max(moved_at)::text AS at, sum(applied)::int AS applied FROM {schema}.mandate_checkpoints`;
  const before = await sql(database, moved);
  letGo();
  right(await lateWork);
  assert.equal(await sql(database, moved), before);
  await world.write(agency('20000'), [suspended]);
  right(await late.catchUp()());
  await onceEach(late, 19);
  await sameAsReplay(late, world);
  await late.close();
  await other.close();
});

test('a row of another partition than its events is a fault of the projection, and nothing of the page is written', async () => {
  const world = makeWorld();
  await world.write('catalogue-gepi', [cataloguePublished(1, ['pay'])]);
  await fill(world, 4);
  const stray = defineProjection({
    name: 'stray',
    version: 1,
    needsPersonal: false,
    tables: [
      { name: 'menus', columns: { portal: 'TEXT NOT NULL', code: 'TEXT' }, key: ['portal'], scope: 'portal' },
    ],
    events: ['CataloguePublished', 'AgencyRegistered'],
    apply: (tx, { type }) => {
      tx.run("INSERT OR REPLACE INTO {menus} (portal, code) VALUES ('gepi', ?)", type);
    },
  });
  const runner = await open(world, server.database(), { projections: [stray, seenEvents()] });
  const fault = left(await runner.catchUp()());
  assert.equal([fault.code, fault.projection], ['APPLY_FAILED', 'stray']);
  assert.match(fault.detail, /not of scope portal/);
  await onceEach(runner, 12);
  await runner.close();
});

test('rows that no longer fit into memory are loaded again', async () => {
  const world = makeWorld();
  await fill(world, 8);
  const runner = await open(world, server.database(), {
    batchSize: 2,
    agenciesInMemory: 1,
    projections: builtIn,
  });
  right(await runner.catchUp()());
  for (const code of ['20003', '20001', '20003', '20002']) {
    await world.write(agency(code), [authorized(`又一${code}${sha256(String(Math.random()))}`, ['join'])]);
    right(await runner.catchUp()());
  }
  for (const projection of builtIn) {
    assert.equal([right(await runner.read.digest(projection)())], await replayDigests(world, [projection]));
  }
  await runner.close();
});

test('an entry that was imported is loaded again for a later change of it', async () => {
  const world = makeWorld();
  await fill(world, 8);
  await world.write(agency('20003'), [imported('甲', ['pay']), imported('乙', ['pay'])]);
  const runner = await open(world, server.database(), { agenciesInMemory: 1, projections: builtIn });
  right(await runner.catchUp()());
  await fill(world, 1, 20100);
  right(await runner.catchUp()());
  await world.write(agency('20003'), [proved(clerkId('甲'), '甲'), revoked(clerkId('乙'))]);
  right(await runner.catchUp()());
  for (const projection of builtIn) {
    assert.equal([right(await runner.read.digest(projection)())], await replayDigests(world, [projection]));
  }
  await runner.close();
});

// -------------------------------------------------------------------------------------
// books
// -------------------------------------------------------------------------------------

test('runners that begin at the same time make the tables once', async () => {
  const world = makeWorld();
  const database = server.database();
  await fill(world, 2);
  const runners = await Promise.all([1, 2, 3, 4].map(() => open(world, database)));
  for (const runner of runners) right(await runner.catchUp()());
  assert.is(right(await (runners[0] as PostgresRunner).status()()).length, 2);
  for (const runner of runners) await runner.close();
});

test('books of a newer program are left alone, and a schema is named plainly', async () => {
  const world = makeWorld();
  const database = server.database();
  const runner = await open(world, database);
  await runner.close();
  await sql(database, 'INSERT INTO {schema}.mandate_migrations (version) VALUES (99)');
  const settings = { ...world, sha256, projections };
  const newer = left(await createPostgresRunner({ ...settings, database })());
  assert.equal([newer.code, newer.detail], ['DATABASE_CORRUPT', 'schema version 99 is not 2']);
  for (const schema of ['', 'A', 'a b', 'x"; DROP SCHEMA public; --', 'ü', 'a'.repeat(60)]) {
    const fault = left(
      await createPostgresRunner({ ...settings, database: { ...server.database(), schema } })(),
    );
    assert.is(fault.code, 'DATABASE_UNAVAILABLE');
  }
  const nowhere = { ...server.database(), host: '/nowhere' };
  assert.is(
    left(await createPostgresRunner({ ...settings, database: nowhere })()).code,
    'DATABASE_UNAVAILABLE',
  );
});

test('views without a version show what is live, and a process that only reads sees it too', async () => {
  const world = makeWorld();
  const database = server.database();
  await fill(world, 3);
  const runner = await open(world, database);
  right(await runner.catchUp()());
  right(await runner.rebuild(clerkList)());
  const [counted] = await sql<{ many: number }>(
    database,
    'SELECT count(*)::int AS many FROM {schema}.clerk_list_clerks',
  );
  assert.is(counted?.many, 3);
  const tables = await sql<{ name: string }>(
    database,
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = '{schema}' AND table_name LIKE 'clerk_list_%' ORDER BY 1`,
  );
  const own = `clerk_list_v${clerkList.version}r2`;
  assert.equal(
    tables.map(({ name }) => name),
    ['clerk_list_agencies', 'clerk_list_clerks', `${own}_agencies`, `${own}_clerks`],
  );
  const read = openPostgresReadModels(database);
  const list = right(await clerkLists(read, 'gepi').ofAgency('20001')());
  assert.equal([list?.managerName, list?.rows.length], ['管理20001', 1]);
  await read.close();
  assert.is(left(await clerkLists(read, 'gepi').ofAgency('20001')()).code, 'CLOSED');
  await runner.close();
});

test('before any runner was there, a reader is told that nothing is ready, and reads what comes later', async () => {
  const world = await makeWorld();
  const database = server.database();
  const read = openPostgresReadModels(database);
  assert.is(left(await read.digest(clerkList)()).code, 'NOT_READY');
  await fill(world, 1);
  const runner = await open(world, database);
  right(await runner.catchUp()());
  assert.is(right(await read.digest(clerkList)()), right(await runner.read.digest(clerkList)()));
  await read.close();
  await runner.close();
});

test.run();
