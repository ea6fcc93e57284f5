import { list, t } from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cursorsOf, pageOf } from '../../../src/server/pages/cursor.js';
import { queryNumber } from '../../../src/server/pages/query-number.js';

const examples = suite('pages: by example');

examples('a cursor leads back to where it was made, in the same list alone', () => {
  const history = cursorsOf('history EX001', t.Int);
  const other = cursorsOf('history EX002', t.Int);
  assert.equal(history.read(history.after(7 as t.Int)), E.right(7));
  assert.equal(other.read(history.after(7 as t.Int)), E.left('CURSOR_INVALID'));
});

examples('what is no cursor is told', () => {
  const cursors = cursorsOf('x', t.Int);
  const made = cursors.after(1 as t.Int);
  const forged = [
    '',
    ' ',
    'AAAA',
    `${made}=`,
    `${made}A`,
    made.slice(1),
    '字',
    'e30',
    'x'.repeat(5000),
    'W10',
    'bnVsbA',
  ];
  for (const text of forged) assert.equal(cursors.read(text), E.left('CURSOR_INVALID'), text);
});

examples('a page has a next one only where there is more', () => {
  const after = (row: number): string => `after ${row}`;
  assert.equal(pageOf([1, 2, 3], 2, after), { items: [1, 2], next: 'after 2' });
  assert.equal(pageOf([1, 2], 2, after), { items: [1, 2], next: null });
  assert.equal(pageOf([], 2, after), { items: [], next: null });
});

examples('a number of an address is digits', () => {
  const codec = queryNumber(1, 100);
  assert.equal(codec.decode('100'), E.right(100));
  for (const text of ['0', '101', '01', '+1', '1.0', '1e1', ' 1', '', '１', 1, null, ['1']]) {
    assert.ok(E.isLeft(codec.decode(text)), String(text));
  }
});

examples.run();

const properties = suite('pages: properties');

properties('any place comes back as it was, and any other text is refused', () => {
  const place = t.strict({ at: t.string, after: list(t.string, { most: 3 }) });
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.record(
        {
          at: fc.string({ unit: 'grapheme', maxLength: 20 }),
          after: fc.array(fc.string(), { maxLength: 3 }),
        },
        { noNullPrototype: true },
      ),
      fc.string(),
      (name, at, garbage) => {
        const cursors = cursorsOf(name, place);
        const made = cursors.after(at);
        if (made.length <= 1024) assert.equal(cursors.read(made), E.right(at));
        if (garbage !== made) assert.ok(E.isLeft(cursors.read(garbage)));
        assert.match(made, /^[A-Za-z0-9_-]+$/);
      },
    ),
  );
});

properties('pages one after the other are the list', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 7 }), (rows, limit) => {
      const cursors = cursorsOf('rows', t.Int);
      const seen: number[] = [];
      let from = 0;
      for (;;) {
        const page = pageOf(rows.slice(from, from + limit + 1), limit, (row) => cursors.after(row as t.Int));
        seen.push(...page.items);
        if (page.next === null) break;
        const at = cursors.read(page.next);
        if (E.isLeft(at)) throw new Error('no cursor');
        from = rows.indexOf(at.right) + 1;
      }
      assert.equal(seen, rows);
    }),
  );
});

properties.run();
