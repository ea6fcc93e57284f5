import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCodes } from '../../src/authority/codes.js';
import { hex64, serialHex, uuid } from '../../src/authority/hex.js';
import { createKeyTable } from '../../src/authority/keys.js';
import { createRecords } from '../../src/authority/records.js';
import { createRelation } from '../../src/authority/relations.js';
import { remembering } from '../../src/authority/remember.js';
import { createPermissionSets } from '../../src/authority/sets.js';
import { createTextTable } from '../../src/authority/texts.js';
import { isoOf, msOf } from '../../src/authority/time.js';

const parts = suite('authority: what it is made of');

// -------------------------------------------------------------------------------------
// rows and keys
// -------------------------------------------------------------------------------------

parts('rows keep what was written while their list grows', () => {
  const records = createRecords(4);
  const count = 100_000;
  for (let n = 1; n <= count; n++) {
    assert.is(records.add(), n);
    records.setDouble(n, 0, n / 3);
    records.set(n, 2, n);
    records.set(n, 3, 0xffffffff - n);
  }
  for (let n = 1; n <= count; n++) {
    if (
      records.getDouble(n, 0) !== n / 3 ||
      records.get(n, 2) !== n ||
      records.get(n, 3) !== 0xffffffff - n
    ) {
      assert.unreachable(`row ${n}`);
    }
  }
  assert.is(records.count(), count);
});

parts('a row that was never written, and row 0, read as zeros', () => {
  const records = createRecords(2);
  assert.is(records.get(1, 0), 0);
  assert.is(records.getDouble(7, 0), 0);
  records.add();
  assert.equal([records.get(0, 0), records.get(0, 1), records.get(1, 0)], [0, 0, 0]);
});

parts('each of many keys has a number of its own, also where their hashes begin alike', () => {
  const table = createKeyTable(2);
  const key = new Uint32Array(2);
  const put = (n: number): void => {
    key[0] = n % 7;
    key[1] = Math.floor(n / 7);
  };
  const count = 250_000;
  for (let n = 0; n < count; n++) {
    put(n);
    if (table.find(key) !== 0 || table.intern(key) !== n + 1) assert.unreachable(`key ${n}`);
  }
  for (let n = 0; n < count; n++) {
    put(n);
    if (table.find(key) !== n + 1 || table.intern(key) !== n + 1) assert.unreachable(`key ${n} again`);
  }
  assert.is(table.count(), count);
});

parts('a relation lists each clerk once, for one agency alone', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: 5 }),
        ),
      ),
      (facts) => {
        const relation = createRelation(1);
        const expected = new Map<string, Set<number>>();
        for (const [agency, of, clerk] of facts) {
          relation.key.set([agency, of]);
          relation.add(relation.intern(), clerk);
          expected.set(`${agency} ${of}`, (expected.get(`${agency} ${of}`) ?? new Set()).add(clerk));
        }
        for (const agency of [1, 2, 3]) {
          for (const of of [1, 2, 3]) {
            relation.key.set([agency, of]);
            const found: number[] = [];
            for (let link = relation.first(relation.find()); link !== 0; link = relation.next(link)) {
              found.push(relation.clerk(link));
            }
            assert.equal(found.sort(), [...(expected.get(`${agency} ${of}`) ?? [])].sort());
          }
        }
      },
    ),
  );
});

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

const digits = (alphabet: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((each) => each.join(''));

parts('hashes, UUIDs and serials come back as they were', () => {
  const forms = [
    [hex64, digits('0123456789abcdef', 64, 64)],
    [uuid, fc.uuid()],
    [serialHex, digits('0123456789ABCDEF', 1, 40).filter((text) => !text.startsWith('0'))],
  ] as const;
  for (const [form, texts] of forms) {
    fc.assert(
      fc.property(texts, (text) => {
        const words = new Uint32Array(form.words + 1);
        assert.ok(form.parse(text, words, 1));
        assert.is(
          form.print((n) => words[n + 1] ?? 0),
          text,
        );
      }),
    );
  }
});

parts('a text of another form is refused, never read as another one', () => {
  const words = new Uint32Array(8);
  const wrong = [
    '',
    'x',
    'g'.repeat(64),
    'A'.repeat(64),
    'a'.repeat(63),
    'a'.repeat(65),
    `${'a'.repeat(63)}é`,
  ];
  for (const text of wrong) assert.not(hex64.parse(text, words, 0), text);
  for (const text of [
    '0123456789abcdef0123456789abcdef0123',
    '01234567-89ab-4def-8123-456789abcdeF',
    '01234567-89ab-4def-81234-56789abcdef',
    '-1234567-89ab-4def-8123-456789abcdef',
  ]) {
    assert.not(uuid.parse(text, words, 0), text);
  }
  for (const text of ['', '0', '01', 'a', ' 1', '1 ', '1'.repeat(41)]) {
    assert.not(serialHex.parse(text, words, 0), text);
  }
});

parts('a table keeps any text, hex or not, under one number', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(digits('01', 64, 64), fc.string(), fc.constant('__proto__'))), (texts) => {
      const table = createTextTable(hex64);
      for (const text of texts) assert.is(table.text(table.intern(text)), text);
      for (const text of texts) assert.is(table.text(table.find(text)), text);
      assert.is(table.count(), new Set(texts).size);
    }),
  );
});

