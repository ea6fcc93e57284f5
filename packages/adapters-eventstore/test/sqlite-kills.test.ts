import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  crashBatch,
  crashIds,
  crashStream,
  crashStreams,
} from '../src/conformance/event-store/crash-writer.js';
import { idsOf } from '../src/conformance/event-store/harness.js';
import { sqliteEventStore } from '../src/index.js';
import { freshFile } from './support/directory.js';
import { right } from './support/right.js';
import { spawnWriter } from './support/writer.js';

// The conformance kit kills after so many acknowledgements; here the moment is drawn, and the file is always the same.

/** More for a longer run: `MANDATE_KILLS=200`. */
const kills = Number(process.env['MANDATE_KILLS'] ?? 4);
const longest = 150;

const child = fileURLToPath(new URL('support/crash-child.ts', import.meta.url));

const test = suite('a writer on SQLite that is killed');

/** Batches that were acknowledged, by stream, of a writer that is killed at a moment of its work. */
const writeAndKill = async (file: string, tag: string): Promise<ReadonlyMap<number, number>> => {
  const writer = spawnWriter(child, file, tag);
  const acknowledged = new Map<number, number>();
  let killed: Promise<void> | undefined;
  for await (const line of writer.lines) {
    killed ??= pause(Math.random() * longest).then(writer.kill);
    // The last line may have been cut off.
    const [, number, batch] = /^(\d+) (\d+)$/.exec(line) ?? [];
    if (batch !== undefined) acknowledged.set(Number(number), Number(batch) + 1);
  }
  await killed;
  return acknowledged;
};

test(`${kills} times kill -9 at a random moment: lost 0, twice 0, no half batch`, async () => {
  const file = freshFile();
  let given = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const tag = `r${kill}`;
    const acknowledged = await writeAndKill(file, tag);
    assert.ok(acknowledged.size > 0);
    const store = await right(sqliteEventStore({ file }));
    for (let number = 0; number < crashStreams; number += 1) {
      const { events } = await right(store.readStream(crashStream(tag, number), 0, 1_000_000));
      const batches = events.length / crashBatch;
      assert.ok(Number.isInteger(batches), 'a half batch');
      assert.ok(batches >= (acknowledged.get(number) ?? 0), 'a batch that was acknowledged is lost');
      assert.equal(
        idsOf(events),
        Array.from({ length: batches }, (_, batch) => crashIds(tag, number, batch)).flat(),
      );
      given += events.length;
    }
    await store.close();
  }
  const store = await right(sqliteEventStore({ file }));
  const { events: all } = await right(store.readAll('start', 10_000_000));
  assert.equal([all.length, new Set(idsOf(all)).size], [given, given]);
  await right(store.verify());
  await store.close();
});

test.run();
