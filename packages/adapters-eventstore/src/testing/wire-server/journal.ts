/**
 * The file behind a test server that shall outlive its process: one line of JSON for each append, synced before the
 * append is acknowledged. A last line that was cut off belongs to an append that nobody was told of, and is dropped.
 *
 * @packageDocumentation
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import type { LogRecord } from './log.js';

/** Where records are kept. */
export interface Journal {
  /** What was kept before, append by append. */
  readonly kept: ReadonlyArray<ReadonlyArray<LogRecord>>;
  readonly keep: (records: ReadonlyArray<LogRecord>) => void;
  readonly close: () => void;
}

type Line = ReadonlyArray<
  readonly [
    stream: string,
    revision: string,
    position: string,
    created: string,
    id: string,
    type: string,
    contentType: string,
    data: string,
    metadata: string,
  ]
>;

const printed = (records: ReadonlyArray<LogRecord>): string => {
  const line: Line = records.map((record) => [
    record.stream,
    String(record.revision),
    String(record.position),
    String(record.created),
    record.id,
    record.type,
    record.contentType,
    Buffer.from(record.data).toString('base64'),
    Buffer.from(record.metadata).toString('base64'),
  ]);
  return `${JSON.stringify(line)}\n`;
};

const parsed = (line: string): ReadonlyArray<LogRecord> => {
  const fields: Line = JSON.parse(line);
  return fields.map(([stream, revision, position, created, id, type, contentType, data, metadata]) => ({
    stream,
    revision: BigInt(revision),
    position: BigInt(position),
    created: BigInt(created),
    id,
    type,
    contentType,
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
  }));
};

/** Keeps nothing. */
export const noJournal: Journal = { kept: [], keep: () => {}, close: () => {} };

/** Opens or makes a journal in a file. */
export const openJournal = (file: string): Journal => {
  const text = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const whole = text.lastIndexOf(0x0a) + 1;
  const handle = openSync(file, 'a');
  if (whole < text.length) ftruncateSync(handle, whole);
  const lines = text.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  return {
    kept: lines.map(parsed),
    keep: (records) => {
      writeSync(handle, printed(records));
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
};
