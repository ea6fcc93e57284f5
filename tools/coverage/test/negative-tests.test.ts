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
  readonly refused: string;
  readonly name: string;
  readonly file: string;
}

const rows: ReadonlyArray<Row> = textOf('docs/negative-tests.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.endsWith('.ts` |'))
  .map((line) => {
    const [rule = '', codes = '', name = '', file = ''] = line.slice(2, -2).split(' | ');
    return { rule, codes: codesIn(codes), refused: codes, name, file: file.replaceAll('`', '') };
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

/** Codes of the component, and kinds of fault of its client: those of `packages/adapters-http/src/hipki`. */
page(
  'each code of the card agent and each kind of its client is one, and stands in the file of its test',
  () => {
    const codes = textOf('packages/adapters-http/src/hipki/codes.ts').toLowerCase();
    const kinds = textOf('packages/adapters-http/src/hipki/fault.ts');
    const wordsOf = ({ refused }: Row) => [...refused.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
    const numbers = rows.flatMap((row) =>
      wordsOf(row)
        .filter((word) => word.startsWith('0x'))
        .map((word) => ({ row, word })),
    );
    const named = rows.flatMap((row) =>
      wordsOf(row)
        .filter((word) => /^[a-z]/.test(word))
        .map((word) => ({ row, word })),
    );
    assert.ok(numbers.length > 12 && named.length > 3, `${numbers.length} and ${named.length}`);
    for (const { row, word } of numbers) {
      assert.ok(codes.includes(word.toLowerCase()), `${word} is no code`);
      assert.ok(
        textOf(row.file).toLowerCase().includes(word.toLowerCase()),
        `${row.rule}: ${word} is not in ${row.file}`,
      );
    }
    for (const { row, word } of named) {
      assert.ok(kinds.includes(`| '${word}'`), `${word} is no kind`);
      assert.ok(textOf(row.file).includes(`'${word}'`), `${row.rule}: ${word} is not in ${row.file}`);
    }
  },
);

page('no row stands twice', () => {
  const keys = rows.map(({ rule, name }) => `${rule} | ${name}`);
  assert.equal(new Set(keys).size, keys.length);
});

page.run();
