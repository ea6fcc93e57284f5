import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencyStream } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RowCode, readRows, rowTexts, textOfFile } from '../src/index.js';
import { heading, inBig5, nationalId, row, serial } from './support/clerk-csv.js';
import { mandate, mandateJson } from './support/terminal.js';
import { clerk, fill, filledFolder, freshDirectory, openFolder, secretFile } from './support/world.js';

// -------------------------------------------------------------------------------------
// bytes
// -------------------------------------------------------------------------------------

const bytes = suite('the bytes of a CSV');

const textIn = (file: Uint8Array) => textOfFile(file);

bytes('UTF-8, with and without a byte order mark, and Big5 are told apart', () => {
  const text = `${heading}\r\n${row(1)}\r\n`;
  const utf8 = new TextEncoder().encode(text);
  const marked = new TextEncoder().encode(`\ufeff${text}`);
  for (const [file, encoding] of [
    [utf8, 'utf-8'],
    [marked, 'utf-8'],
    [inBig5(text), 'big5'],
  ] as const) {
    const found = textIn(file);
    assert.ok(found._tag === 'Right');
    assert.equal(found.right, { text, encoding });
  }
});

bytes('what is neither, UTF-16, and text with NUL are refused, and never guessed at', () => {
  const files = [
    new Uint8Array([0xff, 0xfe, 0x5f, 0x6a]),
    new Uint8Array([0xfe, 0xff, 0x6a, 0x5f]),
    new Uint8Array([0x41, 0xff, 0xff]),
    new Uint8Array([0x41, 0x00, 0x42]),
    inBig5('機關').subarray(0, 3),
  ];
  for (const file of files) {
    const found = textIn(file);
    assert.ok(found._tag === 'Left' && found.left.code === 'CSV_ENCODING');
  }
});

bytes('any bytes are a text or a refusal, and any text is rows or a refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (file) => {
      const found = textIn(file);
      if (found._tag === 'Right') readRows(found.right.text);
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('"', ',', '\n', '\r', '=', 'A', '陳', ' ', ';', '\u0000'), { maxLength: 40 }),
      (parts) => {
        const found = readRows(`${heading}\n${parts.join('')}`);
        if (found._tag === 'Right')
          for (const { clerk: one, faults } of found.right) assert.is(one === undefined, faults.length > 0);
      },
    ),
  );
});

bytes.run();

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const rows = suite('the rows of a CSV');

const faultsIn = (...lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const found = readRows([heading, ...lines].join('\n'));
  if (found._tag === 'Left') return [found.left.code];
  return found.right.flatMap(({ row: number, faults }) =>
    faults.map(({ code, column }) => `${number} ${code}${column === null ? '' : ` ${column}`}`),
  );
};

rows('each is read for itself, and everything that is wrong with it is told by code and column', () => {
  assert.equal(faultsIn(row(1), row(2)), []);
  assert.equal(faultsIn(row(1), row(2, { id: 'A123456788' })), ['3 PERSONAL_ID_CHECKSUM nationalId']);
  assert.equal(faultsIn(row(1, { id: 'A12345' })), ['2 PERSONAL_ID_FORMAT nationalId']);
  assert.equal(faultsIn(row(1, { agency: 'E1' })), ['2 AGENCY_CODE_FORMAT agency']);
  assert.equal(faultsIn(row(1, { serial: '1.2E+31' })), ['2 CERTIFICATE_SERIAL_CHARACTERS serial']);
  assert.equal(faultsIn(row(1, { serial: 'ABC' })), ['2 CERTIFICATE_SERIAL_LENGTH serial']);
  assert.equal(faultsIn(row(1, { functions: ' ' })), ['2 PERMISSION_REQUIRED functions']);
  assert.equal(faultsIn(row(1, { name: '' })), ['2 REQUIRED name']);
  assert.equal(faultsIn(`${row(1)},more`), ['2 COLUMNS_WRONG']);
  assert.equal(faultsIn('EX000,陳示範'), ['2 COLUMNS_WRONG']);
  assert.equal(faultsIn(row(1, { name: '', id: 'x', serial: 'y' })).length, 3);
});

rows('a cell that a spreadsheet would run is refused, whatever it holds', () => {
  for (const cell of ['=1+1', '+886', '-1', '@SUM(A1)', ' =A1', '"=HYPERLINK(""x"")"', '"\tx"']) {
    assert.equal(faultsIn(row(1, { name: cell })), ['2 FORMULA_CELL name'], cell);
  }
});

