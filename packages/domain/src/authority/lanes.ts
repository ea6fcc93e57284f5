/**
 * Histories that are judged on their own: one lane for each agency, one for each clerk.
 *
 * A lane keeps its state after all of its events, because that is what nearly every question is about. For any other
 * time it is folded anew from the events that count; lanes are short.
 *
 * @packageDocumentation
 */
import type { Fold } from './fold.js';
import type { Journal } from './journal.js';
import { createRecords } from './records.js';

/** Which events count: in effect by `at`, recorded by `knownAt`; milliseconds since 1970. */
export interface Scope {
  readonly at: number;
  readonly knownAt: number;
}

export interface Lanes {
  /** A new lane; numbers run from 1. */
  readonly add: () => number;
  readonly count: () => number;
  /** The latest row of a lane in store order, 0 where it has none. */
  readonly head: (lane: number) => number;
  /** Takes in a row that was added to the journal with the lane's head as `previous`. */
  readonly append: (lane: number, row: number) => void;
  /** A number that the owner keeps with the lane. */
  readonly note: (lane: number) => number;
  readonly setNote: (lane: number, value: number) => void;
  /** Writes the state as of the scope into `into`; zeros for lane 0. */
  readonly state: (lane: number, scope: Scope, into: Uint32Array) => void;
  /** The rows that count, of those up to row `last`, in the order in which they take effect. */
  readonly rows: (lane: number, scope: Scope, last: number) => ReadonlyArray<number>;
  readonly bytes: () => number;
}

// A lane: latest effective and recorded time (doubles), head, note, state.
const headWord = 4;
const noteWord = 5;
const stateWord = 6;

/** Makes lanes whose state has `width` words, an even number. */
export const createLanes = (journal: Journal, width: number, fold: Fold): Lanes => {
  const lanes = createRecords(stateWord + width);
  const scratch = new Uint32Array(width);
  const found: number[] = [];

  /** Into `found`. Two events that take effect at one time keep their store order, as `sort` keeps it. */
  const collect = (lane: number, { at, knownAt }: Scope, last: number): void => {
    found.length = 0;
    let ordered = true;
    let later = Number.POSITIVE_INFINITY;
    for (let row = lanes.get(lane, headWord); row !== 0; row = journal.previous(row)) {
      const effectiveAt = journal.effectiveAt(row);
      if (row > last || effectiveAt > at || journal.recordedAt(row) > knownAt) continue;
      if (effectiveAt > later) ordered = false;
      later = effectiveAt;
      found.push(row);
    }
    found.reverse();
    if (!ordered) found.sort((a, b) => journal.effectiveAt(a) - journal.effectiveAt(b));
  };

  const foldInto = (lane: number, scope: Scope, into: Uint32Array): void => {
    into.fill(0);
    collect(lane, scope, Number.POSITIVE_INFINITY);
    for (const row of found) fold(into, row);
  };

  const everything: Scope = {
    at: Number.POSITIVE_INFINITY,
    knownAt: Number.POSITIVE_INFINITY,
  };

  return {
    add: () => {
      const lane = lanes.add();
      lanes.setDouble(lane, 0, Number.NEGATIVE_INFINITY);
      lanes.setDouble(lane, 1, Number.NEGATIVE_INFINITY);
      return lane;
    },
    count: lanes.count,
    head: (lane) => lanes.get(lane, headWord),
    append: (lane, row) => {
      const effectiveAt = journal.effectiveAt(row);
      lanes.set(lane, headWord, row);
      lanes.setDouble(lane, 1, Math.max(lanes.getDouble(lane, 1), journal.recordedAt(row)));
      if (effectiveAt >= lanes.getDouble(lane, 0)) {
        lanes.setDouble(lane, 0, effectiveAt);
        for (let n = 0; n < width; n++) scratch[n] = lanes.get(lane, stateWord + n);
        fold(scratch, row);
      } else {
        foldInto(lane, everything, scratch);
      }
      for (let n = 0; n < width; n++) lanes.set(lane, stateWord + n, scratch[n] ?? 0);
    },
    note: (lane) => lanes.get(lane, noteWord),
    setNote: (lane, value) => lanes.set(lane, noteWord, value),
    state: (lane, scope, into) => {
      const all = scope.at >= lanes.getDouble(lane, 0) && scope.knownAt >= lanes.getDouble(lane, 1);
      if (!all) foldInto(lane, scope, into);
      else for (let n = 0; n < width; n++) into[n] = lanes.get(lane, stateWord + n);
    },
    rows: (lane, scope, last) => {
      collect(lane, scope, last);
      return found.slice();
    },
    bytes: lanes.bytes,
  };
};
