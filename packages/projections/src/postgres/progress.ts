/**
 * How far behind, and how quick: what is told beside the books.
 *
 * Positions are compared and never counted with. So a lag is a time: for how long the first event has been there that is not
 * known yet. It is counted in events where the store can count, and where another read model has been further.
 *
 * @packageDocumentation
 */
import type { Clock, EventCodec, EventStore, Position, StoredEvent } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { isBefore } from '../runner/positions.js';
import type { BookedPartition, BookedStatus, PartitionStatus, PostgresProjectionStatus } from './status.js';

export interface ProgressParts {
  readonly store: EventStore;
  readonly codec: EventCodec<StoredEvent>;
  readonly clock: Clock;
  /** How many events the store holds. */
  readonly count: (() => TaskEither<unknown, number>) | undefined;
}

/** Tells of the books what they do not say themselves. */
export type Progress = (
  booked: ReadonlyArray<BookedStatus>,
) => Promise<ReadonlyArray<PostgresProjectionStatus>>;

// -------------------------------------------------------------------------------------
// rates
// -------------------------------------------------------------------------------------

// Of the last minute, and of no less than a second: what is asked twice in a moment has moved by one page or by none.
const longestWindow = 60_000;
const shortestWindow = 1_000;

interface Look {
  readonly at: number;
  readonly passed: ReadonlyMap<string, number>;
}

const createRates = () => {
  let looks: ReadonlyArray<Look> = [];
  return (look: Look): ((id: string) => number | undefined) => {
    const old = looks.filter(({ at }) => look.at - at <= longestWindow && at <= look.at);
    const [first] = old;
    const last = old.at(-1);
    looks = last !== undefined && look.at - last.at < shortestWindow ? old : [...old, look];
    return (id) => {
      const before = first?.passed.get(id);
      const now = look.passed.get(id);
      if (first === undefined || before === undefined || now === undefined) return undefined;
      const milliseconds = look.at - first.at;
      return milliseconds < shortestWindow ? undefined : (Math.max(0, now - before) / milliseconds) * 1000;
    };
  };
};

// -------------------------------------------------------------------------------------
// lags
// -------------------------------------------------------------------------------------

const idOf = ({ name, version, generation }: BookedStatus, { partition }: BookedPartition): string =>
  `${name}/${version}/${generation}/${partition}`;

/** Seconds since the first event after a position was recorded; 0 where there is none, `undefined` where nobody can say. */
const lagAfter = async (
  { store, codec, clock }: ProgressParts,
  position: Position | undefined,
): Promise<number | undefined> => {
  const page = await store.readAll(position === undefined ? 'start' : { after: position }, 1)();
  if (E.isLeft(page)) return undefined;
  const [event] = page.right.events;
  if (event === undefined) return 0;
  const decoded = codec.decode(event);
  if (decoded._tag !== 'Event') return undefined;
  return Math.max(0, clock.now() - Date.parse(decoded.event.meta.recordedAt)) / 1000;
};

const sumOf = (rates: ReadonlyArray<number | undefined>): number | undefined =>
  rates.reduce(
    (sum: number | undefined, rate) => (sum === undefined || rate === undefined ? undefined : sum + rate),
    0,
  );

const mostOf = (lags: ReadonlyArray<number | undefined>): number | undefined =>
  lags.reduce(
    (most: number | undefined, lag) =>
      most === undefined || lag === undefined ? undefined : Math.max(most, lag),
    0,
  );

/** Makes the {@link Progress} of one runner; rates are of what it was asked before. */
export const createProgress = (parts: ProgressParts): Progress => {
  const rates = createRates();
  return async (booked) => {
    const cells = booked.flatMap((each) => each.partitions.map((partition) => [each, partition] as const));
    const passed = new Map(cells.map(([each, partition]) => [idOf(each, partition), partition.passed]));
    const rateOf = rates({ at: parts.clock.now(), passed });
    const head = await parts.store.head()();
    const lags = new Map<Position | undefined, number | undefined>();
    for (const [, { position }] of cells) {
      if (lags.has(position)) continue;
      const isKnown = E.isRight(head) && !isBefore(position, head.right);
      lags.set(position, isKnown ? 0 : await lagAfter(parts, position));
    }
    const counted = await parts.count?.()();
    const all = counted === undefined || E.isLeft(counted) ? undefined : counted.right;
    return booked.map((each): PostgresProjectionStatus => {
      const partitions = each.partitions.map(
        (partition): PartitionStatus => ({
          ...partition,
          lagSeconds: lags.get(partition.position),
          rate: rateOf(idOf(each, partition)),
        }),
      );
      return {
        ...each,
        partitions,
        lagSeconds: mostOf(partitions.map(({ lagSeconds }) => lagSeconds)),
        lagEvents: all === undefined ? undefined : Math.max(0, all - each.passed),
        rate: sumOf(partitions.map(({ rate }) => rate)),
      };
    });
  };
};
