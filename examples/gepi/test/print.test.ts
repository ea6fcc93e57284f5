import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readArguments } from '../src/arguments.js';
import { cellsOf, pad, wrap } from '../src/print/cells.js';
import { clockTime, rocDay, shortTime } from '../src/print/dates.js';
import { pageWidth, printPair } from '../src/print/page.js';
import { plain, styleFor } from '../src/print/style.js';
import { tableLines } from '../src/print/table.js';
import { taipeiMs } from '../src/world/clock.js';

// -------------------------------------------------------------------------------------
// cells
// -------------------------------------------------------------------------------------

const cells = suite('cells');

const texts = fc.string({
  unit: fc.constantFrom('字', '機', '関', 'a', 'b', ' ', '(', ')', ',', '。', '7', '…', '𠮷'),
  maxLength: 60,
});

cells('a CJK character takes two cells, a Latin one takes one', () => {
  assert.is(cellsOf('機關OID'), 7);
  assert.is(cellsOf('\uff08一\uff09、'), 8);
  assert.is(cellsOf('𠮷'), 2);
  assert.is(cellsOf(''), 0);
});

cells('padding fills to the cell', () => {
  assert.is(cellsOf(pad('姓名', 10)), 10);
  assert.is(pad('too long', 3), 'too long');
});

cells('wrapping loses no character but spaces, and keeps to the width where it can', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 8, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      assert.is(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
  const ideographs = fc.string({ unit: fc.constantFrom('字', '機', '関', '𠮷', ' '), maxLength: 60 });
  fc.assert(
    fc.property(ideographs, fc.integer({ min: 2, max: 40 }), (text, width) => {
      for (const line of wrap(text, width)) assert.ok(cellsOf(line) <= width, line);
    }),
  );
});

cells('no line begins with a closing mark or ends with an opening one', () => {
  for (const width of [10, 11, 12, 13, 14]) {
    for (const line of wrap('申報資料登錄、申報資料傳送(已讀卡)。給付資料查詢,年資。', width)) {
      assert.not.match(line, /^[、。,)]/);
      assert.not.match(line, /\($/);
    }
  }
});

cells.run();

// -------------------------------------------------------------------------------------
// lines
// -------------------------------------------------------------------------------------

const lines = suite('lines');

const collect = (width: number) => {
  const written: string[] = [];
  return { written, page: { style: plain, width, line: (text = '') => void written.push(text) } };
};

lines('columns line up in two scripts', () => {
  const { page } = collect(80);
  const [heading = '', first = '', second = ''] = tableLines(
    page,
    ['姓名', 'ID'],
    [
      ['王小明', 'A1'],
      ['Lin', 'B2'],
    ],
  );
  const before = (line: string, mark: string): number => cellsOf(line.slice(0, line.indexOf(mark)));
  assert.is(before(heading, 'ID'), before(first, 'A1'));
  assert.is(before(first, 'A1'), before(second, 'B2'));
});

lines('the last column goes on below itself', () => {
  const { page } = collect(40);
  const [, first = '', second = ''] = tableLines(
    page,
    ['a', 'b'],
    [['x', '一二三四五六七八九十一二三四五六七八九十']],
  );
  assert.ok(cellsOf(first) <= 40);
  assert.match(second, /^ +\S/);
});

lines('a second text stands beside the first where it fits, else below', () => {
  const wide = collect(40);
  printPair(wide.page, 2, '中文', 'English');
  assert.equal(wide.written, ['  中文  English']);
  const narrow = collect(12);
  printPair(narrow.page, 2, '中文字', 'English');
  assert.equal(narrow.written, ['  中文字', '  English']);
});

lines('the page is as wide as the terminal, within reason', () => {
  assert.equal([undefined, 20, 90, 300].map(pageWidth), [100, 80, 90, 100]);
});

lines.run();

// -------------------------------------------------------------------------------------
// style, dates, arguments
// -------------------------------------------------------------------------------------

const settings = suite('settings');

settings('colours on a terminal alone, and not with NO_COLOR', () => {
  assert.is(styleFor(true, {}).bold('x'), '\u001b[1mx\u001b[22m');
  assert.is(styleFor(false, {}).bold('x'), 'x');
  assert.is(styleFor(true, { NO_COLOR: '1' }).bad('x'), 'x');
  assert.is(styleFor(true, { NO_COLOR: '' }).bad('x'), '\u001b[31mx\u001b[39m');
  assert.is(styleFor(true, { TERM: 'dumb' }).bad('x'), 'x');
});

settings('GEPI-13: times are those of Taipei in the ROC calendar', () => {
  const ms = taipeiMs('2026-01-05T06:30');
  assert.is(rocDay(ms), '115年01月05日(一)');
  assert.is(clockTime(ms), '06:30');
  assert.is(shortTime(new Date(ms).toISOString()), '115/01/05 06:30');
});

settings('arguments: --data in both forms, --json, and nothing unknown', () => {
  const read = (...words: ReadonlyArray<string>): unknown => {
    const answer = readArguments(words);
    return answer._tag === 'Left' ? answer.left : answer.right;
  };
  assert.equal(read(), { json: false, help: false, data: `${process.cwd()}/data/walkthrough` });
  assert.equal(read('--json', '--data', '/tmp/x'), { json: true, help: false, data: '/tmp/x' });
  assert.equal(read('--data=/tmp/y'), { json: false, help: false, data: '/tmp/y' });
  assert.is(read('--data'), '--data');
  assert.is(read('--data='), '--data=');
  assert.is(read('extra'), 'extra');
});

settings.run();
