/**
 * What the server hands out, as recorded events. Nothing is cast: what a register did not write is told, not passed on.
 *
 * @packageDocumentation
 */
import {
  type Position,
  type RecordedEvent,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type ReadResp, streamName } from './messages.js';
import { printLogPosition } from './positions.js';

type Recorded = NonNullable<ReturnType<NonNullable<ReturnType<ReadResp['getEvent']>>['getEvent']>>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decoded = (octets: Uint8Array): string | undefined => {
  try {
    return utf8.decode(octets);
  } catch {
    return undefined;
  }
};

const parsed = (text: string | undefined): { readonly value: unknown } | undefined => {
  try {
    return text === undefined ? undefined : { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const besideOf = (octets: Uint8Array): { readonly id: string; readonly hash: string } | undefined => {
  const value = parsed(decoded(octets))?.value;
  if (typeof value !== 'object' || value === null) return undefined;
  const id: unknown = Reflect.get(value, 'id');
  const hash: unknown = Reflect.get(value, 'hash');
  return typeof id === 'string' && typeof hash === 'string' ? { id, hash } : undefined;
};

/** The event of an answer, and the stream of the server that it lies in. */
export const recordOf = (
  answer: ReadResp,
): { readonly name: string; readonly record: Recorded } | undefined => {
  const record = answer.getEvent()?.getEvent();
  return record === undefined ? undefined : { name: streamName(record.getStreamIdentifier()), record };
};

/** Where a record lies in the log. */
export const positionOf = (record: Recorded): Position =>
  printLogPosition(record.getCommitPosition(), record.getPreparePosition());

/** The type of a record, as the server keeps it. */
export const typeOf = (record: Recorded): string => record.getMetadataMap().get('type') ?? '';

/** A record as an event of a stream. `STORE_CORRUPT` when no register wrote it, or its body is no JSON text in UTF-8. */
export const eventOf = (
  stream: StreamName,
  record: Recorded,
  position = positionOf(record),
): E.Either<StoreFault, RecordedEvent> => {
  const revision = Number(record.getStreamRevision());
  const broken = (what: string): E.Either<StoreFault, never> =>
    E.left(storeFault('STORE_CORRUPT', `event ${revision} of ${stream} ${what}`));
  const beside = besideOf(record.getCustomMetadata_asU8());
  if (beside === undefined) return broken('was written by another program: it has no id and hash of ours');
  const body = decoded(record.getData_asU8());
  if (body === undefined || parsed(body) === undefined) return broken('has a body that is no JSON text');
  return E.right({
    stream,
    revision,
    position,
    id: beside.id,
    type: typeOf(record),
    body,
    hash: beside.hash,
  });
};

/** What a metadata record does to its stream that a register would not do; `undefined` for nothing. */
export const truncation = (record: Recorded): string | undefined => {
  const value = parsed(decoded(record.getData_asU8()))?.value;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return ['$tb', '$maxCount', '$maxAge'].find((key) => keys.includes(key));
};
