import { appendFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suiteNeeding } from '@mandate/testing';
import { postgresNeed, startPostgres } from '@mandate/testing/postgres';
import * as E from 'fp-ts/lib/Either.js';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { all, builtIn, type Projection, type ProjectionFault } from '../../src/index.js';
import { createPostgresRunner, type PostgresRunner } from '../../src/postgres/index.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { mayMount, smallDisk } from '../support/disk.js';
import { agency, appointed, authorized, registered } from '../support/events.js';
import { replayDigests } from '../support/runner.js';
import { makeWorld, right, sha256, type World } from '../support/world.js';

const test = suiteNeeding('PostgreSQL without space', {
  ...(postgresNeed.available
    ? {
        available: mayMount(),
        reason: 'may not mount a small file system',
        remedy: 'be root, and not in a container',
      }
    : postgresNeed),
});

const projections: ReadonlyArray<Projection> = [seenEvents(), ...builtIn];

/** 3 events an agency, all of them counted. */
const fill = async (world: World, agencies: number): Promise<number> => {
  for (let number = 20000; number < 20000 + agencies; number++) {
    const code = String(number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`甲${code}`, ['pay', 'join'])]);
  }
  return agencies * 3;
};

/** Follows until `signal`, trying again after 20 ms; answers what it told of. */
const follow = (runner: PostgresRunner, signal: AbortSignal) => {
  const faults: ProjectionFault[] = [];
  const running = runner.run(signal, {
    onFault: (fault) => {
      faults.push(fault);
      return 20;
    },
  })();
  return { faults, running };
};

const nothingLost = async (runner: PostgresRunner, world: World, events: number): Promise<void> => {
  const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
  assert.is(seen.length, events);
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  const digests: string[] = [];
  for (const projection of projections) digests.push(right(await runner.read.digest(projection)()));
  assert.equal(digests, await replayDigests(world, projections));
};

const open = async (world: World, database: Parameters<typeof createPostgresRunner>[0]['database']) =>
  right(
    await createPostgresRunner({
      store: world.store,
      vault: world.vault,
      sha256,
      projections,
      database,
      batchSize: 20,
      leaseMilliseconds: 5_000,
    })(),
  );

test('where the disk of the tables is full, a runner says so, stands, and goes on by itself when there is space', async () => {
  const disk = smallDisk(4);
  const server = await startPostgres();
  server.give(disk.folder);
  const database = server.database();
  const client = new pg.Client(database);
  await client.connect();
  await client.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
  await client.query('ALTER ROLE mandate SET default_tablespace = small');
  await client.end();
  const world = makeWorld();
  const events = await fill(world, 600);
  const runner = await open(world, database);
  const stop = new AbortController();
  const { faults, running } = follow(runner, stop.signal);
  while (!faults.some(({ code }) => code === 'DATABASE_FULL')) await sleep(20);
  assert.match(faults.find(({ code }) => code === 'DATABASE_FULL')?.detail ?? '', /53100/);
  // It stands: what is there is whole, and behind.
  const head = right(await world.store.head()()) ?? '';
  const standing = right(await runner.status()());
  assert.ok(standing.some(({ position }) => position === undefined || position < head));
  const tried = faults.length;
  while (faults.length < tried + 3) await sleep(20);
  disk.resize(256);
  right(await runner.waitFor(head, { timeoutMilliseconds: 600_000 })());
  await nothingLost(runner, world, events);
  assert.ok(faults.every(({ code }) => code === 'DATABASE_FULL' || code === 'DATABASE_UNAVAILABLE'));
  stop.abort();
  right(await running);
  await runner.close();
  await server.stop();
  disk.remove();
});

test('where the whole disk of the server is full, log and all, nothing is lost when there is space again', async () => {
  const disk = smallDisk(128);
  const server = await startPostgres({ parent: disk.folder });
  const database = server.database();
  const world = makeWorld();
  const events = await fill(world, 300);
  const runner = await open(world, database);
  const ballast = join(disk.folder, 'ballast');
  const fillUp = (): void => {
    const { bavail, bsize } = statfsSync(disk.folder);
    if (bavail > 0) appendFileSync(ballast, Buffer.alloc(bavail * bsize));
  };
  fillUp();
  const stop = new AbortController();
  const { faults, running } = follow(runner, stop.signal);
  while (faults.length < 3) {
    await sleep(20);
    // What the server itself gives free, as log that it needs no more, is not space for the runner.
    fillUp();
  }
  assert.ok(faults.every(({ code }) => code === 'DATABASE_FULL' || code === 'DATABASE_UNAVAILABLE'));
  // What the server did of it, it did; whoever keeps it starts it again.
  await server.kill();
  rmSync(ballast);
  await server.start();
  const head = right(await world.store.head()()) ?? '';
  while (E.isLeft(await runner.waitFor(head, { timeoutMilliseconds: 600_000 })())) await sleep(50);
  await nothingLost(runner, world, events);
  stop.abort();
  right(await running);
  await runner.close();
  await server.stop();
  disk.remove();
});

test.run();
