/**
 * How far the story got: one line of JSON for each thing done, so that a start after a kill goes on where it stopped.
 *
 * The register needs none of this. It stands for the people of the story, who remember what they have done.
 *
 * @packageDocumentation
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { type FolderFault, folderFault } from './fault.js';
import { isRecord, parseJson, readIfThere, writeWhole } from './files.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

const format = 'mandate-gepi-story';
const version = 1;

/** A command that is about to be sent: what a retry after a kill must repeat to the letter. */
export interface PendingCommand {
  readonly step: string;
  readonly command: unknown;
  readonly staff: string | null;
}

/** A step that is over; `outcome` is as the story prints it. */
export interface DoneStep {
  readonly step: string;
  /** Milliseconds since 1970, when it began. */
  readonly at: number;
  readonly outcome: unknown;
}

export interface Journal {
  /** Names this story; command ids follow from it. */
  readonly story: string;
  /** Where the story's time stood. */
  readonly clock: number;
  readonly done: ReadonlyMap<string, DoneStep>;
  /** Of the step that was under way when the program ended, if any. */
  readonly pending: () => PendingCommand | undefined;
  /** The last command that a step sent, to the letter. */
  readonly sent: (step: string) => unknown;
  readonly intend: (pending: PendingCommand, clock: number) => void;
  readonly finish: (done: DoneStep, clock: number) => void;
  readonly close: () => void;
}

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

interface Header {
  readonly story: string;
  readonly clock: number;
}

const damaged = (line: number) =>
  folderFault('DAMAGED', `story.jsonl, line ${line} is not what was written there`);

const readHeader = (line: string | undefined): E.Either<FolderFault, Header> => {
  const value = parseJson(line ?? '');
  if (!isRecord(value) || value['format'] !== format) {
    return E.left(folderFault('NOT_OURS', 'story.jsonl does not begin as this program writes it'));
  }
  const { story, clock } = value;
  if (value['version'] !== version) {
    return E.left(folderFault('OTHER_VERSION', `story.jsonl is of version ${String(value['version'])}`));
  }
  return typeof story === 'string' && typeof clock === 'number'
    ? E.right({ story, clock })
    : E.left(damaged(1));
};

const isPending = (value: unknown): value is PendingCommand =>
  isRecord(value) &&
  typeof value['step'] === 'string' &&
  isRecord(value['command']) &&
  (value['staff'] === null || typeof value['staff'] === 'string');

const isDone = (value: unknown): value is DoneStep =>
  isRecord(value) &&
  typeof value['step'] === 'string' &&
  typeof value['at'] === 'number' &&
  isRecord(value['outcome']);

// -------------------------------------------------------------------------------------
// journal
// -------------------------------------------------------------------------------------

/** Begins a story. */
export const beginJournal = (file: string, story: string, clock: number): void =>
  writeWhole(file, `${JSON.stringify({ format, version, story, clock })}\n`);

/** Reads a journal and goes on with it. A last line that a kill cut short never happened. */
export const openJournal = (file: string): E.Either<FolderFault, Journal> => {
  const text = readIfThere(file) ?? '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').slice(0, -1);
  const header = readHeader(lines[0]);
  if (E.isLeft(header)) return header;

  const done = new Map<string, DoneStep>();
  const sent = new Map<string, unknown>();
  let pending: PendingCommand | undefined;
  let clock = header.right.clock;
  const intend = (next: PendingCommand): void => {
    pending = next;
    sent.set(next.step, next.command);
  };
  const take = (entry: DoneStep): void => {
    done.set(entry.step, entry);
    pending = undefined;
  };
  for (const [index, line] of lines.slice(1).entries()) {
    const value = parseJson(line);
    if (!isRecord(value) || typeof value['clock'] !== 'number') return E.left(damaged(index + 2));
    clock = value['clock'];
    if (isDone(value['done'])) take(value['done']);
    else if (isPending(value['pending'])) intend(value['pending']);
    else return E.left(damaged(index + 2));
  }

  const handle = openSync(file, 'a');
  let size = Buffer.byteLength(whole);
  ftruncateSync(handle, size);
  const append = (entry: unknown): void => {
    // Two starts on one folder would tell the story twice over; the later one wins.
    if (fstatSync(handle).size !== size) throw new Error('another start has taken over this data folder');
    const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
    writeSync(handle, bytes);
    fsyncSync(handle);
    size += bytes.length;
  };
  return E.right({
    story: header.right.story,
    clock,
    done,
    pending: () => pending,
    sent: (step) => sent.get(step),
    intend: (next, at) => {
      append({ pending: next, clock: at });
      intend(next);
    },
    finish: (entry, at) => {
      append({ done: entry, clock: at });
      take(entry);
    },
    close: () => closeSync(handle),
  });
};
