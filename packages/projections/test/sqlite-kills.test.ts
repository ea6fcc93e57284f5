import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clerkList, people } from '../src/index.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import { agency, appointed, authorized, clerkId, registered, revoked } from './support/events.js';
import { freshFile } from './support/files.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, right, secret } from './support/world.js';

/** More for a longer run: `MANDATE_KILLS=200`. */
const kills = Number(process.env['MANDATE_KILLS'] ?? 4);
const runners = 2;

const test = suite('runners on one SQLite file that are killed');

const child = fileURLToPath(new URL('support/sqlite-child.ts', import.meta.url));

interface Running {
  readonly process: ChildProcess;
  /** The signal that ended it; `null` where it ended by itself. */
  readonly over: Promise<NodeJS.Signals | null>;
  readonly pages: () => number;
  /** Resolves with the next page that it tells. */
  readonly page: () => Promise<void>;
}

const start = (files: ReadonlyArray<string>): Running => {
  const running = spawn(
    process.execPath,
    ['--conditions=mandate-source', '--import', 'tsx', child, ...files],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let pages = 0;
  let told = (): void => {};
  running.stdout.on('data', (data: Buffer) => {
    pages += data.length;
    told();
  });
  return {
    process: running,
    over: new Promise((resolve) => running.once('exit', (_, signal) => resolve(signal))),
    pages: () => pages,
    page: () =>
      new Promise((resolve) => {
        told = resolve;
      }),
  };
};

const kill = ({ process: running, over }: Running): Promise<NodeJS.Signals | null> => {
  running.kill('SIGKILL');
  return over;
};

test(`of ${runners} runners one is killed at a random moment, ${kills} times: nothing lost, nothing twice`, async () => {
  const files = [freshFile('store.db'), freshFile('vault.db'), freshFile()];
  const [storeFile = '', vaultFile = '', file = ''] = files;
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
  const running = Array.from({ length: runners }, () => start(files));
  let atWork = 0;
  for (let time = 0; time < kills; time++) {
    await more(3);
    const index = Math.floor(Math.random() * runners);
    const victim = running[index] as Running;
    if (time % 2 === 0) {
      // Half of them in the middle of their work: right after a page, with more pages to come.
      while (victim.pages() === 0) {
        await more(1);
        await Promise.race([victim.page(), sleep(200)]);
      }
      const told = victim.page();
      await more(2);
      await Promise.race([told, sleep(1_000)]);
      await sleep(Math.random() * 20);
    } else {
      // The others wherever they are: on their way up, opening the file, waiting for the other one.
      await sleep(Math.random() * 500);
    }
    if (victim.pages() > 0) atWork++;
    assert.is(await kill(victim), 'SIGKILL', 'it ended by itself');
    running[index] = start(files);
  }
  for (const each of running) assert.is(await kill(each), 'SIGKILL', 'it ended by itself');
  const projections = [seenEvents(), clerkList, people];
  const runner = await runnerOf(world, projections, { file });
  right(await runner.catchUp()());
  const seen = right(runner.read.query(seenEvents(), (tx) => tx.all<Seen>(seenRows)));
  assert.is(seen.length, agencies * 4);
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  assert.equal(digestsOf(runner, projections), await replayDigests(world, projections));
  assert.ok(atWork >= kills / 2, `${atWork} of ${kills} at work`);
  if (kills > 4) {
    console.log(`${kills} kills, ${atWork} of them at work; ${seen.length} events, lost 0, twice 0`);
  }
  await runner.close();
  await store.close();
});

test.run();
