/**
 * Append, BatchAppend, Delete and Tombstone.
 *
 * @packageDocumentation
 */
import {
  status as code,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
  type BatchAppendResp,
  type DeleteReq,
  type DeleteResp,
  empty,
  shared,
  streamIdentifier,
  streamName,
  streams,
  type TombstoneReq,
  type TombstoneResp,
  uuid,
  uuidText,
} from '../../eventstoredb/messages.js';
import {
  batchStatus,
  notReadyStatus,
  refusal,
  streamDeleted,
  streamDeletedStatus,
  timeoutStatus,
  tooLarge,
  tooLargeStatus,
  wrongVersionStatus,
} from './answers.js';
import { type Context, meet, meetAfterCommit, refusedAtTheDoor } from './context.js';
import type { Fault } from './faults.js';
import type { Proposed } from './log.js';
import type { Expected } from './rules.js';
import type { Written } from './store.js';

// -------------------------------------------------------------------------------------
// reading requests
// -------------------------------------------------------------------------------------

interface ProposedMessage {
  readonly getId: () => InstanceType<typeof shared.UUID> | undefined;
  readonly getMetadataMap: () => { readonly get: (key: string) => string | undefined };
  readonly getData_asU8: () => Uint8Array;
  readonly getCustomMetadata_asU8: () => Uint8Array;
}

const proposed = (message: ProposedMessage): Proposed => ({
  id: uuidText(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const sizeOf = (events: ReadonlyArray<Proposed>): number =>
  events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length, 0);

interface WithRevision {
  readonly hasRevision: () => boolean;
  readonly getRevision: () => string;
  readonly hasNoStream: () => boolean;
  readonly hasStreamExists: () => boolean;
}

const expectedOf = (options: WithRevision): Expected => {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
};

/** Stores an append unless a fault comes between. `undefined` where nobody shall be answered. */
const carryOut = (
  context: Context,
  fault: Fault | undefined,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<Proposed>,
): Written | undefined => {
  if (fault?._tag === 'WrongVersion') return { _tag: 'WrongVersion', current: fault.current };
  const written = context.store.append(stream, expected, events);
  return meetAfterCommit(context, fault) ? undefined : written;
};

// -------------------------------------------------------------------------------------
// Append
// -------------------------------------------------------------------------------------

const appendAnswer = (written: Written, expected: Expected): AppendResp => {
  const answer = new streams.AppendResp();
  if (written._tag === 'Written') {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(written.position));
    position.setPreparePosition(String(written.position));
    const success = new streams.AppendResp.Success();
    if (written.revision < 0n) success.setNoStream(empty());
    else success.setCurrentRevision(String(written.revision));
    success.setPosition(position);
    answer.setSuccess(success);
  } else if (written._tag === 'WrongVersion') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (written.current < 0n) wrong.setCurrentNoStream(empty());
    else wrong.setCurrentRevision(String(written.current));
    if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
    else if (expected === 'no-stream') wrong.setExpectedNoStream(empty());
    else if (expected === 'any') wrong.setExpectedAny(empty());
    else wrong.setExpectedStreamExists(empty());
    answer.setWrongExpectedVersion(wrong);
  }
  return answer;
};

/** The service's `Append`. */
export const appendService =
  (context: Context) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, done: sendUnaryData<AppendResp>): void => {
    const refused = refusedAtTheDoor(context, call.metadata);
    let stream = '';
    let expected: Expected = 'any';
    const events: Array<Proposed> = [];
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options !== undefined) {
        stream = streamName(options.getStreamIdentifier());
        expected = expectedOf(options);
      }
      const message = request.getProposedMessage();
      if (message !== undefined) events.push(proposed(message));
    });
    const end = async (): Promise<void> => {
      if (refused !== undefined) return done(refused);
      if (sizeOf(events) > context.maxAppendSize) return done(tooLarge(context.maxAppendSize));
      const fault = context.faults.take('append');
      const met = await meet(context, fault);
      if (met._tag === 'Refuse') return done(met.error);
      if (met._tag === 'Nothing') return;
      const written = carryOut(context, fault, stream, expected, events);
      if (written === undefined) return;
      if (written._tag === 'Deleted') done(streamDeleted(stream));
      else done(null, appendAnswer(written, expected));
    };
    call.on('end', () => {
      end().catch((error) => done(refusal(code.UNKNOWN, String(error))));
    });
    // A client that leaves in the middle has appended nothing.
    call.on('error', () => {});
  };

// -------------------------------------------------------------------------------------
// BatchAppend
// -------------------------------------------------------------------------------------

interface Pending {
  readonly stream: string;
  readonly expected: Expected;
  readonly deadline: number;
  readonly events: Array<Proposed>;
}

const success = (written: Extract<Written, { readonly _tag: 'Written' }>) => {
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(String(written.position));
  position.setPreparePosition(String(written.position));
  const message = new streams.BatchAppendResp.Success();
  if (written.revision < 0n) message.setNoStream(empty());
  else message.setCurrentRevision(String(written.revision));
  message.setPosition(position);
  return message;
};

const batchAnswer = (id: string, { stream, expected }: Pending, written: Written): BatchAppendResp => {
  const answer = emptyAnswer(id, stream);
  if (written._tag === 'Written') answer.setSuccess(success(written));
  else if (written._tag === 'Deleted') answer.setError(streamDeletedStatus(stream));
  else answer.setError(wrongVersionStatus(written.current, expected));
  return answer;
};

