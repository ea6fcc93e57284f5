/**
 * The lines of an export: JSON, one thing a line (docs/decisions/0049-an-export-is-lines.md).
 *
 * First the header, then the evidence in the order of its hashes, then all events in their global order, then the end with
 * the counts and a digest over all lines between header and end.
 *
 * @packageDocumentation
 */
import { type EventToAppend, parseStreamName, type StreamName } from '@mandate/domain';

/** The version of the format that this program writes, and the newest that it reads. */
export const formatVersion = 1;

export interface HeaderLine {
  readonly format: 'mandate-export';
  readonly version: number;
  /** The hash of the register's first event: the same for all copies of one register. `null` where it is empty. */
  readonly instance: string | null;
  /** The position, in the store that it came from, up to which it was exported. */
  readonly head: string | null;
}

/** Sealed, or public: exactly as the evidence store holds it. */
export interface EvidenceLine {
  readonly evidence: string;
  readonly subject: string;
  readonly sealed: string;
}

export interface EventLine extends EventToAppend {
  /** 1 for the first event of the register: the order over all streams. */
  readonly event: number;
  readonly stream: StreamName;
  readonly revision: number;
}

export interface EndLine {
  readonly end: true;
  readonly events: number;
  readonly streams: number;
  readonly evidence: number;
  /** SHA-256 in hex over the lines between header and end, each with its line feed. */
  readonly digest: string;
}

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The fields of a line; `undefined` where it is not a JSON object in UTF-8. */
export const fieldsOf = (bytes: Uint8Array): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
};

const hasOnly = (fields: Fields, names: ReadonlyArray<string>): boolean =>
  Object.keys(fields).length === names.length && names.every((name) => Object.hasOwn(fields, name));

/** Reads a header of any version. */
export const asHeader = (fields: Fields): HeaderLine | undefined => {
  const { format, version, instance, head } = fields;
  return format === 'mandate-export' && isCount(version) && isTextOrNull(instance) && isTextOrNull(head)
    ? { format, version, instance, head }
    : undefined;
};

export const asEvidence = (fields: Fields): EvidenceLine | undefined => {
  const { evidence, subject, sealed } = fields;
  return hasOnly(fields, ['evidence', 'subject', 'sealed']) &&
    isText(evidence) &&
    isText(subject) &&
    isText(sealed)
    ? { evidence, subject, sealed }
    : undefined;
};

const eventFields = ['event', 'stream', 'revision', 'id', 'type', 'hash', 'body'];

export const asEvent = (fields: Fields): EventLine | undefined => {
  const { event, revision, id, type, hash, body } = fields;
  const stream = isText(fields['stream']) ? parseStreamName(fields['stream']) : undefined;
  return hasOnly(fields, eventFields) &&
    isCount(event) &&
    stream !== undefined &&
    isCount(revision) &&
    isText(id) &&
    isText(type) &&
    isText(hash) &&
    isText(body)
    ? { event, stream, revision, id, type, hash, body }
    : undefined;
};

export const asEnd = (fields: Fields): EndLine | undefined => {
  const { end, events, streams, evidence, digest } = fields;
  return hasOnly(fields, ['end', 'events', 'streams', 'evidence', 'digest']) &&
    end === true &&
    isCount(events) &&
    isCount(streams) &&
    isCount(evidence) &&
    isText(digest)
    ? { end, events, streams, evidence, digest }
    : undefined;
};

/** Prints a line with its line feed. */
export const printLine = (line: HeaderLine | EvidenceLine | EventLine | EndLine): string =>
  `${JSON.stringify(line)}\n`;
