// Faults from outside: a process that is killed, a disk that is full. What the stores themselves do when they are killed, cut
// off, full or opened twice is shown by the conformance kit and the tests of @mandate/adapters-eventstore.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sqliteEventStore } from '@mandate/adapters-eventstore';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runAndKill } from './support/kill.js';
import { mandate, mandateJson } from './support/terminal.js';
import { filledFolder, freshDirectory, right, secretFile } from './support/world.js';

const agencies = 100;
const expected = 1 + agencies * 4;

// Made once; every test only reads it.
let made: string | undefined;
const register = async (): Promise<string> => {
  made ??= await filledFolder(agencies);
  return made;
};

/** Kills a command at some moments of the time that it takes. */
const kill = async (
  words: ReadonlyArray<string>,
  within: ReadonlyArray<number>,
  afterEach: () => Promise<void>,
): Promise<void> => {
  for (const milliseconds of within) {
    const ended = await runAndKill(words, Math.random() * milliseconds);
    if (!ended.isKilled) assert.ok(ended.exit === 0 || ended.exit === 3, ended.err);
    await afterEach();
  }
};

const bodiesIn = async (folder: string): Promise<ReadonlyArray<string>> => {
  if (!existsSync(join(folder, 'events.db'))) return [];
  const store = await right(sqliteEventStore({ file: join(folder, 'events.db') }));
  const { events } = await right(store.readAll('start', 100_000));
  await store.close();
  return events.map(({ stream, revision, body }) => `${stream}@${revision} ${body}`);
};

const killed = suite('a process that is killed');

killed(
  'import: what is there is always a beginning of the export, and the same command goes on to its end',
  async () => {
    const folder = await register();
    const file = join(freshDirectory(), 'register.jsonl');
    assert.is((await mandate(['export', '--from', folder, '--to', file])).exit, 0);
    const all = await bodiesIn(folder);
    const to = join(freshDirectory(), 'new');
    const grew: Array<number> = [];
    await kill(['import', '--to', to, file], [60, 150, 400], async () => {
      const there = await bodiesIn(to);
      assert.equal(there, all.slice(0, there.length), 'a beginning, nothing twice, nothing else');
      assert.ok(there.length >= (grew.at(-1) ?? 0), 'nothing that was there is gone');
      grew.push(there.length);
    });
    assert.is((await mandate(['import', '--to', to, file])).exit, 0);
    assert.equal(await bodiesIn(to), all);
    const verified = await mandateJson(['verify', '--from', to]);
    assert.equal([verified.exit, verified['events']], [0, expected]);
  },
);

killed('export: the file is there whole or not at all, and the next one sweeps up', async () => {
  const folder = await register();
  const whole = join(freshDirectory(), 'whole.jsonl');
  await mandate(['export', '--from', folder, '--to', whole]);
  const to = join(freshDirectory(), 'register.jsonl');
  const words = ['export', '--from', folder, '--to', to];
  await kill(words, [40, 80], async () => {
    if (existsSync(to)) assert.is(readFileSync(to, 'utf8'), readFileSync(whole, 'utf8'));
  });
  if (!existsSync(to)) assert.is((await mandate(words)).exit, 0);
  assert.is(readFileSync(to, 'utf8'), readFileSync(whole, 'utf8'));
  assert.equal(readdirSync(dirname(to)), ['register.jsonl']);
});

killed(
  'backup and restore: the folder is there whole or not at all, and the next one sweeps up',
  async () => {
    const folder = await register();
    const secret = secretFile();
    const copies = freshDirectory();
    const copy = join(copies, 'copy');
    const to = join(copies, 'restored');
    const check = (path: string) => async (): Promise<void> => {
      if (existsSync(path)) assert.is((await mandate(['verify', '--from', path])).exit, 0);
    };
    const steps: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
      [copy, ['backup', '--from', folder, '--secret-file', secret, '--to', copy]],
      [to, ['restore', '--from', copy, '--to', to, '--secret-file', secret]],
    ];
    for (const [whole, words] of steps) {
      await kill(words, [150], check(whole));
      if (!existsSync(whole)) assert.is((await mandate(words)).exit, 0);
    }
    assert.equal(readdirSync(copies).sort(), ['copy', 'restored']);
    const verified = await mandateJson(['verify', '--from', to, '--secret-file', secret]);
    assert.equal([verified.exit, verified['events']], [0, expected]);
    // The portal's own folder was only read.
    assert.is((await mandateJson(['verify', '--from', folder, '--secret-file', secret])).exit, 0);
  },
);

killed.run();

// -------------------------------------------------------------------------------------
// no room
// -------------------------------------------------------------------------------------

const full = suite('a disk without room');

// The largest file that the process may write, in blocks of 1,024 bytes; the signal that goes with it is Node's to ignore.
const atMost = (kilobytes: number): string => `ulimit -f ${kilobytes}`;

full('export answers DISK_FULL and leaves nothing; with room again the same command does it', async () => {
  const folder = await register();
  const to = join(freshDirectory(), 'register.jsonl');
  const words = ['export', '--from', folder, '--to', to];
  const ended = await runAndKill(words, undefined, atMost(64));
  assert.is(ended.exit, 4, ended.err);
  assert.match(ended.err, 'DISK_FULL');
  assert.equal(readdirSync(dirname(to)), []);
  assert.is((await mandate(words)).exit, 0);
});

full('import stops with a fault at a whole command; with room again the same command goes on', async () => {
  const folder = await register();
  const file = join(freshDirectory(), 'register.jsonl');
  await mandate(['export', '--from', folder, '--to', file]);
  const to = join(freshDirectory(), 'new');
  const ended = await runAndKill(['import', '--to', to, file], undefined, atMost(3072));
  assert.is(ended.exit, 4, ended.err);
  const there = (await bodiesIn(to)).length;
  assert.ok(there > 0 && there < 401, `${there} events`);
  const ran = await mandateJson(['import', '--to', to, file]);
  assert.equal([ran.exit, ran['already'], ran['appended']], [0, there, 401 - there]);
  assert.equal(await bodiesIn(to), await bodiesIn(folder));
});

full('a restore that finds no room leaves nothing', async () => {
  const folder = await register();
  const secret = secretFile();
  const copy = join(freshDirectory(), 'copy');
  await mandate(['backup', '--from', folder, '--secret-file', secret, '--to', copy]);
  const to = join(freshDirectory(), 'restored');
  const ended = await runAndKill(['restore', '--from', copy, '--to', to], undefined, atMost(64));
  assert.is(ended.exit, 4, ended.err);
  assert.equal(readdirSync(dirname(to)), []);
});

full.run();
