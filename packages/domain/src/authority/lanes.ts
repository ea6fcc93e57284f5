/**
 * Histories that are judged on their own: one lane for each agency, one for each clerk.
 *
 * A lane keeps its state after all of its events, because that is what nearly every question is about. For any other
 * time it is folded from the events that count; a long lane has checkpoints on the way, so that it is not folded from its
 * beginning.
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

// A lane: latest effective and recorded time (doubles), state, and then head, note, latest checkpoint, rows since then.
// What every question reads comes first, in rows of whole cache lines, so that it is one wait for memory.
const stateWord = 4;
const wordsAfterState = 4;
const wordsOfLine = 16;

/** What stands in the place of a count where a lane has events that take effect, or were recorded, out of order. */
const outOfOrder = 0xffff_ffff;

// A checkpoint: effective and recorded time of its row (doubles), the row, the checkpoint before, the state after it.
const checkpointRowWord = 4;
const earlierWord = 5;
const checkpointStateWord = 6;

/** So many rows of a lane lie between two checkpoints: each row is a wait for memory. */
const stride = 4;

/** Makes lanes whose state has `width` words, an even number. */
export const createLanes = (journal: Journal, width: number, fold: Fold): Lanes => {
  const headWord = stateWord + width;
  const noteWord = headWord + 1;
  const checkpointWord = headWord + 2;
  const sinceWord = headWord + 3;
  const lines = Math.ceil((headWord + wordsAfterState) / wordsOfLine);
  const lanes = createRecords(lines * wordsOfLine);
  const checkpoints = createRecords(checkpointStateWord + width);
  const scratch = new Uint32Array(width);
  const found: number[] = [];

  /** Where to look for rows that count: those before it do, those after `first` do not. One for all questions. */
  const part = { first: 0, checkpoint: 0 };

  const isInOrder = (lane: number): boolean => lanes.get(lane, sinceWord) !== outOfOrder;

  /** Where events are in order, those that count are the first ones, so one that counts vouches for all before it. */
  const locate = (lane: number, { at, knownAt }: Scope): void => {
    part.first = lanes.get(lane, headWord);
    part.checkpoint = isInOrder(lane) ? lanes.get(lane, checkpointWord) : 0;
    while (
      part.checkpoint !== 0 &&
      !(
        checkpoints.getDouble(part.checkpoint, 0) <= at &&
        checkpoints.getDouble(part.checkpoint, 1) <= knownAt
      )
    ) {
      part.first = checkpoints.get(part.checkpoint, checkpointRowWord);
      part.checkpoint = checkpoints.get(part.checkpoint, earlierWord);
    }
  };

  /**
   * Into `found`, from row `first` back to row `end`, which is left out. Two events that take effect at one time keep
   * their store order, as `sort` keeps it.
   */
  const collect = (first: number, end: number, { at, knownAt }: Scope, last: number): void => {
    found.length = 0;
    let ordered = true;
    let later = Number.POSITIVE_INFINITY;
    for (let row = first; row !== end; row = journal.previous(row)) {
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
    locate(lane, scope);
    const { first, checkpoint } = part;
    // Row 0 of the checkpoints is all zeros: the state before the first event, and no row to stop at.
    for (let n = 0; n < width; n++) into[n] = checkpoints.get(checkpoint, checkpointStateWord + n);
    collect(first, checkpoints.get(checkpoint, checkpointRowWord), scope, Number.POSITIVE_INFINITY);
    for (const row of found) fold(into, row);
  };

  /** Keeps the state after a row, so that a question about the past need not begin at the beginning. */
  const addCheckpoint = (lane: number, row: number): void => {
    const checkpoint = checkpoints.add();
    checkpoints.setDouble(checkpoint, 0, journal.effectiveAt(row));
    checkpoints.setDouble(checkpoint, 1, journal.recordedAt(row));
    checkpoints.set(checkpoint, checkpointRowWord, row);
    checkpoints.set(checkpoint, earlierWord, lanes.get(lane, checkpointWord));
    for (let n = 0; n < width; n++) {
      checkpoints.set(checkpoint, checkpointStateWord + n, lanes.get(lane, stateWord + n));
    }
    lanes.set(lane, checkpointWord, checkpoint);
    lanes.set(lane, sinceWord, 0);
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
      const recordedAt = journal.recordedAt(row);
      const inOrder = effectiveAt >= lanes.getDouble(lane, 0) && recordedAt >= lanes.getDouble(lane, 1);
      lanes.set(lane, headWord, row);
      lanes.setDouble(lane, 1, Math.max(lanes.getDouble(lane, 1), recordedAt));
      // For good: where one event is out of order, a checkpoint cannot stand for all before it.
      if (!inOrder) lanes.set(lane, sinceWord, outOfOrder);
      if (effectiveAt >= lanes.getDouble(lane, 0)) {
        lanes.setDouble(lane, 0, effectiveAt);
        for (let n = 0; n < width; n++) scratch[n] = lanes.get(lane, stateWord + n);
        fold(scratch, row);
      } else {
        foldInto(lane, everything, scratch);
      }
      for (let n = 0; n < width; n++) lanes.set(lane, stateWord + n, scratch[n] ?? 0);
      if (!isInOrder(lane)) return;
      lanes.set(lane, sinceWord, lanes.get(lane, sinceWord) + 1);
      if (lanes.get(lane, sinceWord) === stride) addCheckpoint(lane, row);
    },
    note: (lane) => lanes.get(lane, noteWord),
    setNote: (lane, value) => lanes.set(lane, noteWord, value),
    state: (lane, scope, into) => {
      const all = scope.at >= lanes.getDouble(lane, 0) && scope.knownAt >= lanes.getDouble(lane, 1);
      if (!all) foldInto(lane, scope, into);
      else for (let n = 0; n < width; n++) into[n] = lanes.get(lane, stateWord + n);
    },
    rows: (lane, scope, last) => {
      locate(lane, scope);
      collect(part.first, 0, scope, last);
      return found.slice();
    },
    bytes: () => lanes.bytes() + checkpoints.bytes(),
  };
};
