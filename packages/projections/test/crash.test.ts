import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { builtIn } from '../src/index.js';
import { startChild } from './support/child.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import { freshFile } from './support/files.js';
import { growingWorld } from './support/growing.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { right } from './support/world.js';

const test = suite('crash');

/** Lets a child tell so many pages, then kills it. */
const runAndKill = async (args: ReadonlyArray<string>, after: number): Promise<NodeJS.Signals | null> => {
  const child = startChild('crash-child', args);
  while (child.pages() < after) {
    const ended = await Promise.race([child.page(), child.over]);
    if (ended === null) return null;
  }
  return child.kill();
};

test('a process that is killed while it catches up loses no event and applies none twice', async () => {
  const { world, files, more, counted, close } = await growingWorld();
  const file = freshFile();
  await more(120);
  const projections = [seenEvents(), ...builtIn];
  for (const after of [1, 11, 25])
    assert.is(await runAndKill([...files, file], after), 'SIGKILL', 'it was done before');

  const runner = await runnerOf(world, projections, { file });
  const before = right(runner.status()).map(({ position }) => position);
  assert.ok(before.every((position) => position === before[0]));
  assert.ok(before[0] !== undefined && before[0] < (right(await world.store.head()()) ?? ''));
  right(await runner.catchUp()());
  const seen = right(runner.read.query(seenEvents(), (tx) => tx.all<Seen>(seenRows)));
  assert.is(seen.length, counted());
  assert.ok(seen.every(({ times }) => times === 1));
  assert.equal(digestsOf(runner, projections), await replayDigests(world, projections));
  await runner.close();
  await close();
});

test.run();
