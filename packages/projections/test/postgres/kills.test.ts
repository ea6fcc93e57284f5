import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import * as assert from 'uvu/assert';
import { all, clerkList, people } from '../../src/index.js';
import { createPostgresRunner } from '../../src/postgres/index.js';
import { type Seen, seenEvents, seenRows } from '../support/counting.js';
import { agency, appointed, authorized, clerkId, registered, revoked } from '../support/events.js';
import { freshFile } from '../support/files.js';
import { replayDigests } from '../support/runner.js';
import { makeWorld, right, secret, sha256 } from '../support/world.js';

/** More for a longer run: `MANDATE_KILLS=200`. */
const kills = Number(process.env['MANDATE_KILLS'] ?? 4);
const runners = 3;

const test = suiteNeeding('runners that are killed', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

const child = fileURLToPath(new URL('../support/postgres-child.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  readonly pages: () => number;
}

const start = (files: ReadonlyArray<string>): Running => {
  const running = spawn(
    process.execPath,
    ['--conditions=mandate-source', '--import', 'tsx', child, ...files],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let pages = 0;
  running.stdout.on('data', (data: Buffer) => {
    pages += data.length;
  });
  return { process: running, pages: () => pages };
};

const gone = ({ process: running }: Running): Promise<void> =>
  new Promise((resolve) => {
    running.once('exit', () => resolve());
    running.kill('SIGKILL');
  });

test(`of ${runners} runners one is killed at a random moment, ${kills} times: nothing lost, nothing twice`, async () => {
  const files = [freshFile('store.db'), freshFile('vault.db')];
  const [storeFile = '', vaultFile = ''] = files;
  const store = right(await sqliteEventStore({ file: storeFile, synchronous: 'NORMAL' })());
  const vault = right(await sqliteKeyVault({ file: vaultFile, secret, synchronous: 'NORMAL' })());
  const world = makeWorld({ store, vault });
  let agencies = 0;
  // Four of the five events are counted.
  const more = async (many: number): Promise<void> => {
    for (const end = agencies + many; agencies < end; agencies++) {
      const code = String(20000 + agencies);
      await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
      await world.write(agency(code), [authorized(`甲${code}`, ['pay']), authorized(`乙${code}`, ['pay'])]);
      await world.write(agency(code), [revoked(clerkId(`甲${code}`))]);
    }
  };
  await more(20);
  const database = server.database();
  const place = [...files, database.host, database.schema];
  const running = Array.from({ length: runners }, () => start(place));
  let atWork = 0;
  for (let kill = 0; kill < kills; kill++) {
    await more(3);
    const index = Math.floor(Math.random() * runners);
    const victim = running[index] as Running;
    // Half of them in the middle of their work, the others wherever they are: on their way up, taking leases, giving them up.
    // What the others have done already, it cannot do: so there is more, until it is at work.
    while (kill % 2 === 0 && victim.pages() === 0) {
      await more(1);
      await sleep(200);
    }
    await sleep(Math.random() * 250);
    if (victim.pages() > 0) atWork++;
    await gone(victim);
    running[index] = start(place);
  }
  const projections = [seenEvents(), clerkList, people];
  const runner = right(
    await createPostgresRunner({ store, vault, sha256, projections, database, leaseMilliseconds: 900 })(),
  );
  const head = right(await store.head()()) ?? '';
  right(await runner.waitFor(head, { timeoutMilliseconds: 600_000 })());
  for (const each of running) await gone(each);
  const seen = right(await runner.read.ask(seenEvents(), () => all<Seen>(seenRows))());
  assert.is(seen.length, agencies * 4);
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  const digests: string[] = [];
  for (const projection of projections) digests.push(right(await runner.read.digest(projection)()));
  assert.equal(digests, await replayDigests(world, projections));
  assert.ok(atWork >= kills / 2, `${atWork} of ${kills} at work`);
  if (kills > 4) {
    console.log(`${kills} kills, ${atWork} of them at work; ${seen.length} events, lost 0, twice 0`);
  }
  await runner.close();
  await store.close();
});

test.run();
