import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fold } from '../../src/authority/fold.js';
import type { Journal } from '../../src/authority/journal.js';
import { createLanes, type Scope } from '../../src/authority/lanes.js';

interface Row {
  readonly effectiveAt: number;
  readonly recordedAt: number;
}

/** As much of a journal as lanes look at. */
const journalOf = (rows: ReadonlyArray<Row>, previous: ReadonlyArray<number>): Journal =>
  ({
    effectiveAt: (row: number) => rows[row - 1]?.effectiveAt ?? 0,
    recordedAt: (row: number) => rows[row - 1]?.recordedAt ?? 0,
    previous: (row: number) => previous[row - 1] ?? 0,
  }) as Journal;

/** Tells every order of rows from every other. */
const fold: Fold = (state, row) => {
  state[0] = Math.imul((state[0] ?? 0) ^ row, 0x9e3779b1);
  state[1] = (state[1] ?? 0) + 1;
};

/** What a lane should say, the long way round. */
const expected = (rows: ReadonlyArray<Row>, { at, knownAt }: Scope, last: number): ReadonlyArray<number> =>
  rows
    .map((row, index) => ({ ...row, number: index + 1 }))
    .filter((row) => row.effectiveAt <= at && row.recordedAt <= knownAt && row.number <= last)
    .sort((a, b) => a.effectiveAt - b.effectiveAt)
    .map((row) => row.number);

const stateOf = (rows: ReadonlyArray<number>): ReadonlyArray<number> => {
  const state = new Uint32Array(2);
  for (const row of rows) fold(state, row);
  return [...state];
};

const check = (rows: ReadonlyArray<Row>, scopes: ReadonlyArray<Scope>): void => {
  const previous: number[] = [];
  const lanes = createLanes(journalOf(rows, previous), 2, fold);
  const lane = lanes.add();
  const state = new Uint32Array(2);
  for (let row = 1; row <= rows.length; row++) {
    previous.push(lanes.head(lane));
    lanes.append(lane, row);
    for (const scope of scopes) {
      const known = rows.slice(0, row);
      lanes.state(lane, scope, state);
      assert.equal([...state], stateOf(expected(known, scope, row)));
      assert.equal(lanes.rows(lane, scope, row - 1), expected(known, scope, row - 1));
    }
  }
};

const times = fc.integer({ min: 0, max: 12 });
const scope = fc.record({ at: times, knownAt: times });
const anyRow = fc.record({ effectiveAt: times, recordedAt: times });

const lanes = suite('authority: lanes');

lanes('events in order: a lane of any length tells its state at any time', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ effectiveAt: times, recordedAt: times }), { maxLength: 40 }),
      fc.array(scope, { minLength: 1, maxLength: 4 }),
      (steps, scopes) => {
        const inOrder = (of: (row: Row) => number): ReadonlyArray<number> =>
          steps.map(of).sort((a, b) => a - b);
        const [effective, recorded] = [inOrder((row) => row.effectiveAt), inOrder((row) => row.recordedAt)];
        const rows = steps.map((_, n) => ({
          effectiveAt: effective[n] ?? 0,
          recordedAt: recorded[n] ?? 0,
        }));
        check(rows, scopes);
      },
    ),
  );
});

lanes('events in any order: the same', () => {
  fc.assert(
    fc.property(
      fc.array(anyRow, { maxLength: 40 }),
      fc.array(scope, { minLength: 1, maxLength: 4 }),
      (rows, scopes) => check(rows, scopes),
    ),
  );
});

lanes('one event out of order after many in order: what was kept on the way no longer counts', () => {
  const inOrder = Array.from({ length: 30 }, (_, n) => ({ effectiveAt: n, recordedAt: n }));
  const scopes = [5, 15, 29, 31].flatMap((at) => [10, 29, 30, 40].map((knownAt) => ({ at, knownAt })));
  check([...inOrder, { effectiveAt: 3, recordedAt: 30 }, { effectiveAt: 31, recordedAt: 31 }], scopes);
});

lanes('a lane that is not there has no state', () => {
  const none = createLanes(journalOf([], []), 2, fold);
  const state = Uint32Array.of(7, 7);
  none.state(0, { at: 1, knownAt: 1 }, state);
  assert.equal([...state], [0, 0]);
  none.state(0, { at: Number.NEGATIVE_INFINITY, knownAt: Number.NEGATIVE_INFINITY }, state);
  assert.equal([...state], [0, 0]);
});

lanes.run();
