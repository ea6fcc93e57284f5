import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from '../check.js';
import { findCycles } from '../cycles.js';
import { importsOf } from '../imports.js';
import { type Package, workspace } from '../workspace.js';

const pkg = (name: string, folder: string, dependencies: ReadonlyArray<string>, more = {}): Package => ({
  name,
  folder,
  exports: ['.'],
  dependencies,
  devDependencies: [],
  ...more,
});

const all = ['@mandate/certificates', '@mandate/domain', '@mandate/adapters-a', '@mandate/projections'];

/** Every package declares every other, so that the floors alone decide. */
const packages: ReadonlyArray<Package> = [
  pkg('mandate', '', [], { exports: [], devDependencies: ['uvu', '@mandate/testing'] }),
  pkg('@mandate/certificates', 'packages/certificates', [...all, 'pkijs', 'asn1js'], {
    exports: ['.', './test-pki'],
  }),
  pkg('@mandate/domain', 'packages/domain', [...all, 'fp-ts', 'io-ts', 'pkijs']),
  pkg('@mandate/adapters-a', 'packages/adapters-a', [...all, '@mandate/adapters-b', 'io-ts']),
  pkg('@mandate/adapters-b', 'packages/adapters-b', all),
  pkg('@mandate/projections', 'packages/projections', all),
  pkg('@mandate/cli', 'packages/cli', [...all, '@mandate/example-one']),
  pkg('@mandate/example-one', 'examples/one', [...all, '@mandate/example-two']),
  pkg('@mandate/example-two', 'examples/two', all),
  pkg('@mandate/testing', 'tools/testing', []),
  pkg('@mandate/doc-examples', 'tools/doc-examples', all),
  pkg('@mandate/bench', 'bench', [...all, 'pkijs', 'asn1js']),
];

const problems = (path: string, text: string): ReadonlyArray<string> => check([{ path, text }], packages);

const refused = (path: string, specifier: string, words: RegExp): void => {
  const found = problems(path, `\nimport { x } from '${specifier}';\n`);
  assert.is(found.length, 1, `${path} importing ${specifier}: ${JSON.stringify(found)}`);
  assert.match(found[0] ?? '', words);
  assert.ok(found[0]?.startsWith(`${path}:2: `), found[0]);
};

const allowed = (path: string, specifier: string): void => {
  assert.equal(problems(path, `import { x } from '${specifier}';`), [], `${path} importing ${specifier}`);
};

// -------------------------------------------------------------------------------------
// floors
// -------------------------------------------------------------------------------------

const floors = suite('floors');

floors('what is below may be imported', () => {
  allowed('packages/domain/src/a.ts', '@mandate/certificates');
  allowed('packages/adapters-a/src/a.ts', '@mandate/domain');
  allowed('packages/projections/src/a.ts', '@mandate/certificates');
  allowed('examples/one/src/main.ts', '@mandate/adapters-a');
  allowed('bench/src/main.ts', '@mandate/projections');
  allowed('packages/cli/src/a.ts', '@mandate/adapters-a');
  allowed('packages/cli/src/a.ts', '@mandate/projections');
});

floors('what is above may not', () => {
  refused('packages/certificates/src/a.ts', '@mandate/domain', /floor 0.*floor 1/);
  refused('packages/domain/src/a.ts', '@mandate/adapters-a', /floor 1.*floor 2/);
  refused('packages/domain/src/a.ts', '@mandate/projections', /floor 1.*floor 2/);
  refused('packages/cli/src/a.ts', '@mandate/example-one', /floor 3.*floor 3/);
});

floors(
  'adapters never import each other, projections never import adapters, examples never each other',
  () => {
    refused('packages/adapters-a/src/a.ts', '@mandate/adapters-b', /floor 2.*floor 2/);
    refused('packages/adapters-a/src/a.ts', '@mandate/projections', /floor 2.*floor 2/);
    refused('packages/projections/src/a.ts', '@mandate/adapters-a', /floor 2.*floor 2/);
    refused('examples/one/src/main.ts', '@mandate/example-two', /floor 3.*floor 3/);
  },
);

