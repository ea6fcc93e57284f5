/**
 * Follows the store live: catches up, then feeds what comes, and tries again after faults that pass.
 *
 * @packageDocumentation
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Position } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { isPassing, type ProjectionFault } from '../fault.js';
import { fromStoreFault } from './faults.js';
import type { FeedPage } from './feed-model.js';

export interface FollowParts {
  readonly store: EventStore;
  /** Catches up; Left where one or all projections could not. */
  readonly catchUp: () => Promise<E.Either<ProjectionFault, Position | undefined>>;
  /** Feeds a page. `again` asks for a catch-up. */
  readonly feed: (page: FeedPage) => Promise<E.Either<ProjectionFault, 'fed' | 'again'>>;
  readonly onFault: RetryRule;
}

/**
 * Says after how many milliseconds to try again, `undefined` to give up. `attempt` counts from 1 and begins anew after
 * every success.
 */
export type RetryRule = (fault: ProjectionFault, attempt: number) => number | undefined;

/** 100 ms, doubled each time, at most 30 s; faults that do not pass by themselves end the following. */
export const retryPassing: RetryRule = (fault, attempt) =>
  isPassing(fault) ? Math.min(30_000, 100 * 2 ** Math.min(attempt - 1, 10)) : undefined;

const waited = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Aborted: the caller looks at the signal.
  }
};

/** Feeds what a subscription brings, until it ends, fails, or a catch-up is needed. */
const followFrom = async (
  parts: FollowParts,
  after: Position | undefined,
  signal: AbortSignal,
): Promise<ProjectionFault | undefined> => {
  // Ends the subscription also when we leave before the caller's signal.
  const inner = new AbortController();
  const abort = (): void => inner.abort();
  signal.addEventListener('abort', abort);
  let from = after;
  try {
    const start = from === undefined ? 'start' : { after: from };
    for await (const item of parts.store.subscribeAll(start, inner.signal)) {
      if (item._tag === 'Fault') return fromStoreFault(item.fault);
      const fed = await parts.feed({ from, events: item.events, end: false });
      if (E.isLeft(fed)) return fed.left;
      if (fed.right === 'again') return undefined;
      from = item.events.at(-1)?.position ?? from;
    }
    return undefined;
  } finally {
    signal.removeEventListener('abort', abort);
    inner.abort();
  }
};

/** Follows until `signal` is aborted, or a fault comes after which the rule gives up. */
export const follow = async (
  parts: FollowParts,
  signal: AbortSignal,
): Promise<E.Either<ProjectionFault, void>> => {
  let attempt = 0;
  while (!signal.aborted) {
    const caughtUp = await parts.catchUp();
    let fault: ProjectionFault | undefined;
    if (E.isLeft(caughtUp)) {
      fault = caughtUp.left;
    } else {
      attempt = 0;
      if (signal.aborted) break;
      fault = await followFrom(parts, caughtUp.right, signal);
    }
    if (fault === undefined) continue;
    attempt++;
    const delay = parts.onFault(fault, attempt);
    if (delay === undefined) return E.left(fault);
    await waited(delay, signal);
  }
  return E.right(undefined);
};
