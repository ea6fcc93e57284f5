import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toPostgres } from '../../src/postgres/dialect.js';
import { excessOf, fairShare, wantedOf, weightOf } from '../../src/postgres/leases.js';
import { keysOf, partitionOf, partitionOfKey, touchOf } from '../../src/postgres/route.js';
import { agencyStreamEvent, portalStreamEvent } from './events.js';

const test = suite('shares of several runners');

// -------------------------------------------------------------------------------------
// who holds what
// -------------------------------------------------------------------------------------

/** Each runner takes its turns until nobody takes or gives up anything. */
const settle = (
  start: ReadonlyArray<ReadonlyArray<number>>,
  partitions: number,
): ReadonlyArray<Set<number>> => {
  const runners = start.map((held) => new Set(held));
  const isFree = (partition: number): boolean => !runners.some((held) => held.has(partition));
  for (let round = 0; round < 10 * partitions; round++) {
    let changed = false;
    for (const held of runners) {
      const excess = excessOf([...held], partitions, runners.length);
      for (const partition of excess) held.delete(partition);
      const free = Array.from({ length: partitions + 1 }, (_, number) => number).filter(isFree);
      const wanted = excess.length > 0 ? [] : wantedOf(free, [...held], partitions, runners.length);
      for (const partition of wanted) held.add(partition);
      changed ||= excess.length + wanted.length > 0;
    }
    if (!changed) return runners;
  }
  throw new Error('they never settle');
};

test('however partitions were held, runners settle, and every partition is held by one of them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 24 }),
      fc.array(fc.nat(24), { minLength: 17, maxLength: 17 }),
      (many, who) => {
        const start = Array.from({ length: many }, (_, runner) =>
          who.flatMap((owner, partition) => (owner === runner ? [partition] : [])),
        );
        const runners = settle(start, 16);
        assert.equal(
          runners.flatMap((held) => [...held]).sort((a, b) => a - b),
          Array.from({ length: 17 }, (_, number) => number),
        );
        for (const held of runners) {
          const weight = [...held].reduce((sum, partition) => sum + weightOf(partition, 16), 0);
          // The partition `whole` cannot be cut: who holds it may have no more than it.
          assert.ok(weight <= fairShare(16, many) || (held.size === 1 && held.has(16)));
        }
      },
    ),
  );
});

test('one runner holds everything, and two hold halves', () => {
  assert.is(settle([[]], 16)[0]?.size, 17);
  const [first, second] = settle([Array.from({ length: 17 }, (_, number) => number), []], 16);
  assert.equal([first?.size, second?.size], [8, 9]);
});

// -------------------------------------------------------------------------------------
// which rows are whose
// -------------------------------------------------------------------------------------

test('the rows that an event makes are of the partition of its stream, and partitions are used alike', () => {
  const used = new Map<number, number>();
  for (let number = 0; number < 4000; number++) {
    const event = agencyStreamEvent(String(10000 + number));
    const partition = partitionOf(event.meta.stream, 16);
    used.set(partition, (used.get(partition) ?? 0) + 1);
    for (const key of keysOf('agency', touchOf(event)))
      assert.is(partitionOfKey('agency', key, 16), partition);
    for (const key of keysOf('stream', touchOf(event)))
      assert.is(partitionOfKey('stream', key, 16), partition);
    assert.equal(keysOf('portal', touchOf(event)), []);
  }
  assert.is(used.size, 16);
  assert.ok([...used.values()].every((many) => many > 125 && many < 500));
  const published = portalStreamEvent('catalogue-gepi');
  const partition = partitionOf('catalogue-gepi', 16);
  for (const key of keysOf('portal', touchOf(published)))
    assert.is(partitionOfKey('portal', key, 16), partition);
  assert.is(partitionOf('privacy-gepi', 16), partition);
});

test('where a row is never changes: the partition of a stream is the same in every version', () => {
  assert.equal(
    ['agency-gepi.10001', 'agency-nhi.3501200000', 'catalogue-gepi', 'terms-ecpa'].map((stream) =>
      partitionOf(stream, 16),
    ),
    [0, 13, 9, 5],
  );
});

// -------------------------------------------------------------------------------------
// how SQL is spelt
// -------------------------------------------------------------------------------------

test('marks become numbers with types, names become one number each, tables get their full name', () => {
  const tableOf = (table: string): string => `s.${table}`;
  assert.equal(toPostgres('SELECT a FROM {t} WHERE b = ? AND c > ?', ['x', 1], tableOf), {
    text: 'SELECT a FROM s.t WHERE b = $1::text AND c > $2::bigint',
    values: ['x', 1],
  });
  assert.equal(toPostgres('SELECT @b, @a, @b', [{ a: 1.5, b: null }], tableOf), {
    text: 'SELECT $1::text, $2::double precision, $1::text',
    values: [null, 1.5],
  });
  assert.equal(toPostgres("SELECT '?', '{t}', 'it''s @a', ?", [Number.NaN], tableOf), {
    text: "SELECT '?', '{t}', 'it''s @a', $1::double precision",
    values: [null],
  });
  // A name that is not given is null, and never something that every object has.
  assert.equal(toPostgres('SELECT @constructor, @missing', [{}], tableOf).values, [null, null]);
  assert.equal(toPostgres('SELECT ?', [], tableOf).values, [null]);
});

test.run();
