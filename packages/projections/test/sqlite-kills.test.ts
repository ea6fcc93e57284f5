import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Child, killedProjections, startChild } from './support/child.js';
import { type Seen, seenEvents, seenRows } from './support/counting.js';
import { freshFile } from './support/files.js';
import { growingWorld } from './support/growing.js';
import { digestsOf, replayDigests, runnerOf } from './support/runner.js';
import { right } from './support/world.js';

/** More for a longer run: `MANDATE_KILLS=200`. */
const kills = Number(process.env['MANDATE_KILLS'] ?? 4);
const runners = 2;

const test = suite('runners on one SQLite file that are killed');

test(`of ${runners} runners one is killed at a random moment, ${kills} times: nothing lost, nothing twice`, async () => {
  const { world, files, more, counted, close } = await growingWorld();
  const file = freshFile();
  const start = (): Child => startChild('sqlite-child', [...files, file]);
  await more(20);
  const running = Array.from({ length: runners }, start);
  let atWork = 0;
  for (let time = 0; time < kills; time++) {
    await more(3);
    const index = Math.floor(Math.random() * runners);
    const victim = running[index] as Child;
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
    assert.is(await victim.kill(), 'SIGKILL', 'it ended by itself');
    running[index] = start();
  }
  for (const each of running) assert.is(await each.kill(), 'SIGKILL', 'it ended by itself');
  const projections = killedProjections;
  const runner = await runnerOf(world, projections, { file });
  right(await runner.catchUp()());
  const seen = right(runner.read.query(seenEvents(), (tx) => tx.all<Seen>(seenRows)));
  assert.is(seen.length, counted());
  assert.is(seen.filter(({ times }) => times !== 1).length, 0);
  assert.equal(digestsOf(runner, projections), await replayDigests(world, projections));
  assert.ok(atWork >= kills / 2, `${atWork} of ${kills} at work`);
  if (kills > 4) {
    console.log(`${kills} kills, ${atWork} of them at work; ${seen.length} events, lost 0, twice 0`);
  }
  await runner.close();
  await close();
});

test.run();
