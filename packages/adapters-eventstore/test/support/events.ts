import { agencyStream, type EventStore, type EventToAppend, type StreamName } from '@mandate/domain';
import { event } from '../../src/conformance/event-store/harness.js';
import { right } from './right.js';

/** A stream of the tests. */
export const stream = (name: string): StreamName => agencyStream('test', name);

/** Appends one event of about `size` characters to the end of a stream whose next revision is `revision`. */
export const appendOne = (store: EventStore, to: StreamName, revision: number, size = 100) =>
  store.append(to, revision === 0 ? 'no-stream' : revision - 1, [sized(`${to} ${revision}`, size)]);

/** An event with a body of about `size` characters. */
export const sized = (name: string, size: number): EventToAppend =>
  event(name, JSON.stringify({ name, filling: 'x'.repeat(size) }));

/** How many events a store holds. */
export const countOf = async (store: EventStore): Promise<number> =>
  (await right(store.readAll('start', 10_000_000))).events.length;
