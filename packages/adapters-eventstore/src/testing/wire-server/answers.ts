/**
 * Records and refusals in the protocol's words.
 *
 * @packageDocumentation
 */
import { status as code, Metadata, type ServiceError } from '@grpc/grpc-js';
import {
  type ReadResp,
  shared,
  status,
  streamIdentifier,
  streams,
  uuid,
} from '../../eventstoredb/messages.js';
import type { LogRecord } from './log.js';
import type { Expected } from './rules.js';

// -------------------------------------------------------------------------------------
// errors of a whole call
// -------------------------------------------------------------------------------------

/** A gRPC error with the metadata by which clients know it. */
export const refusal = (
  grpcCode: code,
  details: string,
  metadata: Readonly<Record<string, string>> = {},
): ServiceError => {
  const carried = new Metadata();
  for (const [key, value] of Object.entries(metadata)) carried.set(key, value);
  return Object.assign(new Error(details), { code: grpcCode, details, metadata: carried });
};

/** The stream has a tombstone. */
export const streamDeleted = (stream: string): ServiceError =>
  refusal(code.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

/** Another node is the leader. */
export const notLeader = (address: string, port: number): ServiceError =>
  refusal(code.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': address,
    'leader-endpoint-port': String(port),
  });

/** The node is starting, or an election is on. */
export const notReady = (): ServiceError => refusal(code.UNAVAILABLE, 'Server Is Not Ready');

/** The name or password is wrong, or missing. */
export const accessDenied = (): ServiceError =>
  refusal(code.UNAUTHENTICATED, 'Authentication failed', { exception: 'access-denied' });

/** The append is larger than the server takes. */
export const tooLarge = (most: number): ServiceError =>
  refusal(code.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(most),
  });

// -------------------------------------------------------------------------------------
// errors of one batch
// -------------------------------------------------------------------------------------

interface Packed {
  readonly serializeBinary: () => Uint8Array;
}

/** A refusal of one append in a stream of them. */
export const batchStatus = (
  grpcCode: number,
  message: string,
  name: string,
  details: Packed,
): InstanceType<typeof status.Status> => {
  // Field 3 present and empty: the one way to an `Any` of the copy of google-protobuf that the client uses.
  const answer = status.Status.deserializeBinary(Uint8Array.of(0x1a, 0));
  answer.setCode(grpcCode);
  answer.setMessage(message);
  answer.getDetails()?.pack(details.serializeBinary(), name);
  return answer;
};

/** Something else than the expected revision. */
export const wrongVersionStatus = (current: bigint, expected: Expected) => {
  // Present and empty: fields 2 (no stream now), 4 (any), 5 (exists), 6 (no stream expected).
  const field = { any: 0x22, 'stream-exists': 0x2a, 'no-stream': 0x32 };
  const octets = [
    ...(current < 0n ? [0x12, 0] : []),
    ...(typeof expected === 'string' ? [field[expected], 0] : []),
  ];
  const details = shared.WrongExpectedVersion.deserializeBinary(Uint8Array.from(octets));
  if (current >= 0n) details.setCurrentStreamRevision(String(current));
  if (typeof expected === 'bigint') details.setExpectedStreamPosition(String(expected));
  return batchStatus(
    code.FAILED_PRECONDITION,
    'WrongExpectedVersion',
    'event_store.client.WrongExpectedVersion',
    details,
  );
};

/** {@link streamDeleted} of one append. */
export const streamDeletedStatus = (stream: string) => {
  const details = new shared.StreamDeleted();
  details.setStreamIdentifier(streamIdentifier(stream));
  return batchStatus(code.FAILED_PRECONDITION, 'StreamDeleted', 'event_store.client.StreamDeleted', details);
};

/** {@link tooLarge} of one append. */
export const tooLargeStatus = (most: number) => {
  const details = new shared.MaximumAppendSizeExceeded();
  details.setMaxappendsize(most);
  return batchStatus(
    code.INVALID_ARGUMENT,
    'MaximumAppendSizeExceeded',
    'event_store.client.MaximumAppendSizeExceeded',
    details,
  );
};

/** The deadline that the client gave is over. */
export const timeoutStatus = () =>
  batchStatus(code.ABORTED, 'Timeout', 'event_store.client.Timeout', new shared.Timeout());

/** {@link notReady} of one append: the real server packs nothing but an empty message and says it in words. */
export const notReadyStatus = () =>
  batchStatus(code.OK, 'Server Is Not Ready', 'google.protobuf.Empty', new shared.Empty());

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

/** An event as a reader gets it. */
export const eventAnswer = (record: LogRecord): ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(record.id));
  recorded.setStreamIdentifier(streamIdentifier(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(String(record.position));
  recorded.setPreparePosition(String(record.position));
  recorded.getMetadataMap().set('type', record.type);
  recorded.getMetadataMap().set('content-type', record.contentType);
  recorded.getMetadataMap().set('created', String(record.created));
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(record.position));
  const answer = new streams.ReadResp();
  answer.setEvent(event);
  return answer;
};

/** The stream was never written to, or was deleted softly: a message, not an error. */
export const notFoundAnswer = (stream: string): ReadResp => {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(streamIdentifier(stream));
  const answer = new streams.ReadResp();
  answer.setStreamNotFound(missing);
  return answer;
};

/** How far a filtered subscription has looked. */
export const checkpointAnswer = (position: bigint): ReadResp => {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition(String(position));
  const answer = new streams.ReadResp();
  answer.setCheckpoint(checkpoint);
  return answer;
};

/** A subscription has begun. */
export const confirmationAnswer = (id: string): ReadResp => {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const answer = new streams.ReadResp();
  answer.setConfirmation(confirmation);
  return answer;
};

/** A subscription has seen everything that was there. */
export const caughtUpAnswer = (): ReadResp => {
  const answer = new streams.ReadResp();
  answer.setCaughtUp(new streams.ReadResp.CaughtUp());
  return answer;
};
