import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { itemsIn, testNames } from '../names.js';
import { type Checklist, coverageOf, missing, renderPage, unknown } from '../page.js';

const naming = suite('names');

naming('a name means the items it numbers, ranges and lists too', () => {
  assert.equal(itemsIn('GEPI-23: an OID that does not match'), ['GEPI-23']);
  assert.equal(itemsIn('GEPI-12…15: terms'), ['GEPI-12', 'GEPI-13', 'GEPI-14', 'GEPI-15']);
  assert.equal(itemsIn('GEPI-12–14 and X-2'), ['GEPI-12', 'GEPI-13', 'GEPI-14', 'X-2']);
  assert.equal(itemsIn('GEPI-9..10, 20, 22…23'), ['GEPI-9', 'GEPI-10', 'GEPI-20', 'GEPI-22', 'GEPI-23']);
  assert.equal(itemsIn('(GEPI-36、38)'), ['GEPI-36', 'GEPI-38']);
});

naming('what only looks like an item is none', () => {
  assert.equal(itemsIn('after 2026-11-21, UTF-8, MAX-3, agepi-2'), []);
  assert.equal(itemsIn('GEPI-4 at 7, then 24 hours'), ['GEPI-4']);
});

naming('names are read from calls with a text and a function, never from comments or skipped tests', () => {
  const source = [
    '// GEPI-1 in a comment',
    "const text = 'GEPI-2';",
    "clerks('GEPI-3: one', () => {});",
    'clerks(`GEPI-4: $' + '{name}`, async function () {});',
    "clerks('GEPI-5: by name', body);",
    "clerks.skip('GEPI-6', () => {});",
    "log('GEPI-7');",
  ].join('\n');
  assert.equal(
    testNames('a.test.ts', source).map(({ line, name }) => `${line} ${name}`),
    ['3 GEPI-3: one', '4 GEPI-4: …', '5 GEPI-5: by name'],
  );
});

naming.run();

// -------------------------------------------------------------------------------------

const checklist: Checklist = {
  now: ['GEPI', 'X'],
  items: [
    { id: 'GEPI-1', kind: 'D', title: 'one' },
    { id: 'GEPI-2', kind: 'D', title: 'two' },
    { id: 'GEPI-3', kind: 'H', title: 'three' },
    { id: 'NHI-1', kind: 'D', title: 'four' },
  ],
};

const test = (name: string, line = 1) => ({ file: 'packages/domain/test/a.test.ts', line, name });

const page = suite('the page');

page('a D item of GEPI that no test names is missing; help data and later families are not', () => {
  const coverage = coverageOf([test('GEPI-1: yes')]);
  assert.equal(
    missing(checklist, coverage).map(({ id }) => id),
    ['GEPI-2'],
  );
  assert.equal(missing(checklist, coverageOf([test('GEPI-1…2: both')])), []);
});

page('a number that the checklist does not have is told with its place', () => {
  assert.equal(unknown(checklist, coverageOf([test('GEPI-99: what?', 7)])), [
    'packages/domain/test/a.test.ts:7: GEPI-99 is not in the checklist',
  ]);
});

page('each item has a row with its tests, none, or later', () => {
  const rows = renderPage(checklist, coverageOf([test('GEPI-1: a|b'), test('GEPI-1: c')])).split('\n');
  assert.ok(
    rows.includes('| GEPI-1 | D | one | `packages/domain/test/a.test.ts`: GEPI-1: a\\|b; GEPI-1: c |'),
  );
  assert.ok(rows.includes('| GEPI-2 | D | two | none |'));
  assert.ok(rows.includes('| NHI-1 | D | four | later |'));
});

page.run();
