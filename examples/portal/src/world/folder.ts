/**
 * A data folder: whole or not there. It is made beside its place and gets its name when all is in it.
 *
 * @packageDocumentation
 */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { messageOf, type StartFault, startFault } from './fault.js';

const format = 'mandate-portal/1';
const markFile = 'portal.json';

/** The places in a data folder. */
export interface Places {
  /** The databases of the register. */
  readonly register: string;
  readonly cards: string;
  readonly secret: Uint8Array;
  /** Tells this folder from every other. */
  readonly instance: string;
}

/** Where the cards lie one by one, if they were asked for. */
export const cardFolderOf = (folder: string): string => join(folder, 'cards');

const unfinished = (folder: string): string => `${folder}.part`;

/** What there is: a folder of ours, none, or a reason to leave it alone. */
export const lookAt = (folder: string): E.Either<StartFault, 'ours' | 'none'> => {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return E.right('none');
  if (!found.isDirectory()) return E.left(startFault('NOT_A_FOLDER', folder));
  if (existsSync(join(folder, markFile))) return E.right('ours');
  const others = readdirSync(folder);
  return others.length === 0
    ? E.right('none')
    : E.left(startFault('NOT_OURS', `it holds ${others.slice(0, 3).join(', ')}`));
};

/** Reads the places of a folder of ours. */
export const readPlaces = (folder: string): E.Either<StartFault, Places> => {
  try {
    const mark: unknown = JSON.parse(readFileSync(join(folder, markFile), 'utf8'));
    const fields = typeof mark === 'object' && mark !== null ? (mark as Record<string, unknown>) : {};
    if (fields['format'] !== format) return E.left(startFault('OTHER_VERSION', String(fields['format'])));
    const secret = Buffer.from(readFileSync(join(folder, 'secret'), 'utf8').trim(), 'hex');
    if (secret.length !== 32) return E.left(startFault('DAMAGED', 'the secret is not 64 hex digits'));
    return E.right({
      register: join(folder, 'register'),
      cards: join(folder, 'cards.json'),
      secret: new Uint8Array(secret),
      instance: String(fields['instance']),
    });
  } catch (error) {
    return E.left(startFault('DAMAGED', messageOf(error)));
  }
};

/** Makes a folder: `fill` is given the places of one under another name, which becomes this one when it is done. */
export const makeFolder = async (
  folder: string,
  fill: (places: Places) => Promise<E.Either<StartFault, void>>,
): Promise<E.Either<StartFault, void>> => {
  const part = unfinished(folder);
  mkdirSync(dirname(folder), { recursive: true });
  // What a start that was ended left behind.
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  writeFileSync(join(part, markFile), `${JSON.stringify({ format, instance: randomUUID() })}\n`, {
    mode: 0o600,
  });
  // Beside the data for a demonstration only: a portal in service keeps it in its own store of secrets.
  writeFileSync(join(part, 'secret'), `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  const places = readPlaces(part);
  if (E.isLeft(places)) return places;
  const filled = await fill(places.right);
  if (E.isLeft(filled)) return filled;
  if (existsSync(folder)) rmdirSync(folder);
  renameSync(part, folder);
  return E.right(undefined);
};
