import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeKeyPool, type PooledKey } from '../key-pool.js';
import { runFile } from '../run-file.js';

const fixture = fileURLToPath(new URL('./fixtures/makes-keys.ts', import.meta.url));
const patience = 60;

const pool = suite<{ folder: string }>('keys for test files');

pool.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mandate-keys-'));
});
pool.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

/** The public keys that the fixture told, with who made them. */
const told = (output: string): ReadonlyArray<readonly [who: string, key: string]> =>
  [...output.matchAll(/^(own|forked) ([\w+/=]+)$/gm)].map(([, who = '', key = '']) => [who, key]);

pool(
  'each key is dealt once; another kind, one more than there are, and those of a child are made',
  async ({ folder }) => {
    const file = join(folder, 'below', 'keys.json');
    await makeKeyPool(file, 2);
    const keys: ReadonlyArray<PooledKey> = JSON.parse(readFileSync(file, 'utf8'));
    const result = await runFile(fixture, { patience, keyPool: file });
    assert.is(result.passed.length, 1, result.output);
    assert.equal(result.faults, []);
    const made = told(result.output);
    assert.equal(
      made.map(([who]) => who),
      ['own', 'own', 'own', 'own', 'forked'],
    );
    const isPooled = made.map(([, key]) => keys.some(({ publicKey }) => publicKey === key));
    assert.equal(isPooled, [false, true, true, false, false]);
    assert.is(new Set(made.map(([, key]) => key)).size, made.length);
  },
);

pool('without a pool a file makes its own', async ({ folder }) => {
  const result = await runFile(fixture, { patience, keyPool: join(folder, 'none.json') });
  assert.is(result.passed.length, 1, result.output);
  assert.is(new Set(told(result.output)).size, 5);
});

pool('a pool is made once, and for its owner alone', async ({ folder }) => {
  const file = join(folder, 'keys.json');
  await makeKeyPool(file, 1);
  const first = readFileSync(file, 'utf8');
  assert.is(statSync(file).mode & 0o777, 0o600);
  await makeKeyPool(file, 1);
  assert.is(readFileSync(file, 'utf8'), first);
});

pool.run();