floors('tests may import their own floor and below, never above', () => {
  allowed('packages/projections/test/a.test.ts', '@mandate/adapters-a');
  allowed('packages/domain/test/a.test.ts', '@mandate/domain');
  refused('packages/domain/test/a.test.ts', '@mandate/adapters-a', /floor 1.*floor 2/);
});

floors('a type import counts as an import', () => {
  const found = problems('packages/domain/src/a.ts', "import type { Store } from '@mandate/adapters-a';");
  assert.is(found.length, 1);
});

floors('a package that nobody gave a floor is named', () => {
  const stranger = pkg('@mandate/stranger', 'packages/stranger', ['@mandate/domain']);
  const found = check(
    [{ path: 'packages/stranger/src/a.ts', text: "import '@mandate/domain';" }],
    [...packages, stranger],
  );
  assert.match(found[0] ?? '', /has no floor yet/);
});

floors.run();

// -------------------------------------------------------------------------------------
// doors: how a file may be named
// -------------------------------------------------------------------------------------

const doors = suite('doors');

doors('other packages are imported by name through their public exports', () => {
  allowed('examples/one/src/main.ts', '@mandate/certificates/test-pki');
  refused('examples/one/src/main.ts', '@mandate/domain/src/register.js', /not a public export/);
  refused('bench/src/main.ts', '@mandate/domain/dist/index.js', /not a public export/);
  refused('packages/domain/test/a.test.ts', '@mandate/certificates/der', /not a public export/);
});

doors('a relative path never leaves the package', () => {
  allowed('packages/domain/src/agency/decide.ts', '../errors.js');
  allowed('examples/one/src/a/b.ts', '../main.js');
  refused('examples/one/src/main.ts', '../../../packages/domain/src/index.js', /leaves examples\/one\/src/);
  refused('packages/domain/src/a.ts', '../../certificates/src/index.js', /leaves packages\/domain\/src/);
  refused('bench/src/main.ts', '../../packages/domain/src/index.js', /leaves bench\/src/);
});

doors('tests reach the sources of their own package, sources never reach tests', () => {
  allowed('packages/domain/test/values/a.test.ts', '../../src/values/oid.js');
  allowed('packages/domain/test/values/a.test.ts', './arbitraries.js');
  refused('packages/domain/src/a.ts', '../test/arbitraries.js', /leaves packages\/domain\/src/);
});

doors('a source does not import its own package by name', () => {
  refused('packages/domain/src/a.ts', '@mandate/domain', /this package itself/);
});

doors('the code of a page imports packages by name only', () => {
  assert.equal(problems('docs/embedding.md', "import { x } from '@mandate/domain';"), []);
  assert.match(
    problems('docs/embedding.md', "import { x } from '../packages/domain/src/a.js';")[0] ?? '',
    /leaves/,
  );
  assert.match(
    problems('README.md', "import { x } from '@mandate/domain/src/a.js';")[0] ?? '',
    /not a public/,
  );
});

doors('the line in a page counts from the page, not from the block', () => {
  const found = check([{ path: 'docs/a.md', text: "\nimport 'express';", firstLine: 10 }], packages);
  assert.match(found[0] ?? '', /^docs\/a\.md:11: /);
});

doors('what is imported is declared', () => {
  refused('packages/domain/src/a.ts', 'express', /not among the dependencies of @mandate\/domain/);
  refused('packages/domain/src/a.ts', 'uvu', /not among the dependencies/);
  allowed('packages/domain/test/a.test.ts', 'uvu');
  allowed('packages/domain/src/a.ts', 'fp-ts/lib/Either.js');
});

doors('the test helpers are for tests, and for the benchmark, which nobody installs', () => {
  allowed('packages/domain/test/a.test.ts', '@mandate/testing');
  allowed('bench/src/a.ts', '@mandate/testing');
  const found = problems('packages/domain/src/a.ts', "import '@mandate/testing';");
  assert.ok(found.some((one) => one.endsWith('@mandate/testing is for tests only')));
});

