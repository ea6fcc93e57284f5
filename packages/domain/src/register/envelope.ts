/**
 * The stored bytes of an event: one JSON text, hashed and chained.
 *
 * Written by hand rather than as an io-ts codec: it is read for every event of a replay, and its shape is fixed.
 *
 * @packageDocumentation
 */
import type { Actor } from '../events/define.js';
import { parseJson } from './json.js';

/** What stands in `body`. `previous` is the hash of the event before it in the stream, or the stream's {@link genesis}. */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  readonly actor: Actor;
  readonly commandId: string;
  readonly commandDigest: string;
  readonly causationId: string | null;
  readonly evidence: ReadonlyArray<string>;
  /** By its hash, never by its id: who reads history must not be able to act under it. */
  readonly confirmation: string | null;
  readonly previous: string;
  readonly data: unknown;
  readonly sealed?: string;
  readonly subject?: string;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

const isActor = (value: unknown): value is Actor => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  switch (value.kind) {
    case 'manager':
    case 'clerk':
    case 'officer':
      return 'person' in value && isText(value.person);
    case 'staff':
      return 'account' in value && isText(value.account);
    case 'agency':
    case 'system':
      return true;
    default:
      return false;
  }
};

const isEnvelope = (value: unknown): value is Envelope => {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Readonly<Record<keyof Envelope, unknown>>;
  return (
    isText(candidate.id) &&
    isText(candidate.type) &&
    Number.isInteger(candidate.schema) &&
    isText(candidate.stream) &&
    Number.isInteger(candidate.revision) &&
    isText(candidate.recordedAt) &&
    isText(candidate.effectiveAt) &&
    isActor(candidate.actor) &&
    isText(candidate.commandId) &&
    isText(candidate.commandDigest) &&
    isTextOrNull(candidate.causationId) &&
    Array.isArray(candidate.evidence) &&
    candidate.evidence.every(isText) &&
    isTextOrNull(candidate.confirmation) &&
    isText(candidate.previous) &&
    candidate.data !== undefined &&
    (candidate.sealed === undefined || (isText(candidate.sealed) && isText(candidate.subject)))
  );
};

/** Reads stored bytes; `undefined` where they are not an envelope. Never throws. */
export const parseEnvelope = (body: string): Envelope | undefined => {
  const value = parseJson(body);
  return isEnvelope(value) ? value : undefined;
};

/** Writes an envelope in its one order of keys. */
export const printEnvelope = (envelope: Envelope): string => JSON.stringify(envelope);

/** What stands for "the hash before" in the first event of a stream: it ties the chain to its stream. */
export const genesis = (stream: string): string => `genesis:${stream}`;

/** Associated data of an event's sealed part: it cannot be moved to another event or stream. */
export const sealingContext = (stream: string, eventId: string): string => `${stream}/${eventId}`;
