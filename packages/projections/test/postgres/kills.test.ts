import { setTimeout as sleep } from 'node:timers/promises';
import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import * as assert from 'uvu/assert';
import { all } from '../../src/index.js';
import { createPostgresRunner } from '../../src/postgres/index.js';
import { type Child, killedProjections, startChild } from '../support/child.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { growingWorld } from '../support/growing.js';
import { replayDigests } from '../support/runner.js';
import { right, sha256 } from '../support/world.js';

/** More for a longer run: `MANDATE_KILLS=200`. */
const kills = Number(process.env['MANDATE_KILLS'] ?? 4);
const runners = 3;

const test = suiteNeeding('runners that are killed', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

test(`of ${runners} runners one is killed at a random moment, ${kills} times: nothing lost, nothing twice`, async () => {
  const { world, files, more, counted, close } = await growingWorld();
  const database = server.database();
  const start = (): Child => startChild('postgres-child', [...files, database.host, database.schema]);
  await more(20);
  const running = Array.from({ length: runners }, start);
  let atWork = 0;
  for (let time = 0; time < kills; time++) {
    await more(3);
    const index = Math.floor(Math.random() * runners);
    const victim = running[index] as Child;
    // Half of them in the middle of their work, the others wherever they are: on their way up, taking leases, giving them up.
    // What the others have done already, it cannot do: so there is more, until it is at work.
    while (time % 2 === 0 && victim.pages() === 0) {
      await more(1);
      await sleep(200);
    }
    await sleep(Math.random() * 250);
    if (victim.pages() > 0) atWork++;
    assert.is(await victim.kill(), 'SIGKILL', 'it ended by itself');
    running[index] = start();
  }
  const { store, vault } = world;
  const projections = killedProjections;
  const runner = right(
    await createPostgresRunner({ store, vault, sha256, projections, database, leaseMilliseconds: 900 })(),
  );
  const head = right(await store.head()()) ?? '';
  right(await runner.waitFor(head, { timeoutMilliseconds: 600_000 })());
  for (const each of running) assert.is(await each.kill(), 'SIGKILL', 'it ended by itself');
  const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
  assert.is(seen.length, counted());
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  const digests: string[] = [];
  for (const projection of projections) digests.push(right(await runner.read.digest(projection)()));
  assert.equal(digests, await replayDigests(world, projections));
  assert.ok(atWork >= kills / 2, `${atWork} of ${kills} at work`);
  if (kills > 4) {
    console.log(`${kills} kills, ${atWork} of them at work; ${seen.length} events, lost 0, twice 0`);
  }
  await runner.close();
  await close();
});

test.run();
