import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byteOrderMark, type Cell, csvCell, csvRow } from '../../../src/server/export/csv.js';
import { csvOf, jsonLinesOf, streamOf } from '../../../src/server/export/stream.js';

const pagesOf = async function* <A>(
  ...pages: ReadonlyArray<ReadonlyArray<A>>
): AsyncGenerator<ReadonlyArray<A>> {
  yield* pages;
};

const textOf = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  const octets = await new Response(stream).arrayBuffer();
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets);
};

/** A reader of RFC 4180, written from its grammar. */
const readCsv = (text: string): ReadonlyArray<ReadonlyArray<string>> => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let i = 0;
  const endCell = (): void => {
    row.push(cell);
    cell = '';
  };
  while (i < text.length) {
    if (text[i] === '"') {
      for (i++; i < text.length; i++) {
        if (text[i] !== '"') cell += text[i];
        else if (text[i + 1] === '"') cell += text[++i];
        else break;
      }
      i++;
    } else if (text[i] === ',') {
      endCell();
      i++;
    } else if (text.startsWith('\r\n', i)) {
      endCell();
      rows.push(row);
      row = [];
      i += 2;
    } else {
      cell += text[i++];
    }
  }
  return rows;
};

const examples = suite('export: by example');

examples('RFC 4180: commas, quotes and ends of lines are quoted, quotes doubled, lines end in CRLF', () => {
  assert.is(csvRow(['a', 'b,c', 'd"e', 'f\r\ng', null, true, -5]), 'a,"b,c","d""e","f\r\ng",,true,-5\r\n');
});

examples('a text that a spreadsheet would run begins with an apostrophe', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠A']) {
    assert.is(csvCell(text), `"'${text}"`, text);
  }
  assert.is(csvCell(`=HYPERLINK("http://x")`), `"'=HYPERLINK(""http://x"")"`);
  assert.is(csvCell('a=1'), 'a=1');
  assert.is(csvCell(-1), '-1');
});

examples('spaces at the ends of a cell are kept', () => {
  assert.is(csvCell(' a'), '" a"');
  assert.is(csvCell('a '), '"a "');
});

examples('a table has the mark that Excel knows UTF-8 by, its heading, then its rows', async () => {
  const text = await textOf(
    streamOf(csvOf(['代號', '姓名'], pagesOf([1], [], [2, 3]), (n) => [n, `林${n}`])),
  );
  assert.is(text, `${byteOrderMark}代號,姓名\r\n1,林1\r\n2,林2\r\n3,林3\r\n`);
});

examples('JSON lines: one text a line', async () => {
  const text = await textOf(streamOf(jsonLinesOf(pagesOf([{ a: 'x\ny' }], [{ a: 2 }]), (row) => row)));
  assert.is(text, '{"a":"x\\ny"}\n{"a":2}\n');
});

examples('nothing is read before it is asked for, and who goes away ends the source', async () => {
  let read = 0;
  let ended = false;
  const endless = async function* (): AsyncGenerator<string> {
    try {
      for (;;) yield `${read++}`;
    } finally {
      ended = true;
    }
  };
  const reader = streamOf(endless()).getReader();
  await reader.read();
  await reader.read();
  assert.ok(read <= 4, `${read} were read`);
  await reader.cancel();
  assert.ok(ended);
});

examples('a source that fails breaks the answer off', async () => {
  const failing = async function* (): AsyncGenerator<string> {
    yield 'a';
    throw new Error('the read model is gone');
  };
  const reader = streamOf(failing()).getReader();
  assert.is(new TextDecoder().decode((await reader.read()).value), 'a');
  const outcome = await reader.read().then(
    () => 'went on',
    () => 'broke off',
  );
  assert.is(outcome, 'broke off');
});

examples.run();

const properties = suite('export: properties');

const cells = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",\' a字') }),
  fc.constant(null),
);
const table = fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { maxLength: 5 });

properties('what is written is read back, but for the apostrophe before what would run', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const read = readCsv(rows.map((row) => csvRow(row)).join(''));
      const harmless = (cell: Cell): string => {
        const text = cell === null ? '' : String(cell);
        return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
      };
      assert.equal(
        read,
        rows.map((row) => row.map(harmless)),
      );
    }),
  );
});

properties('no cell begins with what a spreadsheet runs', () => {
  fc.assert(
    fc.property(table, (rows) => {
      for (const row of readCsv(rows.map((row) => csvRow(row)).join(''))) {
        for (const cell of row) assert.not.match(cell, /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/);
      }
    }),
  );
});

properties.run();
