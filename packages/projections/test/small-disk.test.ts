import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suiteNeeding } from '@mandate/testing';
import * as assert from 'uvu/assert';
import { builtIn, type Projection, type ProjectionFault } from '../src/index.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import { mayMount, smallDisk } from './support/disk.js';
import { agency, appointed, authorized, registered } from './support/events.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { makeWorld, right } from './support/world.js';

const test = suiteNeeding('read models on SQLite without space', {
  available: mayMount(),
  reason: 'may not mount a small file system',
  remedy: 'be root, and not in a container',
});

const projections: ReadonlyArray<Projection> = [seenEvents(), ...builtIn];

test('where the disk is full, a runner says so, stands, and goes on by itself when there is space', async () => {
  const disk = smallDisk(1);
  const world = makeWorld();
  const agencies = 300;
  for (let number = 20000; number < 20000 + agencies; number++) {
    const code = String(number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`甲${code}`, ['pay', 'join'])]);
  }
  const runner = await runnerOf(world, projections, { file: join(disk.folder, 'models.db'), batchSize: 20 });
  const stop = new AbortController();
  const faults: ProjectionFault[] = [];
  const running = runner.run(stop.signal, {
    onFault: (fault) => {
      faults.push(fault);
      return 20;
    },
  })();
  while (!faults.some(({ code }) => code === 'DATABASE_FULL')) await sleep(20);
  // It stands: rows and checkpoints of all of them are those of the same page, before the end.
  const head = right(await world.store.head()()) ?? '';
  const standing = right(runner.status()).map(({ position }) => position);
  assert.ok(standing.every((position) => position === standing[0]));
  assert.ok(standing[0] === undefined || standing[0] < head);
  const tried = faults.length;
  while (faults.length < tried + 3) await sleep(20);
  disk.resize(128);
  right(await runner.waitFor(head, { timeoutMilliseconds: 600_000 })());
  assert.ok(
    faults.every(({ code }) => code === 'DATABASE_FULL' || code === 'DATABASE_UNAVAILABLE'),
    JSON.stringify(faults.at(-1)),
  );
  const seen = right(runner.read.query(seenEvents(), (tx) => tx.all<Seen>(seenRows)));
  assert.is(seen.length, agencies * 3);
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  assert.equal(digestsOf(runner, projections), await replayDigests(world, projections));
  stop.abort();
  right(await running);
  await runner.close();
  disk.remove();
});

test.run();