rows('empty rows are passed over and counted, quoted cells may hold commas and lines', () => {
  assert.equal(faultsIn(row(1), '', ',,,,', row(2, { id: 'x' })), ['5 PERSONAL_ID_FORMAT nationalId']);
  const found = readRows(
    `${heading}\n${row(1, { functions: '"premium-edit; premium-view\n、premium-edit"' })}`,
  );
  assert.ok(found._tag === 'Right');
  assert.equal(found.right[0]?.clerk?.functions, ['premium-edit', 'premium-view']);
});

rows(
  'headings stand in any order, in either language; one that is missing, unknown or twice is refused',
  () => {
    const ok = readRows(
      `Serial,functions,NationalId,agency,name\n${serial(1)},premium-edit,${nationalId(1)},EX000,陳示範`,
    );
    assert.ok(ok._tag === 'Right' && ok.right[0]?.clerk?.agency === 'EX000');
    for (const wrong of ['', 'agency,name', `${heading},備註`, `${heading},姓名`]) {
      const found = readRows(`${wrong}\n${row(1)}`);
      assert.ok(found._tag === 'Left' && found.left.code === 'CSV_HEADING', wrong);
    }
  },
);

rows(
  'a quoted comma stays in its cell, and a row is counted as a spreadsheet counts, whatever lines it has',
  () => {
    assert.equal(faultsIn(row(1, { name: '"陳,示範"' })), []);
    const lines = row(1, { functions: '"premium-edit\n\n\npremium-view"' });
    assert.equal(faultsIn(lines, row(2, { id: 'x' })), ['3 PERSONAL_ID_FORMAT nationalId']);
    for (const end of ['\n', '\r\n', '\r']) {
      const found = readRows(`${[heading, row(1), row(2)].join(end)}${end}`);
      assert.ok(found._tag === 'Right', JSON.stringify(end));
      assert.equal(
        found.right.map(({ row: number, faults }) => [number, faults.length]),
        [
          [2, 0],
          [3, 0],
        ],
      );
    }
  },
);

rows('a quote that is never closed is told by its row, and the rows before it have their verdicts', () => {
  assert.equal(faultsIn(row(1, { id: 'x' }), '"陳示範,A123456789', row(3)), [
    '2 PERSONAL_ID_FORMAT nationalId',
    '3 QUOTE_OPEN',
  ]);
  const found = readRows(`"${heading}\n${row(1)}`);
  assert.ok(found._tag === 'Left' && found.left.code === 'CSV_MALFORMED');
});

rows('a quote where none may stand is told of its row, and the rows after it are read', () => {
  for (const name of ['陳"示範', '"陳"示範', '陳示範"']) {
    const told = faultsIn(row(1, { id: 'x' }), row(2, { name }), row(3, { id: 'x' }));
    assert.equal(
      told,
      ['2 PERSONAL_ID_FORMAT nationalId', '3 QUOTE_MISPLACED', '4 PERSONAL_ID_FORMAT nationalId'],
      name,
    );
  }
  // A quote that opens and runs on until another one: what lies between is one row.
  const run = faultsIn(
    row(1, { name: '"陳示範' }),
    row(2),
    row(3, { name: '"林示範"' }),
    row(4, { id: 'x' }),
  );
  assert.equal(run, ['2 QUOTE_MISPLACED', '3 PERSONAL_ID_FORMAT nationalId']);
  assert.equal(faultsIn(row(1, { name: '"陳 ""小"" 示範"' })), [], 'a quote that is written as it should be');
});

rows(
  'a cell of a million characters is told of its row, quoted or not, and the rows around it are read',
  () => {
    const long = '陳'.repeat(1_000_000);
    for (const name of [long, `"${long}"`]) {
      const told = faultsIn(row(1, { id: 'x' }), row(2, { name }), row(3, { id: 'x' }));
      assert.equal(told, [
        '2 PERSONAL_ID_FORMAT nationalId',
        '3 ROW_TOO_LONG',
        '4 PERSONAL_ID_FORMAT nationalId',
      ]);
    }
    const found = readRows([heading, row(1, { name: long })].join('\n'));
    assert.is(found._tag === 'Right' && found.right[0]?.agency, 'EX000', 'only its own agency waits for it');
  },
);

rows('every code has both texts', () => {
  const codes: ReadonlyArray<RowCode> = [
    'COLUMNS_WRONG',
    'ROW_TOO_LONG',
    'QUOTE_MISPLACED',
    'QUOTE_OPEN',
    'FORMULA_CELL',
    'ROW_TWICE',
    'PERSON_TWICE',
    'SERIAL_TWICE',
    'AGENCY_HELD_BACK',
    'PERSONAL_ID_CHECKSUM',
    'AGENCY_NOT_REGISTERED',
    'PERMISSION_UNKNOWN',
  ];
  for (const code of codes) {
    const { zh, en } = rowTexts(code);
    assert.match(zh, /\p{Script=Han}/u);
    assert.not.match(en, /\p{Script=Han}/u);
  }
});

