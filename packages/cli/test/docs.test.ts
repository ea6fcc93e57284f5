// The commands of the pages are run as they stand there, in their order, on a register like that of the pages.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { startWireServer } from '@mandate/adapters-eventstore/testing/wire-server';
import { builtIn, createProjectionRunner } from '@mandate/projections';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commands } from '../src/index.js';
import { heading, row } from './support/clerk-csv.js';
import { mandate } from './support/terminal.js';
import { filledFolder, freshDirectory, openFolder, right, secretHex } from './support/world.js';

const root = new URL('../../../', import.meta.url);

/** The commands in the blocks of `sh` of a page. */
const commandsIn = (page: string): ReadonlyArray<ReadonlyArray<string>> => {
  const text = readFileSync(new URL(page, root), 'utf8');
  return [...text.matchAll(/^ *```sh\n(.*?)^ *```$/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line.startsWith('mandate '))
    .map((line) => line.split(' ').slice(1));
};

const pages = ['docs/operating/one-machine.md', 'docs/operating/moving-in.md', 'packages/cli/README.md'];
const docs = suite('the commands of the pages');
const home = process.cwd();
let register: string;

docs.before(async () => {
  register = await filledFolder(3);
  const adapters = await openFolder(register);
  const { events: store, vault } = adapters;
  const file = join(register, '..', 'models.db');
  const runner = await right(
    createProjectionRunner({ file, store, vault, sha256: nodeSha256, projections: builtIn }),
  );
  await right(runner.catchUp());
  await runner.close();
  await adapters.close();
});

docs.after.each(() => process.chdir(home));

for (const page of pages) {
  docs(`${page}: each of them ends with 0`, async () => {
    const folder = freshDirectory();
    cpSync(register, join(folder, 'data'), { recursive: true });
    cpSync(join(register, '..', 'models.db'), join(folder, 'models.db'));
    writeFileSync(join(folder, 'secret'), `${secretHex}\n`);
    writeFileSync(join(folder, 'clerks.csv'), [heading, row(1), row(2, { agency: 'EX001' })].join('\n'));
    process.chdir(folder);
    const found = commandsIn(page);
    assert.ok(found.length >= 4, `${found.length} commands`);
    for (const words of found) {
      const { exit, err } = await mandate(words);
      assert.is(exit, 0, `mandate ${words.join(' ')}\n${err}`);
    }
  });
}

docs('docs/operating/cluster.md: each of them ends with 0, on the test server', async () => {
  const folder = freshDirectory();
  const server = await startWireServer();
  cpSync(join(register, 'vault.db'), join(folder, 'keys', 'vault.db'), { recursive: true });
  writeFileSync(join(folder, 'secret'), `${secretHex}\n`);
  writeFileSync(join(folder, 'address'), `${server.url}#gepi.\n`);
  writeFileSync(join(folder, 'drill'), `${server.url}#drill.\n`);
  process.chdir(folder);
  const moved = ['export', '--from', register, '--to', 'moved.jsonl'];
  const found = commandsIn('docs/operating/cluster.md');
  assert.ok(found.length >= 7, `${found.length} commands`);
  try {
    for (const words of [moved, ['import', '--to', '@address', 'moved.jsonl'], ...found]) {
      const { exit, err } = await mandate(words);
      assert.is(exit, 0, `mandate ${words.join(' ')}\n${err}`);
    }
    assert.is(
      readFileSync('register-2026-03-02.jsonl', 'utf8').split('\n').slice(1).join('\n'),
      readFileSync('moved.jsonl', 'utf8').split('\n').slice(1).join('\n'),
      'but for the position in the first line',
    );
  } finally {
    await server.stop();
  }
});

docs('the page on one machine shows every command but those that need more than a register', () => {
  const shown = new Set(commandsIn('docs/operating/one-machine.md').map((words) => words.join(' ')));
  const missing = commands.filter(({ name }) => ![...shown].some((words) => words.startsWith(name)));
  assert.equal(
    missing.map(({ name }) => name),
    ['projections list', 'projections swap', 'check clerks', 'import clerks'],
  );
});

docs.run();
