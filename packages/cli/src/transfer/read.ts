/**
 * Reading an export, verified while it is read: format, order, chains, digest.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { type Position, publicEvidence, type RecordedEvent, type Sha256 } from '@mandate/domain';
import { type CliFault, cliFault, fromFileError } from '../fault.js';
import { createSoundness } from '../register/sound.js';
import {
  asEnd,
  asEvent,
  asEvidence,
  asHeader,
  type EndLine,
  type EvidenceLine,
  fieldsOf,
  formatVersion,
  type HeaderLine,
} from './format.js';
import { linesOf } from './lines.js';

/** What a line brought. A fault is the last item; without one the end is. */
export type Item =
  | { readonly _tag: 'Header'; readonly header: HeaderLine }
  | { readonly _tag: 'Evidence'; readonly evidence: EvidenceLine }
  | {
      readonly _tag: 'Event';
      readonly recorded: RecordedEvent;
      /** Events of one command in one stream were appended together. */
      readonly commandId: string | undefined;
      readonly isUnknown: boolean;
    }
  | { readonly _tag: 'End'; readonly end: EndLine }
  | { readonly _tag: 'Fault'; readonly fault: CliFault };

type Step = Item | { readonly _tag: 'Wrong'; readonly what: string };

const wrong = (what: string): Step => ({ _tag: 'Wrong', what });

const commandOf = (body: string): string | undefined => {
  const commandId = fieldsOf(Buffer.from(body))?.['commandId'];
  return typeof commandId === 'string' ? commandId : undefined;
};

const publicHash = (sealed: string): string =>
  createHash('sha256').update(Buffer.from(sealed, 'base64')).digest('hex');

/** What was read so far, and what may follow. */
const createReading = (sha256: Sha256) => {
  const digest = createHash('sha256');
  const soundness = createSoundness(sha256);
  const ids = { evidence: '' };
  let header: HeaderLine | undefined;
  let evidence = 0;
  let events = 0;
  let isOver = false;

  const readHeader = (fields: Readonly<Record<string, unknown>>): Step => {
    header = asHeader(fields);
    if (header === undefined)
      return { _tag: 'Fault', fault: cliFault('EXPORT_UNKNOWN', 'line 1: no header') };
    return header.version === formatVersion
      ? { _tag: 'Header', header }
      : { _tag: 'Fault', fault: cliFault('EXPORT_UNKNOWN', `line 1: version ${header.version}`) };
  };

  const readEvidence = (line: EvidenceLine): Step => {
    if (events > 0) return wrong('evidence after events');
    if (line.evidence <= ids.evidence) return wrong('evidence out of order, or twice');
    if (line.subject === publicEvidence && publicHash(line.sealed) !== line.evidence) {
      return wrong('evidence that has another hash');
    }
    ids.evidence = line.evidence;
    evidence += 1;
    return { _tag: 'Evidence', evidence: line };
  };

  const readEvent = (fields: Readonly<Record<string, unknown>>): Step => {
    const line = asEvent(fields);
    if (line === undefined) return wrong('neither evidence nor an event nor the end');
    if (line.event !== events + 1) return wrong(`event ${line.event} where ${events + 1} was to come`);
    if (events === 0 && line.hash !== header?.instance) return wrong('not the first event of this register');
    events += 1;
    const { stream, revision, id, type, hash, body } = line;
    const recorded = { stream, revision, id, type, hash, body, position: String(events) as Position };
    const looked = soundness.look(recorded);
    const [fault] = looked.faults;
    if (fault !== undefined) return wrong(`${fault.code}: ${fault.detail}`);
    const commandId = looked.event?.meta.commandId ?? commandOf(body);
    return { _tag: 'Event', recorded, commandId, isUnknown: looked.isUnknown };
  };

  const readEnd = (end: EndLine): Step => {
    const found = { events, streams: soundness.streams(), evidence, digest: digest.digest('hex') };
    const differs = (['events', 'streams', 'evidence', 'digest'] as const).find(
      (name) => end[name] !== found[name],
    );
    if (differs !== undefined)
      return wrong(`${differs}: ${found[differs]} were read, ${end[differs]} were written`);
    isOver = true;
    return { _tag: 'End', end };
  };

  const read = (bytes: Buffer): Step => {
    if (isOver) return wrong('something after the end');
    const fields = fieldsOf(bytes);
    if (fields === undefined) {
      return header === undefined
        ? { _tag: 'Fault', fault: cliFault('EXPORT_UNKNOWN', 'line 1: not a JSON object in UTF-8') }
        : wrong('not a JSON object in UTF-8');
    }
    if (header === undefined) return readHeader(fields);
    const end = asEnd(fields);
    if (end !== undefined) return readEnd(end);
    digest.update(bytes).update('\n');
    const line = asEvidence(fields);
    return line === undefined ? readEvent(fields) : readEvidence(line);
  };

  return { read, isOver: () => isOver };
};

/** Reads a file from its header to its end. */
export async function* readExport(file: string, sha256: Sha256): AsyncGenerator<Item, void, undefined> {
  const reading = createReading(sha256);
  let number = 0;
  try {
    for await (const { bytes, whole } of linesOf(file)) {
      number += 1;
      if (!whole) {
        yield { _tag: 'Fault', fault: cliFault('EXPORT_INCOMPLETE', `line ${number} breaks off`) };
        return;
      }
      const step = reading.read(bytes);
      if (step._tag === 'Wrong') {
        yield { _tag: 'Fault', fault: cliFault('EXPORT_DAMAGED', `line ${number}: ${step.what}`) };
        return;
      }
      yield step;
      if (step._tag === 'Fault') return;
    }
  } catch (error) {
    const fault =
      error instanceof RangeError
        ? cliFault('EXPORT_DAMAGED', `line ${number + 1}: ${error.message}`)
        : fromFileError(error);
    yield { _tag: 'Fault', fault };
    return;
  }
  if (!reading.isOver())
    yield { _tag: 'Fault', fault: cliFault('EXPORT_INCOMPLETE', `no end after line ${number}`) };
}