rows.run();

// -------------------------------------------------------------------------------------
// check clerks
// -------------------------------------------------------------------------------------

const check = suite('check clerks');

interface Row {
  readonly row: number;
  readonly ok: boolean;
  readonly faults: ReadonlyArray<{ readonly code: string; readonly zh: string }>;
}

const checked = async (folder: string, lines: ReadonlyArray<string>, options: ReadonlyArray<string> = []) => {
  const file = join(freshDirectory(), 'clerks.csv');
  writeFileSync(file, [heading, ...lines].join('\n'));
  const words = [
    'check',
    'clerks',
    '--from',
    folder,
    '--secret-file',
    secretFile(),
    '--portal',
    'gepi',
    ...options,
    file,
  ];
  const ran = await mandateJson(words);
  const told = (ran['rows'] ?? []) as ReadonlyArray<Row>;
  return {
    ran,
    words,
    told: told.map(
      ({ row: number, ok, faults }) => `${number} ${ok ? 'ok' : faults.map(({ code }) => code).join(' ')}`,
    ),
  };
};

check('rows of registered agencies that nothing speaks against can be imported', async () => {
  const { ran, told } = await checked(await filledFolder(2), [row(1), row(2, { agency: 'EX001' })]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  assert.equal(told, ['2 ok', '3 ok']);
});

check('what the register knows speaks against a row; the other rows of its agency wait', async () => {
  const folder = await filledFolder(3);
  const { ran, told } = await checked(folder, [
    row(1),
    row(2, { functions: 'fly' }),
    row(3, { agency: 'EX001' }),
    row(4, { agency: 'ZZ999' }),
    row(5, { agency: 'EX002', id: nationalId(9) }),
    row(6, { agency: 'EX002', id: nationalId(9) }),
  ]);
  assert.is(ran.exit, 1);
  assert.equal(told, [
    '2 AGENCY_HELD_BACK',
    '3 PERMISSION_UNKNOWN',
    '4 ok',
    '5 AGENCY_NOT_REGISTERED',
    '6 AGENCY_HELD_BACK',
    '7 PERSON_TWICE',
  ]);
});

check(
  'rows, persons and serials that stand there twice are told; a row whose agency cannot be read holds all back',
  async () => {
    const folder = await filledFolder(2);
    const twice = await checked(folder, [
      row(1),
      row(1),
      row(2, { serial: serial(1) }),
      row(3, { agency: 'EX001', serial: serial(1) }),
    ]);
    assert.equal(twice.told, ['2 AGENCY_HELD_BACK', '3 ROW_TWICE', '4 SERIAL_TWICE', '5 ok']);
    const homeless = await checked(folder, [row(1), row(2, { agency: '?' })]);
    assert.equal(homeless.told, ['2 AGENCY_HELD_BACK', '3 AGENCY_CODE_FORMAT']);
  },
);

check(
  'one person a thousand times, otherwise each time, is told each time; the very same row is told as such',
  async () => {
    const folder = await filledFolder(1);
    const many = Array.from({ length: 1_000 }, (_, n) => row(1, { serial: serial(n) }));
    const { told } = await checked(folder, [
      ...many,
      row(1, { serial: serial(0) }),
      row(1, { serial: serial(500) }),
    ]);
    assert.is(told[0], '2 AGENCY_HELD_BACK');
    assert.equal(new Set(told.slice(1, 1_000).map((line) => line.split(' ')[1])), new Set(['PERSON_TWICE']));
    assert.equal(told.slice(1_000), ['1002 ROW_TWICE', '1003 ROW_TWICE']);
  },
);

check('a file that is too large is told before it is read', async () => {
  const folder = await filledFolder(1);
  const file = join(freshDirectory(), 'clerks.csv');
  writeFileSync(file, heading);
  // A hole: it takes no room.
  truncateSync(file, 2 ** 27 + 1);
  const words = ['check', 'clerks', '--from', folder, '--secret-file', secretFile(), '--portal', 'gepi'];
  const ran = await mandateJson([...words, file]);
  assert.equal([ran.exit, ran['code']], [1, 'CSV_TOO_LARGE']);
});

check('who is a clerk already, by person, is told; an agency that is closed is, too', async () => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, 2);
  const person = await adapters.vault.pseudonym('person', nationalId(7))();
  assert.ok(person._tag === 'Right');
  const known = clerk('known');
  assert.ok(known.type === 'ClerkAuthorized');
  await write(agencyStream('gepi', 'EX000'), [
    { ...known, data: { ...known.data, person: person.right }, subject: person.right },
  ]);
  await write(agencyStream('gepi', 'EX001'), [{ type: 'AgencySuspended', data: { reason: 'audit' } }]);
  await adapters.close();
  const { told } = await checked(folder, [row(7), row(8, { agency: 'EX001' })]);
  assert.equal(told, ['2 CLERK_ALREADY_AUTHORIZED', '3 AGENCY_SUSPENDED']);
});

