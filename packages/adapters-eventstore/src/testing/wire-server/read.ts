/**
 * Read: of a stream, of all streams, and the subscriptions to either.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { status as code, type ServerWritableStream } from '@grpc/grpc-js';
import { type ReadReq, type ReadResp, streamName, streams } from '../../eventstoredb/messages.js';
import {
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswer,
  notFoundAnswer,
  refusal,
  streamDeleted,
} from './answers.js';
import { type Context, meet, refusedAtTheDoor } from './context.js';
import { type Filter, filterOf } from './filter.js';
import type { LogRecord } from './log.js';
import { stateOf } from './rules.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;
type Options = InstanceType<typeof streams.ReadReq.Options>;

/** Writes, and waits while the client takes nothing. False once the client is gone. */
const send = async (call: Call, answer: ReadResp): Promise<boolean> => {
  if (call.cancelled || call.destroyed) return false;
  if (!call.write(answer)) {
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    call.once('cancelled', leave);
    call.once('close', leave);
    await once(call, 'drain', { signal: gone.signal }).catch(() => undefined);
    call.off('cancelled', leave);
    call.off('close', leave);
  }
  return !call.cancelled;
};

// -------------------------------------------------------------------------------------
// what is there
// -------------------------------------------------------------------------------------

/** The records of a stream that may be read; an error or a "not found" where there are none to look at. */
const readable = (context: Context, stream: string): ReadonlyArray<LogRecord> | 'not found' | 'deleted' => {
  const state = stateOf(context.store.log, stream);
  if (state._tag === 'Tombstone') return 'deleted';
  if (state.last < 0n || state.softDeleted) return 'not found';
  return context.store.log.stream(stream).filter((record) => record.revision >= state.first);
};

const ofStream = (
  records: ReadonlyArray<LogRecord>,
  options: Options,
  backwards: boolean,
): ReadonlyArray<LogRecord> => {
  const from = options.getStream();
  if (!backwards) {
    if (from?.hasEnd() === true) return [];
    const first = from?.hasRevision() === true ? BigInt(from.getRevision()) : 0n;
    return records.filter((record) => record.revision >= first);
  }
  if (from?.hasStart() === true) return records.slice(0, 1);
  const last = from?.hasRevision() === true ? BigInt(from.getRevision()) : undefined;
  const chosen = last === undefined ? records : records.filter((record) => record.revision <= last);
  return [...chosen].reverse();
};

/** From a position on, inclusive; backwards what lies before it. */
function* ofAll(context: Context, options: Options, backwards: boolean): Generator<LogRecord> {
  const { log } = context.store;
  const from = options.getAll();
  const position = BigInt(from?.getPosition()?.getCommitPosition() ?? 0);
  if (backwards) {
    const end = from?.hasPosition() === true ? log.indexAt(position) : log.all().length;
    for (let index = from?.hasStart() === true ? -1 : end - 1; index >= 0; index -= 1) {
      const record = log.all()[index];
      if (record !== undefined) yield record;
    }
    return;
  }
  const begin = from?.hasPosition() === true ? log.indexAt(position) : 0;
  const end = from?.hasEnd() === true ? 0 : log.all().length;
  for (let index = begin; index < end; index += 1) {
    const record = log.all()[index];
    if (record !== undefined) yield record;
  }
}

const sendAll = async (
  call: Call,
  context: Context,
  records: Iterable<LogRecord>,
  count: number,
  filter: Filter | undefined,
  cutAfter: number | undefined,
): Promise<void> => {
  let sent = 0;
  for (const record of records) {
    if (sent >= count) break;
    if (filter !== undefined && !filter.wants(record)) continue;
    if (sent === cutAfter) {
      context.cut();
      return;
    }
    if (!(await send(call, eventAnswer(record)))) return;
    sent += 1;
  }
  call.end();
};

