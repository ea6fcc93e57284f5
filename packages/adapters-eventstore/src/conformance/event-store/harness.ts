/**
 * What the kit asks of whoever runs it against an event store, and the events it appends.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import {
  type AppendResult,
  agencyStream,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type ReadAllFrom,
  type RecordedEvent,
  type StreamName,
} from '@mandate/domain';
import { type ConformanceCase, defaultPatience, ensure, succeed } from '../case.js';

// -------------------------------------------------------------------------------------
// harness
// -------------------------------------------------------------------------------------

/** A process that runs {@link crashWriter} on the harness's data. */
export interface WriterProcess {
  /** The lines that it writes, to the last one that was written before it was killed. */
  readonly lines: AsyncIterable<string>;
  /** Ends it with SIGKILL and resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

/** Opens the store under test. */
export interface StoreHarness {
  /** A store that holds nothing. */
  readonly open: () => Promise<EventStore>;
  /** The data of the store that was opened last, after it was closed or its process killed. For durable stores. */
  readonly reopen?: () => Promise<EventStore>;
  /** A second writer on the data of the store that was opened last, which is still open: as another process is. */
  readonly openAnother?: () => Promise<EventStore>;
  /** Starts a process that runs {@link crashWriter} with this tag on the data of the store that was opened last. */
  readonly spawnWriter?: (tag: string) => Promise<WriterProcess>;
  /** Milliseconds that a case waits for what must come. @defaultValue 60000 */
  readonly patience?: number;
}

/** A case for an event store. */
export type EventStoreCase = ConformanceCase<StoreHarness>;

type Ability = 'reopen' | 'openAnother' | 'spawnWriter';

/** A case that opens a store and closes it at the end, whatever came of it. */
export const withStore = (
  name: string,
  run: (store: EventStore, harness: StoreHarness) => Promise<void>,
  needs: ReadonlyArray<Ability> = [],
): EventStoreCase => ({
  name,
  needs,
  run: async (harness) => {
    const store = await harness.open();
    try {
      await run(store, harness);
    } finally {
      await store.close();
    }
  },
});

/** See {@link StoreHarness.patience}. */
export const patienceOf = (harness: StoreHarness): number => harness.patience ?? defaultPatience;

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

/** SHA-256 of a text in lower-case hex. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** An event with an id (a UUID in form) that follows from its name, and a body of its own. */
export const event = (name: string, body: string = JSON.stringify({ name })): EventToAppend => {
  const hex = sha256(name);
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return { id, type: 'ConformanceProbed', body, hash: sha256(body) };
};

/** `count` events named after `name`. */
export const events = (name: string, count: number): ReadonlyArray<EventToAppend> =>
  Array.from({ length: count }, (_, index) => event(`${name}/${index}`));

/** A stream of the kit. */
export const stream = (name: string): StreamName => agencyStream('conformance', name);

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

/** Appends what must be accepted. */
export const append = async (
  store: EventStore,
  to: StreamName,
  expected: ExpectedRevision,
  batch: ReadonlyArray<EventToAppend>,
): Promise<Extract<AppendResult, { readonly _tag: 'Appended' }>> => {
  const doing = `append of ${batch.length} after ${expected} to ${to}`;
  const answer = await succeed(store.append(to, expected, batch), doing);
  if (answer._tag === 'Conflict')
    throw new Error(`${doing}: refused, the stream is said to be at ${answer.actual}`);
  return answer;
};

/** Appends what must be refused as a conflict, and compares what the stream is said to be at. */
export const conflict = async (
  store: EventStore,
  to: StreamName,
  expected: ExpectedRevision,
  batch: ReadonlyArray<EventToAppend>,
  actual: ExpectedRevision,
): Promise<void> => {
  const doing = `append of ${batch.length} after ${expected} to ${to}, which is at ${actual}`;
  const answer = await succeed(store.append(to, expected, batch), doing);
  ensure(answer._tag === 'Conflict', `${doing}: accepted, but should be a conflict`);
  ensure(answer.actual === actual, `${doing}: a conflict, but "actual" is ${answer.actual}`);
};

/** All events of a stream, a few a page. */
export const wholeStream = async (
  store: EventStore,
  of: StreamName,
  pageSize = 1_000,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const all: Array<RecordedEvent> = [];
  for (;;) {
    const page = await succeed(store.readStream(of, all.length, pageSize), `read of ${of}`);
    ensure(page.events.length <= pageSize, `read of ${of}: more events than the limit`);
    all.push(...page.events);
    if (page.end) return all;
    ensure(page.events.length > 0, `read of ${of}: an empty page that is not the end`);
  }
};

/** All events of the store after a position, a few a page. */
export const wholeStore = async (
  store: EventStore,
  pageSize = 1_000,
  start: ReadAllFrom = 'start',
): Promise<ReadonlyArray<RecordedEvent>> => {
  const all: Array<RecordedEvent> = [];
  let from = start;
  for (;;) {
    const page = await succeed(store.readAll(from, pageSize), 'read over all streams');
    ensure(page.events.length <= pageSize, 'read over all streams: more events than the limit');
    all.push(...page.events);
    const last = page.events.at(-1);
    if (page.end) return all;
    ensure(last !== undefined, 'read over all streams: an empty page that is not the end');
    from = { after: last.position };
  }
};

/** The ids of events, in order. */
export const idsOf = (of: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<string> =>
  of.map(({ id }) => id);

/** The position of an event that must be there. */
export const positionAt = (of: ReadonlyArray<RecordedEvent>, index: number): Position => {
  const found = of[index];
  ensure(found !== undefined, `the store gives back fewer events than were appended: no event ${index}`);
  return found.position;
};
