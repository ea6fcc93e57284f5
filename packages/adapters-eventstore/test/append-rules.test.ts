import type { EventToAppend, Position } from '@mandate/domain';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { batchFault, judge, largestBatch } from '../src/append-rules.js';
import { event } from '../src/conformance/event-store/harness.js';
import { memoryEventStore } from '../src/index.js';
import { parsePosition, printPosition } from '../src/position.js';
import { stream } from './support/events.js';
import { left } from './support/right.js';

const test = suite('rules of an append');

const named = (ids: ReadonlyArray<string>): ReadonlyArray<EventToAppend> =>
  ids.map((id) => ({ ...event(id), id }));

test('a batch beyond the largest is BATCH_INVALID', () => {
  const half = 'x'.repeat(largestBatch / 2);
  assert.is(batchFault(stream('a'), [event('1', half), event('2', half)]), undefined);
  assert.is(batchFault(stream('a'), [event('1', half), event('2', `${half}x`)])?.code, 'BATCH_INVALID');
});

test('text without a UTF-8 form is BATCH_INVALID wherever it stands', () => {
  const odd = 'a\udc00';
  for (const part of ['id', 'type', 'body', 'hash'] as const) {
    assert.is(batchFault(stream('a'), [{ ...event('1'), [part]: odd }])?.code, 'BATCH_INVALID');
  }
  assert.is(batchFault(stream(odd), [event('1')])?.code, 'BATCH_INVALID');
});

test('property: written when the expected revision is the last, repeated when these ids follow it, else refused', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  const batch = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(ids, batch, fc.integer({ min: -2, max: 6 }), (stored, given, expected) => {
      const last = stored.length - 1;
      const verdict = judge(last, expected, named(given), (from, to) => stored.slice(from, to + 1));
      const there = stored.slice(expected + 1, expected + 1 + given.length).join();
      if (expected < 0) assert.is(verdict._tag, 'Refuse');
      else if (expected === last) assert.equal(verdict, { _tag: 'Write', first: last + 1 });
      else if (expected < last && there === given.join()) {
        assert.equal(verdict, { _tag: 'Repeat', last: expected + given.length });
      } else assert.is(verdict._tag, 'Refuse');
    }),
    { numRuns: 1_000 },
  );
});

test('property: positions are ordered as their numbers are, and are read back', () => {
  const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(number, number, (a, b) => {
      assert.is(printPosition(a) < printPosition(b), a < b);
      assert.is(parsePosition(printPosition(a)), a);
    }),
  );
});

test('the memory store refuses a position that is none', async () => {
  const store = memoryEventStore();
  for (const foreign of ['', '1', 'C:12/P:12']) {
    assert.is((await left(store.readAll({ after: foreign as Position }, 1))).code, 'BATCH_INVALID');
  }
});

test.run();