const read = async (call: Call, context: Context, options: Options): Promise<void> => {
  const fault = context.faults.take('read');
  const met = await meet(context, fault);
  if (met._tag === 'Refuse') call.emit('error', met.error);
  if (met._tag !== 'Go') return;
  const cutAfter = fault?._tag === 'CutAfterEvents' ? fault.events : undefined;
  const count = Number(options.getCount());
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const filter = options.getFilter();
  const wanted = filter === undefined ? undefined : filterOf(filter);
  if (options.hasAll()) {
    await sendAll(call, context, ofAll(context, options, backwards), count, wanted, cutAfter);
    return;
  }
  const name = streamName(options.getStream()?.getStreamIdentifier());
  const found = readable(context, name);
  if (found === 'deleted') call.emit('error', streamDeleted(name));
  else if (found === 'not found') {
    await send(call, notFoundAnswer(name));
    call.end();
  } else {
    await sendAll(call, context, ofStream(found, options, backwards), count, wanted, cutAfter);
  }
};

// -------------------------------------------------------------------------------------
// subscriptions
// -------------------------------------------------------------------------------------

interface Place {
  /** The position after which records are looked at. */
  readonly start: bigint;
  readonly wants: (record: LogRecord) => boolean;
}

/** Where a subscription begins, exclusive. */
const placeOf = (context: Context, options: Options): Place => {
  const { log } = context.store;
  const all = options.getAll();
  if (all !== undefined) {
    const position = all.getPosition();
    const start =
      position !== undefined ? BigInt(position.getCommitPosition()) : all.hasEnd() ? log.head() : -1n;
    return { start, wants: () => true };
  }
  const from = options.getStream();
  const name = streamName(from?.getStreamIdentifier());
  const last = log.stream(name).at(-1)?.revision ?? -1n;
  const after =
    from?.hasRevision() === true ? BigInt(from.getRevision()) : from?.hasEnd() === true ? last : -1n;
  return { start: -1n, wants: (record) => record.stream === name && record.revision > after };
};

const subscribe = async (call: Call, context: Context, options: Options): Promise<void> => {
  const fault = context.faults.take('subscribe');
  const met = await meet(context, fault);
  if (met._tag === 'Refuse') call.emit('error', met.error);
  if (met._tag !== 'Go') return;
  const cutAfter = fault?._tag === 'CutAfterEvents' ? fault.events : undefined;
  const { log } = context.store;
  const given = options.getFilter();
  const filter = given === undefined ? undefined : filterOf(given);
  const place = placeOf(context, options);
  let seen = place.start;
  let sent = 0;
  let looked = 0;
  let live = false;
  let wake = (): void => {};
  const stop = log.onAdded(() => wake());
  const gone = (): void => wake();
  call.on('cancelled', gone);
  call.on('close', gone);

  /** Everything after `seen`; false once the client is gone. */
  const deliver = async (): Promise<boolean> => {
    for (let record = log.all()[log.indexAt(seen + 1n)]; record !== undefined; ) {
      seen = record.position;
      looked += 1;
      if (place.wants(record) && (filter === undefined || filter.wants(record))) {
        if (sent === cutAfter) {
          context.cut();
          return false;
        }
        if (!(await send(call, eventAnswer(record)))) return false;
        sent += 1;
      }
      if (filter !== undefined && looked % filter.checkpointEvery === 0) {
        if (!(await send(call, checkpointAnswer(seen)))) return false;
      }
      record = log.all()[log.indexAt(seen + 1n)];
    }
    return true;
  };

  try {
    if (!(await send(call, confirmationAnswer(randomUUID())))) return;
    while (!call.cancelled && !call.destroyed) {
      const added = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!(await deliver())) return;
      if (!live) {
        live = true;
        if (!(await send(call, caughtUpAnswer()))) return;
      }
      if (call.cancelled || call.destroyed) return;
      await added;
    }
  } finally {
    stop();
  }
};

/** The service's `Read`. */
export const readService =
  (context: Context) =>
  (call: Call): void => {
    const options = call.request.getOptions();
    const refused = refusedAtTheDoor(context, call.metadata);
    if (options === undefined || refused !== undefined) {
      call.emit('error', refused ?? refusal(code.INVALID_ARGUMENT, 'a read without options'));
      return;
    }
    const run = options.hasSubscription() ? subscribe : read;
    // A read that cannot be carried out (a filter that is no expression) is the caller's error.
    run(call, context, options).catch((error) =>
      call.emit('error', refusal(code.INVALID_ARGUMENT, String(error))),
    );
  };