check('answers hold no name, no ID and no serial, and nothing is written', async () => {
  const folder = await filledFolder(1);
  const before = readFileSync(join(folder, 'events.db'));
  const { words } = await checked(folder, [
    row(1, { functions: 'fly' }),
    row(2, { name: '=陳' }),
    row(3, { id: 'B123456789' }),
  ]);
  for (const language of ['en', 'zh-TW']) {
    const { exit, out, err } = await mandate([...words, '--lang', language]);
    assert.is(exit, 1);
    for (const secret of ['陳', nationalId(1), 'B123456789', serial(1)])
      assert.not.match(`${out}${err}`, secret);
  }
  assert.equal(readFileSync(join(folder, 'events.db')), before);
});

check('a broken row takes the verdict from no other one, and nothing is imported', async () => {
  const folder = await filledFolder(2);
  const before = readFileSync(join(folder, 'events.db'));
  const long = row(2, { name: '陳'.repeat(1_000_000) });
  const others = [row(1), row(3, { agency: 'EX001' })];
  const { told: ofLong } = await checked(folder, [...others, long]);
  assert.equal(ofLong, ['2 AGENCY_HELD_BACK', '3 ok', '4 ROW_TOO_LONG']);
  for (const [broken, code] of [
    [row(2, { name: '陳"示範' }), 'QUOTE_MISPLACED'],
    [row(2, { name: '"陳示範' }), 'QUOTE_OPEN'],
  ] as const) {
    const { ran, told, words } = await checked(folder, [...others, broken]);
    assert.equal([ran.exit, told], [1, ['2 AGENCY_HELD_BACK', '3 AGENCY_HELD_BACK', `4 ${code}`]]);
    const [file = ''] = words.slice(-1);
    const imported = await mandateJson([
      ...['import', 'clerks', '--to', folder, '--secret-file', secretFile(), '--portal', 'gepi'],
      ...['--staff', 'operator', '--source', 'former', file],
    ]);
    assert.equal([imported.exit, imported['imported'], imported['refused']], [1, 0, 3]);
  }
  assert.equal(readFileSync(join(folder, 'events.db')), before);
});

check('a portal without a pack is exit code 2, as for the import', async () => {
  const { ran } = await checked(await filledFolder(1), [row(1)], ['--portal', 'nope']);
  assert.equal([ran.exit, ran['code'], ran['detail']], [2, 'OPTION_WRONG', '--portal: no such pack']);
});

check(
  'more rows of an agency than one append can have are told beforehand, and those of others are not',
  async () => {
    const many = Array.from({ length: 500 }, (_, n) => row(n));
    const { ran, told } = await checked(await filledFolder(2), [...many, row(501, { agency: 'EX001' })]);
    assert.is(ran.exit, 1);
    assert.equal(
      new Set(told.slice(0, 500).map((line) => line.split(' ')[1])),
      new Set(['AGENCY_TOO_LARGE']),
    );
    assert.is(told.at(-1), '502 ok');
  },
);

check('a file in Big5 is read as such, and --encoding holds it to one', async () => {
  const folder = await filledFolder(1);
  const file = join(freshDirectory(), 'clerks.csv');
  writeFileSync(file, inBig5(`${heading}\r\n${row(1)}\r\n`));
  const words = ['check', 'clerks', '--from', folder, '--secret-file', secretFile(), '--portal', 'gepi'];
  const told = await mandateJson([...words, file]);
  assert.equal([told.exit, told['encoding']], [0, 'big5']);
  assert.is((await mandateJson([...words, '--encoding', 'utf-8', file]))['code'], 'CSV_ENCODING');
  assert.is((await mandateJson([...words, '--encoding', 'latin1', file]))['code'], 'OPTION_WRONG');
  assert.is((await mandateJson([...words, join(freshDirectory(), 'none.csv')]))['code'], 'FILE_FAULT');
});

check.run();
