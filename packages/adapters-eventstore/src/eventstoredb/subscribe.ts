/**
 * A subscription that comes back by itself: filtered by the server to the register's streams, from the last place that it
 * saw, for as long as somebody listens.
 *
 * @packageDocumentation
 */
import type { Position, RecordedEvent, StoreFault, StreamName, SubscriptionItem } from '@mandate/domain';
import { storeFault } from '@mandate/domain';
import { puller } from './batches.js';
import type { Connection, Incoming } from './connection.js';
import { closedFault, troubleOf } from './faults.js';
import { inTime } from './in-time.js';
import type { ReadResp } from './messages.js';
import type { Names } from './names.js';
import { passedOf } from './passed.js';
import { parseLogPosition, printLogPosition } from './positions.js';
import { subscriptionRequest } from './requests.js';
import { backOff, waitFor } from './retry.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a subscription tells beside events. */
export type FollowItem =
  | SubscriptionItem
  /** Everything that was there is seen; told again after each reconnection. */
  | { readonly _tag: 'CaughtUp' };

/** What an operator should hear of. */
export type StoreNotice =
  /** Somebody truncated or deleted a stream of the register, with the server's own means. */
  | {
      readonly _tag: 'Tampering';
      readonly stream: StreamName;
      readonly detail: string;
      readonly position: Position;
    }
  /** A subscription lost its connection and will try again. */
  | { readonly _tag: 'Reconnecting'; readonly detail: string; readonly attempt: number };

/** What a subscription stands on. */
export interface SubscribeParts {
  readonly connection: Connection;
  readonly names: Names;
  readonly closing: AbortSignal;
  readonly deadlineMilliseconds: number;
  readonly notice: (notice: StoreNotice) => void;
}

const largestBatch = 500;
const doing = 'subscribe';

// -------------------------------------------------------------------------------------
// one batch
// -------------------------------------------------------------------------------------

interface Seen {
  readonly events: ReadonlyArray<RecordedEvent>;
  readonly place: Position | undefined;
  readonly caughtUp: boolean;
  readonly fault: StoreFault | undefined;
}

const look = (answers: ReadonlyArray<ReadResp>, { names, notice }: SubscribeParts): Seen => {
  const events: Array<RecordedEvent> = [];
  let place: Position | undefined;
  let caughtUp = false;
  for (const answer of answers) {
    if (answer.hasCaughtUp()) caughtUp = true;
    const checkpoint = answer.getCheckpoint();
    if (checkpoint !== undefined) {
      place = printLogPosition(checkpoint.getCommitPosition(), checkpoint.getPreparePosition());
    }
    const passed = passedOf(names, names.ours, answer);
    if (passed === undefined) continue;
    const { position, tampering, event } = passed;
    if (event?._tag === 'Left') return { events, place, caughtUp, fault: event.left };
    if (event !== undefined) events.push(event.right);
    if (tampering !== undefined) notice({ _tag: 'Tampering', ...tampering, position });
    place = position;
  }
  return { events, place, caughtUp, fault: undefined };
};

// -------------------------------------------------------------------------------------
// subscription
// -------------------------------------------------------------------------------------

/** Follows the store until aborted. A fault, a closed store among them, is the last item. */
export async function* subscribe(
  parts: SubscribeParts,
  from: 'start' | { readonly after: Position },
  signal: AbortSignal,
): AsyncGenerator<FollowItem, void, undefined> {
  const { connection, names, closing, deadlineMilliseconds, notice } = parts;
  const stop = AbortSignal.any([signal, closing]);
  let place: Position | undefined = from === 'start' ? undefined : from.after;
  if (place !== undefined && parseLogPosition(place) === undefined) {
    yield { _tag: 'Fault', fault: storeFault('BATCH_INVALID', 'not a position of this store') };
    return;
  }
  let attempt = 0;
  while (!stop.aborted) {
    let call: Incoming<ReadResp> | undefined;
    let error: unknown;
    try {
      const start = place === undefined ? undefined : parseLogPosition(place);
      const request = subscriptionRequest(start ?? 'start', names.prefixes);
      call = await inTime(connection.read(request, false), deadlineMilliseconds);
      const next = puller(call, largestBatch, stop);
      for (let pull = await next(); ; pull = await next()) {
        if (pull._tag !== 'Items') {
          error = pull._tag === 'Failed' ? pull.error : new Error('the server ended the subscription');
          break;
        }
        attempt = 0;
        const seen = look(pull.items, parts);
        place = seen.place ?? place;
        if (seen.events.length > 0) yield { _tag: 'Events', events: seen.events };
        if (seen.fault !== undefined) {
          yield { _tag: 'Fault', fault: seen.fault };
          return;
        }
        if (seen.caughtUp) yield { _tag: 'CaughtUp' };
        if (stop.aborted) break;
      }
    } catch (thrown) {
      error = thrown;
    } finally {
      call?.cancel();
    }
    if (stop.aborted) break;
    const trouble = troubleOf(error, doing);
    if (trouble._tag === 'Final') {
      yield { _tag: 'Fault', fault: trouble.fault };
      return;
    }
    notice({ _tag: 'Reconnecting', detail: trouble.detail, attempt });
    await waitFor(backOff(attempt), stop);
    attempt += 1;
  }
  if (closing.aborted && !signal.aborted) yield { _tag: 'Fault', fault: closedFault };
}
