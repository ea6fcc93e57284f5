import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readArguments } from '../src/arguments.js';

interface Run {
  readonly said: () => string;
  readonly until: (words: RegExp) => Promise<string>;
  readonly end: (signal: NodeJS.Signals) => void;
  readonly code: Promise<number | null>;
}

const start = (...args: ReadonlyArray<string>): Run => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=mandate-source', '--import', 'tsx', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const waiting = new Set<() => void>();
  const hear = (part: Buffer): void => {
    text += part.toString('utf8');
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return {
    said: () => text,
    code,
    end: (signal) => child.kill(signal),
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = words.exec(text);
          if (found !== null) resolve(found[1] ?? found[0]);
        };
        waiting.add(look);
        look();
        void code.then(() => reject(new Error(`ended: ${text}`)));
      }),
  };
};

const program = suite<{ base: string }>('portal: the program');

program.before.each((world) => {
  world.base = mkdtempSync(join(tmpdir(), 'mandate-portal-'));
});
program.after.each(({ base }) => rmSync(base, { recursive: true, force: true }));

const address = /portal +(http:\/\/localhost:\d+)/;

program(
  'it serves this computer alone, says where and what to try, and Ctrl-C ends it; --reader asks a reader first',
  async ({ base }) => {
    const data = join(base, 'portal');
    const first = start('--data', data, '--port', '0');
    const origin = await first.until(address);
    assert.match(first.said(), /首次註冊/);
    const home = await fetch(origin);
    assert.is(home.status, 200);
    assert.match(await home.text(), /測試模式/);
    const policy = await fetch(`${origin}/api/policy`);
    assert.is(policy.status, 200);

    const second = start('--data', data, '--port', '0');
    assert.is(await second.code, 1);
    assert.match(second.said(), /此資料夾正由另一個執行中的入口網使用/);
    assert.ok(second.said().includes(origin));

    first.end('SIGINT');
    assert.is(await first.code, 0);
    const third = start('--data', data, '--port', '0', '--reader');
    const again = await third.until(address);
    await third.until(/main\.js --origin/);
    assert.ok(third.said().includes(`--origin ${again}`));
    const card = join(data, 'cards', 'city.json');
    assert.is(statSync(card).mode & 0o777, 0o600);
    assert.equal(Object.keys(JSON.parse(readFileSync(card, 'utf8'))), ['record', 'key']);
    assert.match(await (await fetch(`${again}/query-oid`)).text(), /value="reader"[^>]* checked/);
    third.end('SIGTERM');
    assert.is(await third.code, 0);
  },
);

program('a port that is taken is told, and nothing is made', async ({ base }) => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const held = holder.address();
  const port = typeof held === 'object' && held !== null ? held.port : 0;
  const run = start('--data', join(base, 'portal'), '--port', String(port));
  assert.is(await run.code, 1);
  assert.match(run.said(), /此連接埠已有其他程式使用/);
  assert.match(run.said(), /PORT_IN_USE/);
  await new Promise<void>((resolve) => holder.close(() => resolve()));
});

program('a wrong command line is told with the right one', async () => {
  const run = start('--prot', '1');
  assert.is(await run.code, 2);
  assert.match(run.said(), /--prot[\s\S]*--port N/);
});

const read = (...words: ReadonlyArray<string>): unknown => {
  const answer = readArguments(words);
  return E.isLeft(answer) ? answer.left : answer.right;
};

program('its arguments', () => {
  const usual = {
    help: false,
    hours: false,
    reader: false,
    port: 8080,
    data: join(process.cwd(), 'data/portal'),
  };
  assert.equal(read(), usual);
  assert.equal(read('--port=9000', '--hours'), { ...usual, port: 9000, hours: true });
  assert.equal(read('--reader'), { ...usual, reader: true });
  assert.equal(read('--data', '/tmp/x'), { ...usual, data: '/tmp/x' });
  for (const [words, wrong] of [
    [['--port', '65536'], '--port'],
    [['--port'], '--port'],
    [['--data'], '--data'],
    [['8080'], '8080'],
  ] as const)
    assert.is(read(...words), wrong);
});

program.run();
