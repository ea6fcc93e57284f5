/**
 * Reads the log in pages until every projection knows all of it.
 *
 * What is live comes first: while another version is built from the beginning, the live one keeps up after every page.
 *
 * @packageDocumentation
 */
import { setImmediate } from 'node:timers/promises';
import type { EventStore, Position } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import { fromStoreFault } from './faults.js';
import type { Feeder, Snapshot } from './feed-model.js';
import { lowest } from './positions.js';

/** The outcome of a catch-up; `failed` are the projections that could not go on, by prefix. */
export interface CaughtUp {
  readonly position: Position | undefined;
  readonly failed: ReadonlyMap<string, ProjectionFault>;
}

export interface CatchUpParts {
  readonly store: EventStore;
  readonly feeder: Feeder;
  readonly batchSize: number;
  readonly verifyChain: boolean;
  readonly onFed: () => void;
  readonly isClosed: () => boolean;
}

const startOf = (
  positions: ReadonlyArray<Position | undefined>,
): { readonly from: Position | undefined } | undefined =>
  positions.length === 0 ? undefined : { from: lowest(positions) };

/** Where the next page begins: for what is live, or for what is being built. */
const nextStart = (
  state: Snapshot,
  failed: ReadonlyMap<string, ProjectionFault>,
  status: 'live' | 'building',
  verifyChain: boolean,
): { readonly from: Position | undefined } | undefined => {
  const able = state.members.filter(({ entry }) => !failed.has(entry.prefix));
  const positions = able.filter(({ entry }) => entry.status === status).map(({ entry }) => entry.position);
  // The chain goes with the live ones, or with the first build, so that a page is read and checked once for both.
  const withChain = verifyChain && (status === 'live' || !able.some(({ entry }) => entry.status === 'live'));
  if (positions.length === 0 && status === 'live') return undefined;
  return startOf(withChain ? [...positions, state.chain] : positions);
};

/** Reads to the end of the store. */
export const catchUp = async (parts: CatchUpParts): Promise<E.Either<ProjectionFault, CaughtUp>> => {
  const { store, feeder, batchSize, verifyChain } = parts;
  const failed = new Map<string, ProjectionFault>();

  /** Feeds one page; `true` when nothing more was there. */
  const step = async (status: 'live' | 'building'): Promise<E.Either<ProjectionFault, boolean>> => {
    const state = feeder.snapshot();
    const start = nextStart(state, failed, status, verifyChain);
    if (start === undefined) return E.right(true);
    const page = await store.readAll(start.from === undefined ? 'start' : { after: start.from }, batchSize)();
    if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
    const { events, end } = page.right;
    const fed = await feeder.feed(state, { from: start.from, events, end }, failed);
    if (E.isLeft(fed)) return fed;
    parts.onFed();
    if (fed.right.fault !== undefined) return E.left(fed.right.fault);
    return E.right(end && !fed.right.stale);
  };

  for (;;) {
    // A long replay shall not keep the process from everything else.
    await setImmediate();
    if (parts.isClosed()) return E.left(projectionFault('CLOSED', 'the read models were closed'));
    const live = await step('live');
    if (E.isLeft(live)) return live;
    if (!live.right) continue;
    const building = await step('building');
    if (E.isLeft(building)) return building;
    if (building.right) break;
  }
  const { members } = feeder.snapshot();
  const reached = startOf(
    members.filter(({ entry }) => !failed.has(entry.prefix)).map(({ entry }) => entry.position),
  );
  return E.right({ position: reached?.from, failed });
};
