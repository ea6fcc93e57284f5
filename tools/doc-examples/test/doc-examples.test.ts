import { rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absolute } from '../../lib/repository.js';
import { readPage } from '../blocks.js';
import { brokenLinks } from '../links.js';
import { verify } from '../verify.js';

const page = (...lines: ReadonlyArray<string>): string => lines.join('\n');

const reading = suite('reading a page');

reading('ts blocks are found with their line and their mode; other languages are not', () => {
  const { blocks, problems } = readPage(
    'docs/a.md',
    page('# A', '```ts run', 'run();', '```', '', '```ts', 'a;', '', 'b;', '```', '```sh', 'ls', '```'),
  );
  assert.equal(problems, []);
  assert.equal(blocks, [
    { path: 'docs/a.md', line: 3, mode: 'run', code: 'run();' },
    { path: 'docs/a.md', line: 7, mode: 'check', code: 'a;\n\nb;' },
  ]);
});

reading('ts ignore is read as such', () => {
  assert.is(readPage('a.md', page('```ts ignore', '…', '```')).blocks[0]?.mode, 'ignore');
});

reading('a block in a list loses its indentation, a longer fence may hold a shorter one', () => {
  const { blocks } = readPage('a.md', page('- item', '  ```ts', '  if (a) {', '    b;', '  }', '  ```'));
  assert.is(blocks[0]?.code, 'if (a) {\n  b;\n}');
  assert.equal(readPage('a.md', page('````md', '```ts', 'not code', '```', '````')).blocks, []);
});

reading('a mark that means nothing and a block that never ends are told', () => {
  assert.equal(readPage('a.md', page('text', '```ts runs', 'x;', '```')).problems, [
    'a.md:2: a ts block is marked run, ignore, or not at all',
  ]);
  assert.equal(readPage('a.md', page('```ts', 'x;')).problems, ['a.md:1: a block that never ends']);
});

reading('a link to a page that is not there is told; anchors and the web are left alone', () => {
  const markdown = page(
    '[a](b.md) [c](../README.md#top)',
    '[d](gone.md) [e](https://example.org) [f](#here)',
  );
  const isThere = (path: string) => ['docs/b.md', 'README.md'].includes(path);
  assert.equal(brokenLinks('docs/a.md', markdown, isThere), [
    'docs/a.md:2: the link to gone.md leads nowhere',
  ]);
});

reading.run();

// -------------------------------------------------------------------------------------

const scratch = absolute('tools/doc-examples/.cache/test');
const verifying = suite('verifying');

verifying.after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const found = (markdown: string): ReadonlyArray<string> =>
  verify(readPage('docs/a.md', markdown).blocks, scratch);

verifying('good blocks pass, and what a block declares stays in it', () => {
  assert.equal(
    found(
      page(
        '```ts run',
        "import * as O from 'fp-ts/lib/Option.js';",
        "if (O.isNone(O.some(1))) throw new Error('no');",
        '```',
        '```ts',
        'const O = 1;',
        '```',
      ),
    ),
    [],
  );
});

verifying('a block that does not compile fails with its line in the page', () => {
  const [problem = ''] = found(
    page('# A', '', '```ts', 'const n: number = 1;', "const m: number = 'one';", '```'),
  );
  assert.match(problem, /^docs\/a\.md:5:7: error TS2322/);
});

verifying('a block that throws fails, with its page and what it said', () => {
  const [problem = ''] = found(page('```ts run', '', "throw new Error('it broke');", '```'));
  assert.match(problem, /^docs\/a\.md:2: does not run:/);
  assert.match(problem, 'it broke');
});

verifying('a block that is only checked is not run, an ignored one is not even checked', () => {
  assert.equal(found(page('```ts', "throw new Error('not run');", '```')), []);
  assert.equal(found(page('```ts ignore', 'const n: number = "one";', '```')), []);
});

verifying.run();
