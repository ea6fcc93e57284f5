import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { taipeiMs } from '../src/world/clock.js';
import { beginJournal } from '../src/world/journal.js';
import { openWorld } from '../src/world/world.js';
import { readDocument, stepOf, stepsOf } from './document.js';
import { removeFolders, runMain, temporaryFolder } from './support.js';

const killed = suite('a story that is cut short');

const cwd = temporaryFolder();
const journalOf = (data: string): string => join(cwd, data, 'story.jsonl');

/** Goes on, and expects the same end as a story that was never cut short. */
const goesOn = async (data: string): Promise<ReturnType<typeof readDocument>> => {
  const { code, stderr, stdout } = await runMain(['--json', '--data', data], { cwd });
  assert.is(code, 0, stderr + stdout.slice(0, 500));
  const run = readDocument(stdout);
  assert.ok(run.holds);
  assert.ok(stepsOf(run).length > 100);
  assert.is(run.replay.events, 61);
  return run;
};

killed('kill -9 in the middle: the next start goes on from there, and nothing is done twice', async () => {
  const first = await runMain(['--data', 'killed'], { cwd, killAfter: '確定刪除' });
  assert.is(first.signal, 'SIGKILL');
  cpSync(join(cwd, 'killed'), join(cwd, 'killed-again'), { recursive: true });
  const run = await goesOn('killed');
  assert.is(run.start, 'resumed');
  assert.ok(stepOf(run, 'delegation/added').before);
  assert.not.ok(stepOf(run, 'queries/oid').before);
});

killed(
  'kill -9 after the append and before it was noted: the command is sent again and answered once',
  async () => {
    const data = 'killed-again';
    // As if the kill had come right after the last command: nothing that was noted later.
    const lines = readFileSync(journalOf(data), 'utf8').split('\n');
    const last = lines.findLastIndex((line) => line.startsWith('{"pending"'));
    const step: unknown = JSON.parse(lines[last] ?? '').pending.step;
    writeFileSync(journalOf(data), `${lines.slice(0, last + 1).join('\n')}\n`);
    appendFileSync(journalOf(data), '{"done":{"step":"cut sho');
    const run = await goesOn(data);
    const resumed = stepOf(run, String(step));
    assert.not.ok(resumed.before);
    assert.ok(resumed.asExpected);
  },
);

killed('kill -9 at the first line: the next start tells the whole story', async () => {
  const first = await runMain(['--data', 'early'], { cwd, killAfter: '授權登記簿' });
  assert.is(first.signal, 'SIGKILL');
  assert.ok(existsSync(journalOf('early')));
  await goesOn('early');
});

killed('kill -9 while the PKI is made: the next start makes it again', async () => {
  const folder = join(cwd, 'pki');
  mkdirSync(join(folder, 'cards'), { recursive: true });
  beginJournal(join(folder, 'story.jsonl'), randomUUID(), taipeiMs('2026-01-02T09:00'));
  writeFileSync(join(folder, 'cards', 'pki.json.part'), '{"version":1,"autho');
  const world = await openWorld(folder);
  if (world._tag === 'Left') throw new Error(world.left.detail);
  assert.ok(existsSync(join(folder, 'cards', 'pki.json')));
  await world.right.close();
});

killed('kill -9 in a further day: the next start finishes that day', async () => {
  const day = await runMain(['--data', 'killed'], { cwd, killAfter: '王小明登入' });
  assert.is(day.signal, 'SIGKILL');
  const { code, stdout } = await runMain(['--json', '--data', 'killed'], { cwd });
  assert.is(code, 0);
  const run = readDocument(stdout);
  assert.ok(run.holds);
  assert.equal(
    run.chapters.map((chapter) => chapter.id),
    ['day/2026-11-03'],
  );
});

killed.after(removeFolders);
killed.run();
