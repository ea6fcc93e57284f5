/**
 * The log, the rules and the journal together: what happens when something is written.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { Journal } from './journal.js';
import { type Log, type LogRecord, makeLog, type Proposed } from './log.js';
import {
  decide,
  type Expected,
  endOfTime,
  isScavenged,
  metadataOf,
  stateOf,
  tombstoneType,
} from './rules.js';

/** The answer to a write. */
export type Written =
  | { readonly _tag: 'Written'; readonly revision: bigint; readonly position: bigint }
  | { readonly _tag: 'WrongVersion'; readonly current: bigint }
  | { readonly _tag: 'Deleted' };

/** What the services work on. */
export interface WireStore {
  readonly log: Log;
  readonly append: (stream: string, expected: Expected, events: ReadonlyArray<Proposed>) => Written;
  /** Soft: the stream reads as not found, and may be begun again. */
  readonly remove: (stream: string, expected: Expected) => Written;
  /** For ever. */
  readonly tombstone: (stream: string, expected: Expected) => Written;
  /** Takes out of the log what is truncated or deleted, as an operator does to win back room. */
  readonly scavenge: () => void;
  /** Overwrites the bytes of a stored event, as somebody with access to the disk could. */
  readonly tamper: (stream: string, revision: bigint, data: Uint8Array) => void;
}

const json = 'application/json';
const ticksPerMillisecond = 10_000n;
/** A real server writes its own events between those of its clients; here after so many appends. */
const systemEventEvery = 40;

const systemEvent = (type: string, data: unknown): Proposed => ({
  id: randomUUID(),
  type,
  contentType: json,
  data: Buffer.from(JSON.stringify(data), 'utf8'),
  metadata: new Uint8Array(),
});

/** Opens a {@link WireStore} on a journal. */
export const wireStore = (journal: Journal): WireStore => {
  const log = makeLog();
  let appends = 0;
  for (const records of journal.kept) log.add(records);

  const write = (stream: string, first: bigint, events: ReadonlyArray<Proposed>): LogRecord | undefined => {
    let position = log.head();
    const records = events.map((event, index): LogRecord => {
      position = log.place(position, event.data.length + event.metadata.length);
      return {
        ...event,
        stream,
        revision: first + BigInt(index),
        position,
        created: BigInt(Date.now()) * ticksPerMillisecond,
      };
    });
    journal.keep(records);
    log.add(records);
    return records.at(-1);
  };
  const writeSystem = (stream: string, event: Proposed): void => {
    const state = stateOf(log, stream);
    if (state._tag === 'Stream') write(stream, state.last + 1n, [event]);
  };
  const setMetadata = (stream: string, value: string): void =>
    writeSystem(metadataOf(stream), {
      ...systemEvent('$metadata', {}),
      data: Buffer.from(value, 'utf8'),
    });

  const append: WireStore['append'] = (stream, expected, events) => {
    const decision = decide(
      log,
      stream,
      expected,
      events.map(({ id }) => id),
    );
    if (decision._tag === 'WrongVersion' || decision._tag === 'Deleted') return decision;
    if (decision._tag === 'Idempotent') {
      return { _tag: 'Written', revision: decision.last, position: decision.position };
    }
    // Only what comes after the deletion may be read again.
    if (decision.revives) setMetadata(stream, `{"$tb":${decision.first}}`);
    const last = write(stream, decision.first, events);
    appends += 1;
    if (appends % systemEventEvery === 0) {
      writeSystem('$stats-127.0.0.1:2113', systemEvent('$statsCollected', { appends }));
    }
    return {
      _tag: 'Written',
      revision: decision.first + BigInt(events.length) - 1n,
      position: last?.position ?? log.head(),
    };
  };

  const removing = (stream: string, expected: Expected, carryOut: (last: bigint) => void): Written => {
    const state = stateOf(log, stream);
    if (state._tag === 'Tombstone') return { _tag: 'Deleted' };
    const wanted = expected === 'no-stream' ? -1n : expected;
    if (typeof wanted === 'bigint' && wanted !== state.last) {
      return { _tag: 'WrongVersion', current: state.last };
    }
    carryOut(state.last);
    return { _tag: 'Written', revision: state.last, position: log.head() };
  };

  if (log.all().length === 0) {
    writeSystem('$settings', systemEvent('$settings', { started: true }));
    writeSystem('$users', systemEvent('$User', 'admin'));
  }
  return {
    log,
    append,
    remove: (stream, expected) =>
      removing(stream, expected, () => setMetadata(stream, `{"$tb":${endOfTime}}`)),
    tombstone: (stream, expected) =>
      removing(stream, expected, () => {
        write(stream, endOfTime, [systemEvent(tombstoneType, {})]);
      }),
    scavenge: () => log.remove((record) => isScavenged(log, record)),
    tamper: (stream, revision, data) => {
      const record = log.stream(stream).find((each) => each.revision === revision);
      if (record !== undefined) Object.assign(record, { data });
    },
  };
};