const emptyAnswer = (id: string, stream: string): BatchAppendResp => {
  const answer = new streams.BatchAppendResp();
  answer.setCorrelationId(uuid(id));
  answer.setStreamIdentifier(streamIdentifier(stream));
  return answer;
};

const expectedOfBatch = (options: NonNullable<ReturnType<BatchAppendReq['getOptions']>>): Expected => {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'stream-exists' : 'any';
};

/** The service's `BatchAppend`: many appends over one call, each with an id of its own. */
export const batchAppendService =
  (context: Context) =>
  (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const pending = new Map<string, Pending>();
    const refused = refusedAtTheDoor(context, call.metadata);
    if (refused !== undefined) {
      call.emit('error', refused);
      return;
    }
    let under = 0;
    let ended = false;
    const finish = (): void => {
      if (ended && under === 0) call.end();
    };
    const answer = (message: BatchAppendResp): void => {
      if (!call.destroyed && !call.writableEnded) call.write(message);
    };

    const complete = async (id: string, batch: Pending): Promise<void> => {
      const fault = context.faults.take('append');
      const met = await meet(context, fault);
      if (met._tag === 'Nothing') return;
      if (met._tag === 'Refuse') {
        if (fault?._tag !== 'NotReady') {
          call.emit('error', met.error);
          return;
        }
        const busy = emptyAnswer(id, batch.stream);
        busy.setError(notReadyStatus());
        answer(busy);
        return;
      }
      if (fault?._tag === 'EndBatchStream') {
        if (fault.stored) context.store.append(batch.stream, batch.expected, batch.events);
        call.end();
        return;
      }
      if (batch.deadline < Date.now()) {
        const late = emptyAnswer(id, batch.stream);
        late.setError(timeoutStatus());
        answer(late);
        return;
      }
      const written = carryOut(context, fault, batch.stream, batch.expected, batch.events);
      if (written !== undefined) answer(batchAnswer(id, batch, written));
    };

    call.on('data', (request: BatchAppendReq) => {
      const id = uuidText(request.getCorrelationId());
      const options = request.getOptions();
      if (options !== undefined) {
        const seconds = options.getDeadline()?.getSeconds();
        pending.set(id, {
          stream: streamName(options.getStreamIdentifier()),
          expected: expectedOfBatch(options),
          deadline: seconds === undefined ? Number.POSITIVE_INFINITY : (Number(seconds) + 1) * 1_000,
          events: [],
        });
      }
      const batch = pending.get(id);
      if (batch === undefined) return;
      batch.events.push(...request.getProposedMessagesList().map(proposed));
      if (sizeOf(batch.events) > context.maxAppendSize) {
        pending.delete(id);
        const large = emptyAnswer(id, batch.stream);
        large.setError(tooLargeStatus(context.maxAppendSize));
        answer(large);
        return;
      }
      if (!request.getIsFinal()) return;
      pending.delete(id);
      under += 1;
      complete(id, batch)
        .catch((error) => {
          const broken = emptyAnswer(id, batch.stream);
          broken.setError(
            batchStatus(code.UNKNOWN, String(error), 'event_store.client.Unknown', new shared.Unknown()),
          );
          answer(broken);
        })
        .finally(() => {
          under -= 1;
          finish();
        });
    });
    call.on('end', () => {
      ended = true;
      finish();
    });
    call.on('error', () => {});
  };

// -------------------------------------------------------------------------------------
// Delete, Tombstone
// -------------------------------------------------------------------------------------

const wrongVersionError = (stream: string, expected: Expected, current: bigint) =>
  refusal(code.FAILED_PRECONDITION, `Append failed due to WrongExpectedVersion. Stream: ${stream}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': typeof expected === 'bigint' ? String(expected) : '-1',
    'actual-version': current < 0n ? '' : String(current),
  });

/** The service's `Delete` (soft) and `Tombstone` (for ever). */
export const removeService =
  <Q extends DeleteReq | TombstoneReq, R extends DeleteResp | TombstoneResp>(
    context: Context,
    remove: (stream: string, expected: Expected) => Written,
    answer: (position: bigint) => R,
  ) =>
  (call: ServerUnaryCall<Q, R>, done: sendUnaryData<R>): void => {
    const options = call.request.getOptions();
    const refused = refusedAtTheDoor(context, call.metadata);
    if (options === undefined || refused !== undefined) {
      done(refused ?? refusal(code.INVALID_ARGUMENT, 'a deletion without options'));
      return;
    }
    const stream = streamName(options.getStreamIdentifier());
    const expected = expectedOf(options);
    const written = remove(stream, expected);
    if (written._tag === 'Deleted') done(streamDeleted(stream));
    else if (written._tag === 'WrongVersion') done(wrongVersionError(stream, expected, written.current));
    else done(null, answer(written.position));
  };

/** The answer of `Delete`. */
export const deleted = (at: bigint): DeleteResp => {
  const position = new streams.DeleteResp.Position();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  const answer = new streams.DeleteResp();
  answer.setPosition(position);
  return answer;
};

/** The answer of `Tombstone`. */
export const tombstoned = (at: bigint): TombstoneResp => {
  const position = new streams.TombstoneResp.Position();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  const answer = new streams.TombstoneResp();
  answer.setPosition(position);
  return answer;
};
