import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import * as E from 'fp-ts/lib/Either.js';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { all, clerkList, type Projection, people } from '../../src/index.js';
import {
  createPostgresRunner,
  type PostgresDatabase,
  type PostgresRunner,
} from '../../src/postgres/index.js';
import { type Child, startChild } from '../support/child.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { agency, appointed, authorized, clerkId, person, registered, revoked } from '../support/events.js';
import { freshFile } from '../support/files.js';
import { replayDigests } from '../support/runner.js';
import { makeWorld, right, secret, sha256, type World } from '../support/world.js';

const test = suiteNeeding('faults around PostgreSQL', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

const projections: ReadonlyArray<Projection> = [seenEvents(), clerkList, people];

/** 4 events an agency that are counted, 5 in all. */
const fill = async (world: World, agencies: number, from = 20000): Promise<void> => {
  for (let number = from; number < from + agencies; number++) {
    const code = String(number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`甲${code}`, ['pay']), authorized(`乙${code}`, ['pay'])]);
    await world.write(agency(code), [revoked(clerkId(`甲${code}`))]);
  }
};

const open = async (world: Pick<World, 'store' | 'vault'>, database: PostgresDatabase, batchSize = 1000) =>
  createPostgresRunner({
    store: world.store,
    vault: world.vault,
    sha256,
    projections,
    database,
    batchSize,
    leaseMilliseconds: 900,
  })();

/** Every event of the store is in every read model, once. */
const nothingLost = async (runner: PostgresRunner, world: World, counted: number): Promise<void> => {
  const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
  assert.is(seen.length, counted);
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  const digests: string[] = [];
  for (const projection of projections) digests.push(right(await runner.read.digest(projection)()));
  assert.equal(digests, await replayDigests(world, projections));
};

const caughtUp = async (runner: PostgresRunner): Promise<void> => {
  for (;;) {
    const outcome = await runner.catchUp()();
    if (E.isRight(outcome)) return;
    assert.is(outcome.left.code, 'DATABASE_UNAVAILABLE', outcome.left.detail);
    await sleep(20);
  }
};

// -------------------------------------------------------------------------------------
// between any two steps
// -------------------------------------------------------------------------------------

interface Cut {
  /** The statement, from 1, at which the connection is cut. */
  readonly at: number;
  /** After it was sent: what became of it is not known. */
  readonly sent: boolean;
}

/** Runs `work` with the connection cut once; answers how many statements there were. */
const withCut = async (cut: Cut, work: () => Promise<void>): Promise<number> => {
  const original = pg.Client.prototype.query;
  let statements = 0;
  const cutting = function (this: pg.Client, ...asked: unknown[]): unknown {
    statements++;
    const { stream } = (this as unknown as { connection: { stream: { destroy: () => void } } }).connection;
    if (statements === cut.at && !cut.sent) stream.destroy();
    const answer: unknown = Reflect.apply(original, this, asked);
    // The bytes have left this process when the next turn comes.
    if (statements === cut.at && cut.sent) setImmediate(() => stream.destroy());
    return answer;
  };
  Reflect.set(pg.Client.prototype, 'query', cutting);
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, 'query', original);
  }
  return statements;
};

test('a connection that is cut before or after any statement loses no event and applies none twice', async () => {
  const world = makeWorld();
  await fill(world, 2);
  await world.forget(person('乙20000'));
  const runner = right(await open(world, server.database()));
  let cuts = 0;
  for (let at = 1, last = 1; at <= last; at++) {
    for (const sent of [false, true]) {
      await world.write(agency('20001'), [authorized(`丙${at}${sent}`, ['pay'])]);
      const statements = await withCut({ at, sent }, async () => {
        await runner.rebuild(seenEvents())();
        await caughtUp(runner);
      });
      // What comes after the cut is the retry: half of all statements, more or less.
      last = Math.max(last, Math.min(24, Math.floor(statements / 2)));
      cuts++;
      const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
      assert.is(seen.filter(({ times }) => times === 1).length, 8 + cuts);
    }
  }
  assert.ok(cuts >= 40, `${cuts} cuts`);
  await nothingLost(runner, world, 8 + cuts);
  await runner.close();
});

test('connections that the server ends at random moments lose no event', async () => {
  const world = makeWorld();
  await fill(world, 25);
  const database = server.database();
  const runner = right(await open(world, database, 3));
  const { host, user, database: name } = database;
  const other = new pg.Client({ host, user, database: name, application_name: 'the test' });
  await other.connect();
  let done = false;
  let ended = 0;
  const cutting = (async () => {
    while (!done) {
      await sleep(Math.random() * 120);
      const { rowCount } = await other.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mandate-projections'`,
      );
      ended += rowCount ?? 0;
    }
  })();
  await caughtUp(runner);
  done = true;
  await cutting;
  await other.end();
  assert.ok(ended > 0);
  // Connections that were told to end may do so a little later.
  while (E.isLeft(await runner.read.digest(people)())) await sleep(20);
  await nothingLost(runner, world, 100);
  await runner.close();
});

// -------------------------------------------------------------------------------------
// processes
// -------------------------------------------------------------------------------------

const working = async (running: Child): Promise<void> => {
  while (running.pages() === 0) {
    const ended = await Promise.race([running.page(), running.over]);
    assert.is(ended, undefined, 'it ended by itself');
  }
};

test('runners that are killed, stopped for longer than their leases, and a server that is killed: nothing lost, nothing twice', async () => {
  const files = [freshFile('store.db'), freshFile('vault.db')];
  const [storeFile = '', vaultFile = ''] = files;
  const store = right(await sqliteEventStore({ file: storeFile, synchronous: 'NORMAL' })());
  const vault = right(await sqliteKeyVault({ file: vaultFile, secret, synchronous: 'NORMAL' })());
  const world = makeWorld({ store, vault });
  const database = server.database();
  const args = [...files, database.host ?? '', database.schema ?? ''];
  await fill(world, 40);
  let written = 40;
  const more = async (): Promise<void> => {
    await fill(world, 5, 20000 + written);
    written += 5;
  };
  const startRunner = (): Child => startChild('postgres-child', args);
  const runners = [startRunner(), startRunner()];
  const at = (index: number): Child => runners[index] as Child;
  const replace = async (index: number): Promise<void> => {
    await at(index).kill();
    runners[index] = startRunner();
  };
  await working(at(0));
  await working(at(1));

  for (const index of [0, 1, 0]) {
    await more();
    await sleep(Math.random() * 200);
    await replace(index);
    await working(at(1 - index));
  }
  // Stopped in the middle of whatever it does; the other one takes over what it held.
  await working(at(0));
  at(0).signal('SIGSTOP');
  await more();
  const pages = at(1).pages();
  while (at(1).pages() === pages) await sleep(20);
  await sleep(1500);
  at(0).signal('SIGCONT');
  await more();

  await server.kill();
  await more();
  await server.start();
  await more();

  const runner = right(await open(world, database));
  right(await runner.waitFor(right(await store.head()()) ?? '', { timeoutMilliseconds: 300_000 })());
  await nothingLost(runner, world, written * 4);
  for (const running of runners) await running.kill();
  await runner.close();
  await store.close();
});

test.run();
