import type {
  AppendResult,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  Position,
  ReadAllFrom,
  RecordedEvent,
  StreamName,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { makeBell } from '../../src/bell.js';
import { memoryEventStore } from '../../src/index.js';
import { follow } from '../../src/subscription.js';
import { right } from './right.js';

type Fix = (store: EventStore) => EventStore;
type Append = EventStore['append'];

const overAppend =
  (change: (append: Append) => Append): Fix =>
  (store) => ({ ...store, append: change(store.append) });

/** Follows through whatever `readAll` answers, looking again every 2 ms. */
const polling =
  (readAll: EventStore['readAll']): EventStore['subscribeAll'] =>
  (from, signal) =>
    follow(readAll, makeBell({ everyMilliseconds: 2, changed: () => true }), from, signal);

const overEvents =
  (change: (event: RecordedEvent) => RecordedEvent): Fix =>
  (store) => {
    const page =
      (read: ReturnType<EventStore['readAll']>): ReturnType<EventStore['readAll']> =>
      async () =>
        E.map((found: { readonly events: ReadonlyArray<RecordedEvent>; readonly end: boolean }) => ({
          ...found,
          events: found.events.map(change),
        }))(await read());
    return {
      ...store,
      readStream: (stream, from, limit) => page(store.readStream(stream, from, limit)),
      readAll: (from, limit) => page(store.readAll(from, limit)),
    };
  };

/** Appends again with what the stream is at, when the conflict is one of those that this store does not see. */
const ignoring = (blind: (expected: ExpectedRevision, actual: ExpectedRevision) => boolean): Fix =>
  overAppend((append) => (stream, expected, events) => async () => {
    const answer = await append(stream, expected, events)();
    return E.isRight(answer) && answer.right._tag === 'Conflict' && blind(expected, answer.right.actual)
      ? append(stream, answer.right.actual, events)()
      : answer;
  });

const asNumber = (revision: ExpectedRevision): number => (revision === 'no-stream' ? -1 : revision);

const answering = (change: (answer: AppendResult, expected: ExpectedRevision) => AppendResult): Fix =>
  overAppend(
    (append) => (stream, expected, events) => async () =>
      E.map((answer: AppendResult) => change(answer, expected))(await append(stream, expected, events)()),
  );

const pretended: AppendResult = {
  _tag: 'Appended',
  revision: 1,
  position: '0' as Position,
  idempotent: false,
};

/** The emmett-sqlite 0.42.4 fault: a refusal adds to the stream's version. */
const refusalMovesOn: Fix = overAppend((append) => {
  const moved = new Map<StreamName, number>();
  return (stream, expected, events) => async () => {
    const shift = moved.get(stream) ?? 0;
    const answer = await append(stream, expected, events)();
    if (E.isLeft(answer)) return answer;
    if (answer.right._tag === 'Conflict') moved.set(stream, shift + events.length);
    return shift > 0 ? E.right({ _tag: 'Conflict', actual: asNumber(expected) + shift }) : answer;
  };
});

const notAtomic: Fix = overAppend((append) => (stream, expected, events) => async () => {
  const whole = await append(stream, expected, events)();
  if (E.isRight(whole) || whole.left.code !== 'EVENT_ID_TAKEN' || events.length === 1) return whole;
  let before = expected;
  for (const event of events) {
    const one: E.Either<unknown, AppendResult> = await append(stream, before, [event])();
    if (E.isLeft(one) || one.right._tag === 'Conflict') return whole;
    before = one.right.revision;
  }
  return whole;
});

/** A batch goes in event by event, with a pause in which others come between. */
const tornBatches: Fix = overAppend((append) => (stream, expected, events) => async () => {
  let before = expected;
  let answer = await append(stream, before, events.slice(0, 1))();
  for (const event of events.slice(1)) {
    if (E.isLeft(answer) || answer.right._tag === 'Conflict') return answer;
    await new Promise((resolve) => setImmediate(resolve));
    before = answer.right.revision;
    answer = await append(stream, before, [event])();
    while (E.isRight(answer) && answer.right._tag === 'Conflict') {
      answer = await append(stream, answer.right.actual, [event])();
    }
  }
  return answer;
});

/** Positions are given when an append begins, events are seen when it ends: the order of commits is another. */
const lateCommit: Fix = (store) => {
  const hidden = new Set<Position>();
  let appends = 0;
  const readAll: EventStore['readAll'] = (from: ReadAllFrom, limit) => async () =>
    E.map((page: { readonly events: ReadonlyArray<RecordedEvent>; readonly end: boolean }) => ({
      events: page.events.filter(({ position }) => !hidden.has(position)),
      end: page.end,
    }))(await store.readAll(from, limit)());
  return {
    ...store,
    readAll,
    subscribeAll: polling(readAll),
    append: (stream, expected, events) => async () => {
      const answer = await store.append(stream, expected, events)();
      if (E.isLeft(answer) || answer.right._tag === 'Conflict') return answer;
      const { position } = answer.right;
      appends += 1;
      hidden.add(position);
      await new Promise((resolve) => setTimeout(resolve, appends % 3));
      hidden.delete(position);
      return answer;
    },
  };
};

const idsPerStream: Fix = (store) =>
  overEvents((event) => ({ ...event, id: event.id.slice(event.id.indexOf('#') + 1) }))({
    ...store,
    append: (stream, expected, events) =>
      store.append(
        stream,
        expected,
        events.map((event) => ({ ...event, id: `${stream}#${event.id}` })),
      ),
  });

const emptyBatches: Fix = overAppend(
  (append) => (stream, expected, events) => async () =>
    events.length === 0 ? E.right(pretended) : append(stream, expected, events)(),
);

const doubledIds: Fix = overAppend((append) => (stream, expected, events) => {
  const once: ReadonlyArray<EventToAppend> = [...new Map(events.map((event) => [event.id, event])).values()];
  return append(stream, expected, once);
});

const swapsPages: Fix = (store) => ({
  ...store,
  readStream: (stream, from, limit) => async () =>
    E.map((page: { readonly events: ReadonlyArray<RecordedEvent>; readonly end: boolean }) => ({
      ...page,
      events: [...page.events].reverse(),
    }))(await store.readStream(stream, from, limit)()),
});

/** Positions without padding: 9… comes after 10…. */
const unpadded = overEvents((event) => ({
  ...event,
  position: String(Number(event.position)) as Position,
}));

const atIsExclusive: Fix = (store) => ({
  ...store,
  readAll: (from, limit) =>
    store.readAll(from !== 'start' && 'at' in from ? { after: from.at } : from, limit),
});

const afterIsInclusive: Fix = (store) => ({
  ...store,
  readAll: (from, limit) =>
    store.readAll(from !== 'start' && 'after' in from ? { at: from.after } : from, limit),
});

const subscriptionIsInclusive: Fix = (store) => ({
  ...store,
  subscribeAll: (from, signal) => {
    let first = from !== 'start';
    const readAll: EventStore['readAll'] = (next, limit) => {
      const inclusive = first && next !== 'start' && 'after' in next ? { at: next.after } : next;
      first = false;
      return store.readAll(inclusive, limit);
    };
    return polling(readAll)(from, signal);
  },
});

const neverLive: Fix = (store) => ({
  ...store,
  async *subscribeAll(from, signal) {
    const page = await right(store.readAll(from, 1_000));
    if (page.events.length > 0) yield { _tag: 'Events', events: page.events };
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  },
});

const deafToAbort: Fix = (store) => ({
  ...store,
  subscribeAll: (from) => store.subscribeAll(from, new AbortController().signal),
});

const inOneBatch: Fix = (store) => ({
  ...store,
  async *subscribeAll(from) {
    yield { _tag: 'Events', events: (await right(store.readAll(from, 1_000_000))).events };
  },
});

const silentAtClose: Fix = (store) => ({
  ...store,
  async *subscribeAll(from, signal) {
    for await (const item of store.subscribeAll(from, signal)) if (item._tag === 'Events') yield item;
  },
});

/** What is wrong with a store, and the case of the kit that must say so. */
export const defects: ReadonlyArray<readonly [defect: string, caughtBy: string, fix: Fix]> = [
  [
    'a stale append is accepted',
    'a stale append is refused, and the right one after it accepted',
    ignoring((expected, actual) => asNumber(expected) >= 0 && asNumber(expected) < asNumber(actual)),
  ],
  [
    '"no-stream" means no check',
    'a new stream on an existing one is refused',
    ignoring((expected) => expected === 'no-stream'),
  ],
  [
    'a gap is accepted',
    'an append beyond the end is refused: a gap',
    ignoring((expected, actual) => asNumber(expected) > asNumber(actual)),
  ],
  [
    '−1 means any',
    'an expected revision that is no revision is refused',
    ignoring((expected) => expected === -1),
  ],
  [
    'a refusal moves the version on',
    'a stale append is refused, and the right one after it accepted',
    refusalMovesOn,
  ],
  [
    'all racers are told that they won',
    'of 16 racers at one revision one wins',
    answering((answer) => (answer._tag === 'Conflict' ? pretended : answer)),
  ],
  [
    'a conflict does not tell the revision',
    'a new stream on an existing one is refused',
    answering((answer, expected) => (answer._tag === 'Conflict' ? { ...answer, actual: expected } : answer)),
  ],
  [
    'a retry is a conflict',
    'a retry with the same ids is idempotent, and answers as the first time',
    answering((answer) =>
      answer._tag === 'Appended' && answer.idempotent
        ? { _tag: 'Conflict', actual: answer.revision }
        : answer,
    ),
  ],
  [
    'a retry that overlaps in part is taken for one',
    'a retry that overlaps in part is a conflict',
    answering((answer) => (answer._tag === 'Conflict' ? { ...pretended, idempotent: true } : answer)),
  ],
  [
    'ids are unique in their stream only',
    'an id that stands elsewhere is refused, and nothing of its batch is stored',
    idsPerStream,
  ],
  ['an empty batch is accepted', 'an empty batch and one with an id twice are refused', emptyBatches],
  ['a doubled id is stored once', 'an empty batch and one with an id twice are refused', doubledIds],
  ['a refused batch is stored in part', 'a refused batch leaves nothing behind', notAtomic],
  [
    'other writers come between a batch',
    'batches of concurrent writers stand together in their stream',
    tornBatches,
  ],
  ['a reader passes a late commit', 'no reader passes over an event that commits late', lateCommit],
  [
    'a stream is read out of order',
    'a stream is read in the order of its revisions, whatever the size of the pages',
    swapsPages,
  ],
  ['positions are ordered as numbers, not as strings', 'positions increase as strings', unpadded],
  ['"at" is exclusive', 'a read at a position is inclusive, after one exclusive', atIsExclusive],
  ['"after" is inclusive', 'a read at a position is inclusive, after one exclusive', afterIsInclusive],
  [
    'a subscription yields the event of its position again',
    'a subscription after a position is exclusive',
    subscriptionIsInclusive,
  ],
  ['a subscription never goes live', 'a subscription catches up, then goes live', neverLive],
  ['a subscription is deaf to abort', 'a subscription that waits ends when it is aborted', deafToAbort],
  [
    'a subscription fetches everything at once',
    'a slow subscriber is not hurried: batches stay bounded and nothing is lost',
    inOneBatch,
  ],
  [
    'a subscription ends in silence when the store is closed',
    'a subscription ends with a fault when its store is closed',
    silentAtClose,
  ],
  [
    'bodies are parsed and printed again',
    'any JSON text comes back to the letter',
    overEvents((event) => ({ ...event, body: JSON.stringify(JSON.parse(event.body)) })),
  ],
  [
    'long bodies are cut',
    'a body of 1 MB comes back to the letter',
    overEvents((event) => ({ ...event, body: event.body.slice(0, 65_535) })),
  ],
  [
    'a closed store goes on',
    'a closed store answers STORE_CLOSED',
    (store) => ({ ...store, close: async () => undefined }),
  ],
];

/** A store of that defect. */
export const brokenStore = (fix: Fix): EventStore => fix(memoryEventStore());
