import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commands, exitOf, type MessageCode, messages } from '../src/index.js';
import { printDuration, printProgress } from '../src/terminal/progress.js';
import { mandate, mandateJson } from './support/terminal.js';
import { filledFolder } from './support/world.js';

const han = /\p{Script=Han}/u;
const zh = { env: { LANG: 'zh_TW.UTF-8' } };

/** What Node is given to run the program itself, and not only what it is made of. */
const program = (words: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...['--conditions=mandate-source', '--import', 'tsx'],
  fileURLToPath(new URL('../src/main.ts', import.meta.url)),
  ...words,
];

const line = suite('the command line');

line('without a command, and with --help, all commands and exit codes are shown', async () => {
  for (const words of [[], ['--help'], ['help']]) {
    const { exit, out } = await mandate(words);
    assert.is(exit, 0);
    for (const { name } of commands) assert.match(out, name);
    assert.match(out, 'Exit codes');
  }
});

line('the help of every command names each of its options, in both languages', async () => {
  for (const command of commands) {
    const words = [...command.name.split(' '), '--help'];
    const english = await mandate(words);
    const chinese = await mandate(words, zh);
    assert.equal([english.exit, chinese.exit], [0, 0]);
    for (const name of Object.keys(command.options)) {
      assert.match(english.out, `--${name}`);
      assert.match(chinese.out, `--${name}`);
    }
    assert.match(chinese.out, han);
    assert.not.match(english.out, han);
  }
});

line('the first word of several commands, alone, shows those', async () => {
  for (const words of [['projections'], ['projections', '--help']]) {
    const { exit, out } = await mandate(words);
    assert.is(exit, 0);
    for (const { name } of commands)
      assert.is(out.includes(`  ${name} `), name.startsWith('projections '), name);
  }
  assert.is((await mandate(['projections', 'fly'])).exit, 2);
});

line('every message has both texts and an exit code of its own kind', () => {
  for (const [code, message] of Object.entries(messages)) {
    assert.match(message.zh, han, code);
    assert.not.match(message.en, han, code);
    assert.ok(message.en.length > 10, code);
    assert.is(exitOf(code as MessageCode), message.exit);
    assert.is.not(message.exit, 0, code);
  }
});

line('what is wrong with the words is exit code 2 and a code', async () => {
  const wrong: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [['fly'], 'COMMAND_UNKNOWN'],
    [['export', '--from', 'x', '--fly'], 'OPTION_WRONG'],
    [['stats', '--from', 'x', '--lang', 'fr'], 'OPTION_WRONG'],
    [['--help', '--lang=fr'], 'OPTION_WRONG'],
    [['export', '--from'], 'OPTION_WRONG'],
    [['export', '--from', 'x', 'more'], 'OPTION_WRONG'],
    [['export'], 'OPTION_MISSING'],
    [['export', '--from='], 'OPTION_MISSING'],
    [['import', '--to', 'x'], 'OPTION_MISSING'],
    [['verify', '--from', 'esdb+nobody://x'], 'ADDRESS_UNKNOWN'],
    [['__proto__'], 'COMMAND_UNKNOWN'],
    [['export', '--__proto__', 'x'], 'OPTION_WRONG'],
  ];
  for (const [words, code] of wrong) {
    const { exit, err, out } = await mandate(words);
    assert.is(exit, 2, words.join(' '));
    assert.match(err, `mandate: ${code}: `);
    assert.is(out, '');
  }
});

line('--lang goes before the environment, and JSON has both texts', async () => {
  assert.match((await mandate(['fly'], zh)).err, han);
  assert.not.match((await mandate(['export', '--lang', 'en'], zh)).err, han);
  assert.match((await mandate(['export', '--lang=zh-TW'])).err, han);
  const told = await mandateJson(['export']);
  assert.equal(told['zh'], messages.OPTION_MISSING.zh);
  assert.equal(told['en'], messages.OPTION_MISSING.en);
  assert.is(told['ok'], false);
});