parts('each code has its number, short or long, ASCII or not', () => {
  const code = fc.oneof(
    digits('AB1', 0, 14),
    fc.string({ maxLength: 14 }),
    fc.constantFrom('A', 'A\0', '__proto__', '機關'),
  );
  fc.assert(
    fc.property(fc.array(code), code, (texts, other) => {
      const codes = createCodes();
      const expected = new Map<string, number>();
      for (const text of texts) {
        assert.is(codes.find(text), expected.get(text) ?? 0);
        codes.put(text, expected.size + 1);
        expected.set(text, expected.size + 1);
      }
      for (const text of [...texts, other]) assert.is(codes.find(text), expected.get(text) ?? 0);
    }),
  );
});

// -------------------------------------------------------------------------------------
// sets
// -------------------------------------------------------------------------------------

parts('sets of permissions are sets, whatever the size of the menu', () => {
  const code = fc.integer({ min: 0, max: 70 }).map((n) => `fn-${n}`);
  const codes = fc.array(code, { maxLength: 12 });
  fc.assert(
    fc.property(codes, fc.array(fc.tuple(codes, codes), { maxLength: 8 }), (first, changes) => {
      const sets = createPermissionSets();
      let set = sets.of(first);
      const expected = new Set(first);
      for (const [granted, revoked] of changes) {
        const [g, r] = [sets.of(granted), sets.of(revoked)];
        set = sets.change(set, g, r);
        for (const each of revoked) expected.delete(each);
        for (const each of granted) expected.add(each);
      }
      assert.equal(sets.codes(set), [...expected].sort());
      assert.is(sets.of([...expected]), set);
      for (let n = 0; n <= 70; n++)
        assert.is(sets.has(set, sets.numberOf(`fn-${n}`)), expected.has(`fn-${n}`));
    }),
  );
});

// -------------------------------------------------------------------------------------
// time
// -------------------------------------------------------------------------------------

parts('an instant in its normal form is read as the language reads it, and comes back', () => {
  const ms = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) });
  fc.assert(
    fc.property(ms, (time) => {
      const text = new Date(time).toISOString();
      assert.is(msOf(text), time);
      assert.is(isoOf(time), text);
    }),
    { numRuns: 2000 },
  );
});

parts('what is no instant has no time', () => {
  const wrong: ReadonlyArray<unknown> = [
    undefined,
    null,
    0,
    {},
    '2022-02-29T00:00:00.000Z',
    '2022-00-01T00:00:00.000Z',
    '2022-01-00T00:00:00.000Z',
    '2022-01-01T24:00:00.000Z',
    '2022-01-01T00:60:00.000Z',
    '2022-01-01T00:00:60.000Z',
    '2022-01-01T00:00:00.00xZ',
    '2022-01-01T0x:00:00.000Z',
    '202x-01-01T00:00:00.000Z',
    '0999-01-01T00:00:00.000Z',
    '2022-01-01 00:00:00.000Z',
    '2022-01-01T00:00:00.000+',
  ];
  for (const text of wrong) assert.ok(Number.isNaN(msOf(text as string)), String(text));
  assert.is(msOf('2020-02-29T00:00:00.000Z'), Date.UTC(2020, 1, 29));
});

parts.run();

const remembered = suite('rows that were read not long ago');

remembered('are what they were, however many others were read since, and cannot be changed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 50 }), (rows) => {
      let reads = 0;
      const read = remembering((row) => {
        reads++;
        return { row };
      });
      for (const row of rows) assert.equal(read(row), { row });
      assert.is(reads, new Set(rows).size);
      for (let row = 0; row < 3_000; row++) read(row);
      for (const row of rows) assert.equal(read(row), { row });
      assert.ok(Object.isFrozen(read(rows[0] ?? 0)));
    }),
    { numRuns: 20 },
  );
});

remembered.run();
