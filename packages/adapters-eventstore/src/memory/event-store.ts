/**
 * An event store in memory: for tests, demonstrations and prototypes.
 *
 * @packageDocumentation
 */
import {
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Page,
  type ReadAllFrom,
  type RecordedEvent,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { asExpected, batchFault, firstRevision, judge, pageLimit } from '../append-rules.js';
import { makeBell } from '../bell.js';
import { parsePosition, printPosition } from '../position.js';
import { follow } from '../subscription.js';

// Positions lie apart, so that nobody who tests with this store learns to add one to a position.
const step = 137;

const closedFault = storeFault('STORE_CLOSED', 'the store was closed');

/** The index of the first event that a read over all streams meets, `undefined` for a text that is no position. */
const indexOf = (from: ReadAllFrom): number | undefined => {
  if (from === 'start') return 0;
  const value = parsePosition('at' in from ? from.at : from.after);
  if (value === undefined) return undefined;
  return 'at' in from ? Math.max(0, Math.ceil(value / step) - 1) : Math.floor(value / step);
};

const pageOf = (events: ReadonlyArray<RecordedEvent>, from: number, limit: number): Page => {
  const end = from + pageLimit(limit);
  return { events: events.slice(from, end), end: end >= events.length };
};

/** Makes an empty {@link EventStore} that lives as long as the process. */
export const memoryEventStore = (): EventStore => {
  const all: Array<RecordedEvent> = [];
  const streams = new Map<StreamName, Array<RecordedEvent>>();
  const ids = new Set<string>();
  const bell = makeBell();
  let closed = false;

  const guarded =
    <A>(work: () => E.Either<StoreFault, A>): TaskEither<StoreFault, A> =>
    async () =>
      closed ? E.left(closedFault) : work();

  const record = (
    stream: StreamName,
    recorded: Array<RecordedEvent>,
    first: number,
    events: ReadonlyArray<EventToAppend>,
  ): void => {
    events.forEach(({ id, type, body, hash }, index) => {
      const position = printPosition((all.length + 1) * step);
      const event: RecordedEvent = { position, stream, revision: first + index, id, type, body, hash };
      recorded.push(event);
      all.push(event);
      ids.add(id);
    });
    streams.set(stream, recorded);
    bell.ring();
  };

  const append = (
    stream: StreamName,
    expected: ExpectedRevision,
    events: ReadonlyArray<EventToAppend>,
  ): E.Either<StoreFault, AppendResult> => {
    const invalid = batchFault(stream, events);
    if (invalid !== undefined) return E.left(invalid);
    const recorded = streams.get(stream) ?? [];
    const verdict = judge(recorded.length - 1, expected, events, (from, to) =>
      recorded.slice(from, to + 1).map((event) => event.id),
    );
    if (verdict._tag === 'Refuse') {
      return E.right({ _tag: 'Conflict', actual: asExpected(recorded.length - 1) });
    }
    if (verdict._tag === 'Write') {
      const taken = events.find((event) => ids.has(event.id));
      if (taken !== undefined) {
        return E.left(storeFault('EVENT_ID_TAKEN', `event ${taken.id} is in the store already`));
      }
      record(stream, recorded, verdict.first, events);
    }
    const revision = verdict._tag === 'Write' ? recorded.length - 1 : verdict.last;
    const position = recorded[revision]?.position ?? printPosition(0);
    return E.right({ _tag: 'Appended', revision, position, idempotent: verdict._tag === 'Repeat' });
  };

  const readAll: EventStore['readAll'] = (from, limit) =>
    guarded(() => {
      const index = indexOf(from);
      return index === undefined
        ? E.left(storeFault('BATCH_INVALID', 'not a position of this store'))
        : E.right(pageOf(all, index, limit));
    });

  return {
    append: (stream, expected, events) => guarded(() => append(stream, expected, events)),
    readStream: (stream, from, limit) =>
      guarded(() => E.right(pageOf(streams.get(stream) ?? [], firstRevision(from), limit))),
    readAll,
    subscribeAll: (from, signal) => follow(readAll, bell, from, signal),
    head: () => guarded(() => E.right(all.at(-1)?.position)),
    close: async () => {
      closed = true;
      bell.ring();
    },
  };
};