doors.run();

// -------------------------------------------------------------------------------------
// homes: parts named in one place, and no Node where it must not be
// -------------------------------------------------------------------------------------

const homes = suite('homes');

homes('io-ts is named in one module', () => {
  allowed('packages/domain/src/schema.ts', 'io-ts');
  refused('packages/domain/src/values/oid.ts', 'io-ts', /io-ts is named only in/);
  refused('packages/domain/src/values/oid.ts', 'io-ts/lib/Decoder.js', /io-ts is named only in/);
  refused('packages/adapters-a/src/a.ts', 'io-ts', /io-ts is named only in/);
});

homes('pkijs and asn1js are named only where the measurements are', () => {
  allowed('bench/src/a.ts', 'pkijs');
  refused('packages/certificates/src/der/decode.ts', 'pkijs', /pkijs is named only in/);
  refused('packages/certificates/src/path/check.ts', 'pkijs', /pkijs is named only in/);
  refused('packages/certificates/src/signed-data/verify.ts', 'asn1js', /asn1js is named only in/);
  refused('packages/domain/src/a.ts', 'pkijs', /pkijs is named only in/);
});

homes('the pure packages use no Node API, with or without node:', () => {
  refused('packages/domain/src/a.ts', 'node:crypto', /must run without Node/);
  refused('packages/certificates/src/a.ts', 'fs', /must run without Node/);
  refused('packages/certificates/src/test-pki/a.ts', 'fs/promises', /must run without Node/);
  allowed('packages/domain/test/a.test.ts', 'node:fs');
  allowed('packages/adapters-a/src/a.ts', 'node:fs');
});

homes.run();

// -------------------------------------------------------------------------------------
// circles, and what counts as an import
// -------------------------------------------------------------------------------------

const circles = suite('circles');

circles('a circle of files is found and told with the place that enters it', () => {
  const found = check(
    [
      { path: 'packages/domain/src/a.ts', text: "\n\nimport { b } from './b.js';" },
      { path: 'packages/domain/src/b.ts', text: "export * from './c.js';" },
      { path: 'packages/domain/src/c.ts', text: "import type { A } from './a.js';" },
    ],
    packages,
  );
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `packages/domain/src/${name}.ts`);
  assert.equal(found, [`${a}:3: a circle: ${a} → ${b} → ${c} → ${a}`]);
});

circles('a file that imports itself is a circle', () => {
  assert.equal(findCycles(new Map([['a', ['a']]])), [['a']]);
});

circles('two ways to the same file are no circle', () => {
  const diamond = new Map([
    ['top', ['left', 'right']],
    ['left', ['bottom']],
    ['right', ['bottom']],
    ['bottom', []],
  ]);
  assert.equal(findCycles(diamond), []);
});

circles('every way to import is seen, with its line; comments and strings are not', () => {
  const source = [
    "import a from 'a';",
    "import type { B } from 'b';",
    "import { type C } from 'c';",
    "export { d } from 'd';",
    "export * as e from 'e';",
    "const f = await import('f');",
    "type G = import('g').G;",
    "import h = require('h');",
    "const i = require('i');",
    "import 'j';",
    "// import k from 'k';",
    'const text = "import l from \'l\';";',
  ].join('\n');
  assert.equal(
    importsOf('all.ts', source).map(({ specifier, line }) => `${specifier}${line}`),
    ['a1', 'b2', 'c3', 'd4', 'e5', 'f6', 'g7', 'h8', 'i9', 'j10'],
  );
});

circles('a file that is no TypeScript is told by its name', () => {
  assert.throws(() => importsOf('broken.ts', 'import {'), /broken\.ts/);
});

circles('the workspace of this repository is read', () => {
  const domain = workspace().find(({ name }) => name === '@mandate/domain');
  assert.is(domain?.folder, 'packages/domain');
  assert.ok(domain?.exports.includes('.'));
});

circles.run();
