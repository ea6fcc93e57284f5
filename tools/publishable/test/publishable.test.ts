import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkPackage } from '../check.js';

const manifest = {
  name: '@mandate/sample',
  version: '0.1.0',
  description: 'A sample.',
  license: 'Apache-2.0',
  type: 'module',
  files: ['src', 'dist'],
  exports: {
    '.': { 'mandate-source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
  },
};

const good: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify(manifest),
  'README.md': '# sample',
  LICENSE: 'the licence',
  'src/index.ts': 'export const a = 1;\n',
  'dist/index.js': 'export const a = 1;\n',
  'dist/index.d.ts': 'export declare const a = 1;\n',
};

const check = async (files: Readonly<Record<string, string | undefined>>): Promise<ReadonlyArray<string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-package-'));
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  try {
    return await checkPackage(folder, 'the licence');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const publishing = suite('publishing');

publishing('a whole package is publishable', async () => {
  assert.equal(await check(good), []);
});

publishing('an export that is not built is told', async () => {
  const problems = await check({ ...good, 'dist/index.d.ts': undefined });
  assert.ok(problems.includes('@mandate/sample: exports["."] names ./dist/index.d.ts, which is not there'));
});

publishing('an export that is built and not packed is told', async () => {
  const problems = await check({ ...good, 'package.json': JSON.stringify({ ...manifest, files: ['src'] }) });
  assert.ok(problems.length > 0);
});

publishing('an export without types is told', async () => {
  const exports = { '.': { default: './dist/index.js' } };
  const problems = await check({ ...good, 'package.json': JSON.stringify({ ...manifest, exports }) });
  assert.ok(problems.includes('@mandate/sample: exports["."] has no types'));
});

publishing('README, licence and a package that exports nothing are told', async () => {
  const problems = await check({
    ...good,
    'README.md': undefined,
    LICENSE: 'another licence',
    'package.json': JSON.stringify({ ...manifest, private: true, exports: {} }),
  });
  for (const words of ['is private', 'has no README.md', 'has no copy of LICENSE', 'exports nothing']) {
    assert.ok(problems.includes(`@mandate/sample: ${words}`), words);
  }
});

publishing.run();
