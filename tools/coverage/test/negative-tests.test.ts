import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { absolute } from '../../lib/repository.js';
import { testNames } from '../names.js';

const textOf = (path: string): string => readFileSync(absolute(path), 'utf8');

const codesIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, code = '']) => code);

interface Row {
  readonly rule: string;
  readonly codes: ReadonlyArray<string>;
  readonly name: string;
  readonly file: string;
}

const rows: ReadonlyArray<Row> = textOf('docs/negative-tests.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.endsWith('.ts` |'))
  .map((line) => {
    const [rule = '', codes = '', name = '', file = ''] = line.slice(2, -2).split(' | ');
    return { rule, codes: codesIn(codes), name, file: file.replaceAll('`', '') };
  });

const page = suite('docs/negative-tests.md');

page('each row names a test that is there, in the file that it names', () => {
  assert.ok(rows.length > 90, `${rows.length} rows`);
  for (const { rule, name, file } of rows) {
    assert.ok(existsSync(absolute(file)), file);
    const names = testNames(file, textOf(file)).map((test) => test.name);
    assert.ok(names.includes(name), `${rule}: no test “${name}” in ${file}`);
  }
});

page('each code is one of docs/errors.md or docs/http.md, and stands in the file of its test', () => {
  const known = new Set([...codesIn(textOf('docs/errors.md')), ...codesIn(textOf('docs/http.md'))]);
  for (const { rule, codes, file } of rows) {
    const source = textOf(file);
    for (const code of codes) {
      assert.ok(known.has(code), `${code} is no code`);
      assert.ok(source.includes(code), `${rule}: ${code} does not stand in ${file}`);
    }
  }
});

page('no row stands twice', () => {
  const keys = rows.map(({ rule, name }) => `${rule} | ${name}`);
  assert.equal(new Set(keys).size, keys.length);
});

page.run();
