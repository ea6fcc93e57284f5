/**
 * A data folder and everything in it, opened.
 *
 * @packageDocumentation
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { type CardBox, openBox } from './box.js';
import { type StoryClock, storyClock, taipeiMs } from './clock.js';
import { type FolderFault, folderFault, messageOf } from './fault.js';
import { readIfThere, unfinished, writeWhole } from './files.js';
import { beginJournal, type Journal, openJournal } from './journal.js';
import { openPortal, type Portal } from './portal.js';

export interface World {
  /** Absolute path. */
  readonly folder: string;
  readonly journal: Journal;
  readonly clock: StoryClock;
  readonly box: CardBox;
  readonly portal: Portal;
  readonly close: () => Promise<void>;
}

const journalFile = 'story.jsonl';
const secretFile = 'secret';
/** What the story begins with: 115年01月02日, a Friday. */
const beginning = '2026-01-02T09:00';

/** Opens a data folder, or makes one. A folder with other things in it is left alone. */
export const openWorld = async (folder: string): Promise<E.Either<FolderFault, World>> => {
  try {
    const prepared = prepareFolder(folder);
    if (E.isLeft(prepared)) return prepared;
    const journal = openJournal(join(folder, journalFile));
    if (E.isLeft(journal)) return journal;
    const opened = await open(folder, journal.right);
    if (E.isLeft(opened)) journal.right.close();
    return opened;
  } catch (error) {
    return E.left(folderFault('UNUSABLE', messageOf(error)));
  }
};

const prepareFolder = (folder: string): E.Either<FolderFault, void> => {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) return E.left(folderFault('NOT_A_FOLDER', folder));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, journalFile);
  if (readIfThere(file) !== undefined) return E.right(undefined);
  // The journal is the first file to be made: what is here without it is not ours.
  const others = readdirSync(folder).filter((name) => name !== `${journalFile}${unfinished}`);
  if (others.length > 0) return E.left(folderFault('NOT_OURS', `it holds ${others.slice(0, 3).join(', ')}`));
  beginJournal(file, randomUUID(), taipeiMs(beginning));
  return E.right(undefined);
};

const open = async (folder: string, journal: Journal): Promise<E.Either<FolderFault, World>> => {
  const secret = portalSecret(join(folder, secretFile), journal);
  if (E.isLeft(secret)) return secret;
  const begun = journal.done.size > 0;
  const box = await openBox(join(folder, 'cards'), !begun);
  if (E.isLeft(box)) return box;
  const clock = storyClock(journal.clock);
  const portal = await openPortal(join(folder, 'portal'), secret.right, box.right.pki, clock);
  if (E.isLeft(portal)) return portal;
  const head = await portal.right.events.head()();
  if (E.isLeft(head) || (begun && head.right === undefined)) {
    await portal.right.close();
    const detail = E.isLeft(head) ? head.left.detail : 'the events are gone';
    return E.left(folderFault('DAMAGED', detail));
  }
  const close = async (): Promise<void> => {
    journal.close();
    await portal.right.close();
  };
  return E.right({ folder, journal, clock, box: box.right, portal: portal.right, close });
};

/**
 * The portal's secret. It lies beside the data for a demonstration only: a portal in service keeps it in its own
 * store of secrets, because whoever has both can read every name.
 */
const portalSecret = (file: string, journal: Journal): E.Either<FolderFault, Uint8Array> => {
  const text = readIfThere(file);
  if (text !== undefined) {
    const bytes = Buffer.from(text.trim(), 'hex');
    return bytes.length === 32
      ? E.right(bytes)
      : E.left(folderFault('DAMAGED', 'the secret is not 64 hex digits'));
  }
  if (journal.done.size > 0) return E.left(folderFault('DAMAGED', 'the secret is missing'));
  const made = randomBytes(32);
  writeWhole(file, `${made.toString('hex')}\n`);
  return E.right(made);
};
