/**
 * The decision index in memory, kept up to date with an event store.
 *
 * It is built from the events at every start and holds nothing personal; what it needs grows with the grants, not with
 * the log, which passes through page by page.
 *
 * @packageDocumentation
 */
import { setImmediate } from 'node:timers/promises';
import {
  type AuthorityIndex,
  createAuthorityIndex,
  createChainCheck,
  createRegisterCodec,
  type EventStore,
  type PortalPolicy,
  type Position,
  printChainFault,
  type RecordedEvent,
  type Sha256,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type ProjectionFault, placeOf, projectionFault } from '../fault.js';
import { decodePage, type Item } from '../runner/decode.js';
import { fromStoreFault } from '../runner/faults.js';
import { follow, retryPassing } from '../runner/follow.js';
import type { FollowOptions } from '../runner/model.js';
import { pageSize } from '../runner/page-size.js';
import { makeSerial } from '../runner/serial.js';
import { makeWaiting } from '../runner/wait.js';
import { messageOf } from '../support/message.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface AuthorityIndexSettings {
  readonly store: EventStore;
  readonly sha256: Sha256;
  readonly policy: PortalPolicy;
  /** Events a page, 1 to 10,000. @defaultValue 1000 */
  readonly batchSize?: number;
  /** Checks the hash chain of every event. @defaultValue true */
  readonly verifyChain?: boolean;
}

/** Where the index stands. */
export interface AuthorityIndexStatus {
  readonly position: Position | undefined;
  readonly applied: number;
  /** How many events were passed over because this program did not know their type. */
  readonly skipped: number;
}

/** An index that follows a store; questions are answered by what it knows so far. */
export interface FollowedAuthorityIndex extends Omit<AuthorityIndex, 'apply' | 'position'> {
  /** Applies everything that is in the store; answers the position it reached. */
  readonly catchUp: () => TaskEither<ProjectionFault, Position | undefined>;
  /** Catches up and follows the store until `signal` is aborted. */
  readonly run: (signal: AbortSignal, options?: FollowOptions) => TaskEither<ProjectionFault, void>;
  /** Answers once the index knows the event at `position`. @defaultValue timeout 5000 ms */
  readonly waitFor: (
    position: string,
    options?: { readonly timeoutMilliseconds?: number },
  ) => TaskEither<ProjectionFault, void>;
  readonly status: () => AuthorityIndexStatus;
}

// -------------------------------------------------------------------------------------
// index
// -------------------------------------------------------------------------------------

/** Makes an empty index over a store; {@link FollowedAuthorityIndex.catchUp} or `run` fill it. */
export const authorityIndex = (settings: AuthorityIndexSettings): FollowedAuthorityIndex => {
  const { store, sha256, verifyChain = true } = settings;
  const { apply, position: _, ...questions } = createAuthorityIndex(settings.policy);
  const codec = createRegisterCodec(sha256);
  const checkChain = createChainCheck(sha256);
  const serial = makeSerial();
  const waiting = makeWaiting();
  let position: Position | undefined;
  let applied = 0;
  let skipped = 0;
  let following = 0;
  let failed: ProjectionFault | undefined;

  const take = ({ recorded, previous, event }: Item): ProjectionFault | undefined => {
    const broken = verifyChain ? checkChain(recorded, previous) : undefined;
    if (broken !== undefined) {
      return projectionFault('CHAIN_BROKEN', printChainFault(broken), { place: placeOf(recorded) });
    }
    if (event === undefined) {
      skipped++;
    } else {
      try {
        apply(event);
      } catch (error) {
        // What was half applied cannot be told: this index is of no more use.
        const detail = messageOf(error);
        failed = projectionFault('APPLY_FAILED', `authority index: ${detail}`, { place: placeOf(recorded) });
        return failed;
      }
      applied++;
    }
    position = recorded.position;
    return undefined;
  };

  const feed = (events: ReadonlyArray<RecordedEvent>): ProjectionFault | undefined => {
    if (failed !== undefined) return failed;
    const known = position;
    const page = decodePage(codec, known === undefined ? events : events.filter((e) => e.position > known));
    for (const item of page.items) {
      const fault = take(item);
      if (fault !== undefined) return fault;
    }
    return page.fault;
  };

  const catchUpNow = async (): Promise<E.Either<ProjectionFault, Position | undefined>> => {
    for (;;) {
      // A long replay shall not keep the process from everything else.
      await setImmediate();
      const from = position === undefined ? 'start' : { after: position };
      const page = await store.readAll(from, pageSize(settings.batchSize))();
      if (E.isLeft(page)) return E.left(fromStoreFault(page.left));
      const fault = feed(page.right.events);
      waiting.wake();
      if (fault !== undefined) return E.left(fault);
      if (page.right.end) return E.right(position);
    }
  };
  const catchUp = () => () => serial(catchUpNow);

  const run: FollowedAuthorityIndex['run'] = (signal, options) => async () => {
    following++;
    const parts = {
      store,
      onFault: options?.onFault ?? retryPassing,
      catchUp: catchUp(),
      feed: ({ events }: { readonly events: ReadonlyArray<RecordedEvent> }) =>
        serial(async (): Promise<E.Either<ProjectionFault, 'fed'>> => {
          const fault = feed(events);
          waiting.wake();
          return fault === undefined ? E.right('fed') : E.left(fault);
        }),
    };
    const ended = await follow(parts, signal);
    following--;
    return ended;
  };

  const waitFor: FollowedAuthorityIndex['waitFor'] = (wanted, options) => async () => {
    let fault: ProjectionFault | undefined;
    const done = (): E.Either<ProjectionFault, boolean> => {
      const there = position !== undefined && position >= wanted;
      return there || fault === undefined ? E.right(there) : E.left(fault);
    };
    if (following === 0 && !(position !== undefined && position >= wanted)) {
      // Where nobody follows, one who waits does the work.
      void catchUp()().then((outcome) => {
        if (E.isLeft(outcome)) fault = outcome.left;
        waiting.wake();
      });
    }
    return waiting.until(done, options?.timeoutMilliseconds ?? 5000);
  };

  return {
    ...questions,
    catchUp,
    run,
    waitFor,
    status: () => ({ position, applied, skipped }),
  };
};
