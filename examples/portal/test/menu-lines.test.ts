import { gepiCatalogue, gepiCatalogueNext } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { menuLines, readMenu } from '../src/staff/menu-lines.js';

const test = suite('portal: the menu as lines');

const entriesOf = (text: string) => {
  const read = readMenu(text);
  if (!read.ok) throw new Error(`line ${read.line}`);
  return read.entries;
};

test('GEPI-36: a menu written as lines and read again is the same menu', () => {
  for (const menu of [gepiCatalogue, gepiCatalogueNext]) {
    const read = entriesOf(menuLines(menu));
    assert.equal(new Map(read.map((one) => [one.code, one])), new Map(menu.map((one) => [one.code, one])));
    assert.is(menuLines(read), menuLines(menu));
  }
});

test('groups hold what follows them, and groups within them', () => {
  const text =
    'top | 頂 | Top\n\n# a | 甲 | A\n  a1 | 甲一 | A1  \r\n## b | 乙 | B\nb1 | 乙一 | B1\n# c | 丙 | C\nc1 | 丙一 | C1';
  const parents = entriesOf(text).map(({ code, kind, parent }) => `${kind[0]} ${code} in ${parent}`);
  assert.equal(parents, [
    ...['f top in null', 'g a in null', 'f a1 in a', 'g b in a', 'f b1 in b', 'g c in null', 'f c1 in c'],
  ]);
});

test('a line that cannot be read is named', () => {
  for (const [text, line] of [
    ['a', 1],
    ['a | 甲 | A\n\nb | 乙', 3],
    ['| 甲 | A', 1],
    ['a | 甲 | A | more', 1],
    ['## a | 甲 | A', 1],
    ['# a | 甲 | A\n### b | 乙 | B', 2],
  ] as const)
    assert.equal(readMenu(text), { ok: false, line });
});

test('any text is read or refused, and what is read is a tree', () => {
  const piece = fc.oneof(fc.constantFrom('#', '##', '|', '\n', ' ', 'a', 'b'), fc.string({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const read = readMenu(pieces.join(''));
      if (!read.ok) return;
      const groups = new Set<string>();
      for (const { kind, parent, code } of read.entries) {
        assert.ok(parent === null || groups.has(parent));
        if (kind === 'group') groups.add(code);
      }
    }),
  );
});

test.run();