line('standard output that was closed ends the command and is no crash', async () => {
  const closed = { out: () => Promise.reject(new Error('write EPIPE')) };
  const { exit, err } = await mandate(['--help'], closed);
  assert.is(exit, 4);
  assert.match(err, 'EPIPE');
});

line('standard output that is full, or closed, is told in a line with exit code 4', () => {
  const full = openSync('/dev/full', 'w');
  const ran = spawnSync(process.execPath, program(['--help']), {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, LANG: 'en' },
  });
  closeSync(full);
  assert.is(ran.status, 4);
  assert.match(ran.stderr, /^mandate: DISK_FULL: .*\n {2}.*ENOSPC.*\n$/);
});

line('a reader that goes away ends the command in a line', async () => {
  const child = spawn(process.execPath, program(['--help']), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en' },
  });
  // Gone long before anything is loaded that could write.
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (part) => {
    err += part;
  });
  const [status] = await once(child, 'close');
  assert.is(status, 4);
  assert.match(err, /^mandate: FILE_FAULT: .*\n {2}.*EPIPE.*\n$/);
});

line('stats counts streams by kind and events by type', async () => {
  const ran = await mandateJson(['stats', '--from', await filledFolder(3)]);
  assert.equal(ran['kinds'], { 'agency-gepi': 3, 'catalogue-gepi': 1 });
  assert.equal(ran['types'], {
    AgencyRegistered: 3,
    CataloguePublished: 1,
    ClerkAuthorized: 6,
    ManagerAppointed: 3,
  });
  assert.equal([ran['first'], ran['last']], ['2026-01-05T01:01:00.000Z', '2026-01-05T01:10:00.000Z']);
});

line.run();

const progress = suite('progress');

progress('tells share, rate and the time that is left', () => {
  assert.is(printProgress(250, 1000, 1000, 'en'), '25 % 250 of 1,000, 250/s, 0:03 left');
  assert.is(printProgress(250, 1000, 1000, 'zh-TW'), '25 % 250 / 1,000, 250/s, 剩餘 0:03');
  assert.is(printProgress(5000, undefined, 2000, 'en'), '5,000, 2,500/s');
  assert.is(printProgress(0, 10, 0, 'en'), '0 % 0 of 10, 0/s, ? left');
  assert.is(printProgress(12, 10, 1000, 'en'), '100 % 12 of 10, 12/s, 0:00 left');
  assert.equal([0, 61_000, 3_723_000].map(printDuration), ['0:00', '1:01', '1:02:03']);
});

/** A clock that goes on by `step` whenever it is asked. */
const clockOf = (step: number) => {
  let time = 0;
  return () => {
    time += step;
    return time;
  };
};

progress('is drawn over one line of a terminal, and written in plain lines elsewhere', async () => {
  const folder = await filledFolder(2);
  const drawn = await mandate(['stats', '--from', folder], { isInteractive: true, now: clockOf(1_000) });
  assert.match(drawn.err, '\r\u001b[2Kcounting [########################] 100 %');
  assert.ok(drawn.err.endsWith('\r\u001b[2K'), 'the line is taken away at the end');
  const plain = await mandate(['stats', '--from', folder], { now: clockOf(20_000) });
  assert.match(plain.err, /^counting 100 % 9 of 9, \d+\/s, 0:00 left\n$/);
});

progress('is never longer than the terminal is wide: a line that wraps cannot be taken away', async () => {
  const folder = await filledFolder(2);
  for (const columns of [120, 60, 30, 12]) {
    for (const env of [{ LANG: 'en' }, { LANG: 'zh_TW.UTF-8' }]) {
      const { err } = await mandate(['stats', '--from', folder], {
        ...{ isInteractive: true, columns, env, now: clockOf(1_000) },
      });
      const drawn = err.split('\r\u001b[2K').filter((text) => text !== '');
      assert.ok(drawn.length > 0);
      // A Han letter takes two places.
      for (const text of drawn) assert.ok(text.replace(/\p{Script=Han}/gu, 'ab').length < columns, text);
    }
  }
});

progress.run();
