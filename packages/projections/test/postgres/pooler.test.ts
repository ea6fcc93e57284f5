/**
 * What holds where a pooler such as PgBouncer stands before the server and gives each transaction another of its connections:
 * nothing may be left on a connection that a later transaction relies on.
 */
import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import * as assert from 'uvu/assert';
import { all } from '../../src/index.js';
import {
  createPostgresRunner,
  openPostgresReadModels,
  type PostgresRunner,
} from '../../src/postgres/index.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { agency, appointed, registered } from '../support/events.js';
import { replayDigests } from '../support/runner.js';
import { makeWorld, right, sha256 } from '../support/world.js';

const test = suiteNeeding('behind a pooler of connections', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

const projections = [seenEvents()];
const seen = projections[0] ?? seenEvents();

/** A world, and runners with one connection, so that every question goes where their pages go. */
const opened = () => {
  const world = makeWorld();
  const database = { ...server.database(), connections: 1 };
  const { store, vault } = world;
  let agencies = 0;
  return {
    database,
    start: async () =>
      right(
        await createPostgresRunner({
          store,
          vault,
          sha256,
          projections,
          database,
          leaseMilliseconds: 5_000,
        })(),
      ),
    page: async (runner: PostgresRunner) => {
      const code = String(20000 + agencies++);
      await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
      right(await runner.catchUp()());
    },
    nothingLost: async (runner: PostgresRunner) => {
      const rows = right(await runner.read.ask(seen, () => all<Seen>(seenRows))());
      assert.is(rows.length, agencies * 2);
      assert.is(rows.filter(({ times }) => times !== 1).length, 0);
      assert.equal([right(await runner.read.digest(seen)())], await replayDigests(world, projections));
    },
  };
};

const named = async (runner: PostgresRunner): Promise<ReadonlyArray<string>> =>
  right(
    await runner.read.ask(seen, () => all<{ name: string }>('SELECT name FROM pg_prepared_statements'))(),
  ).map(({ name }) => name);

interface Setting {
  readonly name: string;
  readonly setting: string;
  /** What the connection has outside of transactions. */
  readonly reset_val: string;
}

test('every transaction says its own limits, and a connection has none: a pooler would refuse or forget them', async () => {
  const { start, database } = opened();
  const runner = await start();
  const read = openPostgresReadModels({ ...database, statementTimeoutMilliseconds: 7_000 });
  const limits = `('statement_timeout', 'idle_in_transaction_session_timeout', 'synchronous_commit')`;
  const asked = () =>
    all<Setting>(`SELECT name, setting, reset_val FROM pg_settings WHERE name IN ${limits} ORDER BY name`);
  right(await runner.catchUp()());
  assert.equal(right(await runner.read.ask(seen, asked)()), [
    { name: 'idle_in_transaction_session_timeout', setting: '5000', reset_val: '0' },
    { name: 'statement_timeout', setting: '60000', reset_val: '0' },
    { name: 'synchronous_commit', setting: 'off', reset_val: 'on' },
  ]);
  assert.equal(
    right(await read.ask(seen, asked)()).map(({ setting, reset_val }) => `${setting} ${reset_val}`),
    ['60000 0', '7000 0', 'off on'],
  );
  await read.close();
  await runner.close();
});

test('named statements that the connection does not know any more: the page is written without names, once', async () => {
  const { start, page, nothingLost } = opened();
  const runner = await start();
  await page(runner);
  assert.ok((await named(runner)).length > 0);
  right(await runner.read.ask(seen, () => all('DEALLOCATE ALL'))());
  await page(runner);
  await nothingLost(runner);
  // And no more names after that: they would be lost again and again.
  assert.equal(await named(runner), []);
  await runner.close();
});

test('named statements that another program left on the connection: the page is written without names, once', async () => {
  const { start, page, nothingLost } = opened();
  const one = await start();
  await page(one);
  const names = await named(one);
  assert.ok(names.length > 0);
  await one.close();
  const other = await start();
  for (const name of names) right(await other.read.ask(seen, () => all(`PREPARE ${name} AS SELECT 1`))());
  await page(other);
  await nothingLost(other);
  await other.close();
});

test.run();
