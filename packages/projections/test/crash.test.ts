import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { builtIn } from '../src/index.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import { agency, appointed, authorized, clerkId, registered, revoked } from './support/events.js';
import { freshFile } from './support/files.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, right, secret } from './support/world.js';

const test = suite('crash');

const child = fileURLToPath(new URL('support/crash-child.ts', import.meta.url));

/** Runs the child until it has told `after` batches, then kills it; answers whether it had finished before. */
const runAndKill = (files: ReadonlyArray<string>, after: number): Promise<'killed' | 'done'> =>
  new Promise((resolve, reject) => {
    const running = spawn(
      process.execPath,
      ['--conditions=mandate-source', '--import', 'tsx', child, ...files],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let told = '';
    running.stdout.on('data', (data: Buffer) => {
      told += data.toString();
      if (told.length >= after) running.kill('SIGKILL');
    });
    running.once('error', reject);
    running.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('done');
      else reject(new Error(`the child ended with ${code}`));
    });
  });

test('a process that is killed while it catches up loses no event and applies none twice', async () => {
  const files = [freshFile('store.db'), freshFile('vault.db'), freshFile()];
  const [storeFile = '', vaultFile = '', file = ''] = files;
  const store = right(await sqliteEventStore({ file: storeFile, synchronous: 'NORMAL' })());
  const vault = right(await sqliteKeyVault({ file: vaultFile, secret, synchronous: 'NORMAL' })());
  const world = makeWorld({ store, vault });
  for (let number = 0; number < 120; number++) {
    const code = String(20000 + number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`甲${code}`, ['pay']), authorized(`乙${code}`, ['pay'])]);
    await world.write(agency(code), [revoked(clerkId(`甲${code}`))]);
  }
  const projections = [seenEvents(), ...builtIn];
  let killed = 0;
  for (const after of [1, 11, 25]) if ((await runAndKill(files, after)) === 'killed') killed++;
  assert.is(killed, 3);

  const runner = await runnerOf(world, projections, { file });
  const before = right(runner.status()).map(({ position }) => position);
  assert.ok(before.every((position) => position === before[0]));
  assert.ok(before[0] !== undefined && before[0] < (right(await store.head()()) ?? ''));
  right(await runner.catchUp()());
  const seen = right(runner.read.query(seenEvents(), (tx) => tx.all<Seen>(seenRows)));
  assert.is(seen.length, 480);
  assert.ok(seen.every(({ times }) => times === 1));
  assert.equal(digestsOf(runner, projections), await replayDigests(world, projections));
  await runner.close();
  await store.close();
});

test.run();
