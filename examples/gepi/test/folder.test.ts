import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDocument } from './document.js';
import { type Ended, removeFolders, runMain, temporaryFolder } from './support.js';

const cwd = temporaryFolder();

const start = (data: string): Promise<Ended> => runMain(['--data', data], { cwd });

/** Exit code 1, nothing on stdout, both languages and the reason on stderr. */
const isRefused = ({ code, stderr, stdout }: Ended, reason: RegExp): void => {
  assert.is(code, 1);
  assert.is(stdout, '');
  assert.match(stderr, /資料/);
  assert.match(stderr, /--data|folder/);
  assert.match(stderr, reason);
  assert.not.match(stderr, /\n {4}at /, 'a stack is nothing for a user');
};

// -------------------------------------------------------------------------------------
// folders that are not ours
// -------------------------------------------------------------------------------------

const foreign = suite('a folder that is not ours');

foreign('one with other things in it is refused and left as it is', async () => {
  mkdirSync(join(cwd, 'photos'));
  writeFileSync(join(cwd, 'photos', 'cat.jpg'), 'meow');
  isRefused(await start('photos'), /NOT_OURS: it holds cat\.jpg/);
  assert.is(readFileSync(join(cwd, 'photos', 'cat.jpg'), 'utf8'), 'meow');
});

foreign('a file in its place is refused', async () => {
  writeFileSync(join(cwd, 'file'), 'text');
  isRefused(await start('file'), /NOT_A_FOLDER/);
});

foreign('garbage in place of the journal is refused', async () => {
  mkdirSync(join(cwd, 'garbage'));
  writeFileSync(join(cwd, 'garbage', 'story.jsonl'), Buffer.from([0, 255, 1, 254, 10, 13]));
  isRefused(await start('garbage'), /NOT_OURS/);
});

foreign('the journal of another version is refused', async () => {
  mkdirSync(join(cwd, 'newer'));
  const header = { format: 'mandate-gepi-story', version: 2, story: 'x', clock: 0 };
  writeFileSync(join(cwd, 'newer', 'story.jsonl'), `${JSON.stringify(header)}\n`);
  isRefused(await start('newer'), /OTHER_VERSION: .*version 2/);
});

foreign('--json tells the same as one document', async () => {
  const { code, stderr, stdout } = await runMain(['--json', '--data', 'photos'], { cwd });
  assert.is(code, 1);
  assert.is(stderr, '');
  const run = readDocument(stdout);
  assert.is(run.holds, false);
  assert.is(run.fault?.code, 'NOT_OURS');
});

foreign('an unknown argument is told with the usage, exit code 2', async () => {
  const { code, stderr, stdout } = await runMain(['--jsno'], { cwd });
  assert.is(code, 2);
  assert.is(stdout, '');
  assert.match(stderr, /--jsno/);
  assert.match(stderr, /--data DIR/);
});

foreign.run();

// -------------------------------------------------------------------------------------
// our own, damaged
// -------------------------------------------------------------------------------------

const damaged = suite('a folder that was damaged');

const copyOf = (name: string): string => {
  cpSync(join(cwd, 'whole'), join(cwd, name), { recursive: true });
  return join(cwd, name);
};

damaged.before(async () => {
  assert.is((await start('whole')).code, 0);
});

damaged('a line of the journal that is none is refused', async () => {
  const file = join(copyOf('line'), 'story.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n');
  lines[7] = lines[7]?.slice(0, 20) ?? '';
  writeFileSync(file, lines.join('\n'));
  isRefused(await start('line'), /DAMAGED: story\.jsonl, line 8/);
});

damaged('a missing secret, PKI or event store is told, never made anew', async () => {
  for (const [index, file] of ['secret', 'cards/pki.json', 'portal/events.db'].entries()) {
    const name = `missing-${index}`;
    rmSync(join(copyOf(name), file));
    isRefused(await start(name), /DAMAGED/);
  }
});

damaged('another secret is told', async () => {
  writeFileSync(join(copyOf('secret'), 'secret'), `${'ab'.repeat(32)}\n`);
  isRefused(await start('secret'), /DAMAGED/);
});

damaged('garbage in place of a database is told', async () => {
  for (const file of ['events', 'vault', 'evidence', 'challenges', 'read-models']) {
    writeFileSync(join(copyOf(file), 'portal', `${file}.db`), 'garbage, not a database at all'.repeat(400));
    isRefused(await start(file), /DAMAGED|UNUSABLE/);
  }
});

damaged('an event that was changed after it was written is found by its chain', async () => {
  const file = join(copyOf('tampered'), 'portal', 'events.db');
  const bytes = readFileSync(file);
  const at = bytes.indexOf('"reason":"data-check"');
  assert.ok(at > 0);
  bytes.write('"reason":"data-chick"', at);
  writeFileSync(file, bytes);
  const { code, stderr } = await start('tampered');
  assert.is(code, 1);
  assert.match(stderr, /CHAIN_BROKEN.*DM003|HashMismatch/);
});

damaged.after(removeFolders);
damaged.run();
