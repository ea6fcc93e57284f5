import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hasNoCode, lineAt } from '../syntax.js';

test('a file of types only has no code', () => {
  const source = [
    "import type { A } from './a.js';",
    "import { type B } from './b.js';",
    "export type { C } from './c.js';",
    'export type D = A | B;',
    'export interface E { readonly d: D }',
    'type F = E;',
  ].join('\n');
  assert.ok(hasNoCode('a.ts', source));
});

test('a value, a re-export or an import for its effect is code', () => {
  assert.not.ok(hasNoCode('a.ts', 'export const a = 1;'));
  assert.not.ok(hasNoCode('a.ts', "export * from './b.js';"));
  assert.not.ok(hasNoCode('a.ts', "import './b.js';"));
  assert.not.ok(hasNoCode('a.ts', "import { type B, c } from './b.js';\nexport type D = typeof c;"));
});

test('lines count from 1, characters of any width before', () => {
  assert.is(lineAt('a\nb', 0), 1);
  assert.is(lineAt('登記簿\n𠮷\nb', 7), 3);
});

test.run();
