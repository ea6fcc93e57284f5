/**
 * The lists of a folder, each read once and again when its file has changed.
 *
 * @packageDocumentation
 */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Crl, decodeCrl } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { codeOf } from '../net/fault.js';
import { derOf } from './pem.js';
import { readSmallFile } from './read-file.js';
import type { OnTrouble } from './trouble.js';

export interface FolderSettings {
  readonly folder: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly onTrouble: OnTrouble;
}

export interface FolderOfLists {
  /** All lists that can be read now; `undefined` where the folder cannot. Does not reject. */
  readonly scan: () => Promise<ReadonlyArray<Crl> | undefined>;
}

/** What was made of a file, and of which state of it. */
interface Seen {
  readonly state: string;
  /** The last list that could be read from it. */
  readonly crl: Crl | undefined;
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** Where a file lies, for whoever follows links: outside of the folder is not followed. */
const insideOf = async (folder: string, name: string): Promise<string> => {
  const path = join(folder, name);
  if (!(await lstat(path)).isSymbolicLink()) return path;
  const [home, target] = await Promise.all([realpath(folder), realpath(path)]);
  if (!target.startsWith(home.endsWith(sep) ? home : home + sep)) throw failure('ELOOP');
  return target;
};

/** With the time of the last change of any kind, which nobody can set: lists grow by a number and not in size. */
const stateOf = async (path: string): Promise<string> => {
  const { ctimeMs, ino, mtimeMs, size } = await stat(path);
  return `${ino} ${mtimeMs} ${ctimeMs} ${size}`;
};

const words: ReadonlyMap<string, string> = new Map([
  ['ELOOP', 'leads out of the folder'],
  ['EFTYPE', 'is no file'],
  ['EFBIG', 'is too large'],
]);

const inWords = (error: unknown): string => words.get(codeOf(error)) ?? `cannot be read (${codeOf(error)})`;

export const folderOfLists = ({ folder, maxBytes, maxFiles, onTrouble }: FolderSettings): FolderOfLists => {
  let seen: ReadonlyMap<string, Seen> = new Map();
  const trouble = (name: string, what: string): void =>
    onTrouble({ kind: 'file', detail: `${name} ${what}` });

  const read = async (name: string, path: string): Promise<Crl | undefined> => {
    const { octets } = await readSmallFile(path, maxBytes);
    const der = derOf(octets);
    if (der === undefined) {
      trouble(name, 'is no PEM of one list');
      return undefined;
    }
    const crl = await decodeCrl(der, { maxBytes, owned: true })();
    if (E.isRight(crl)) return crl.right;
    trouble(name, `is no list: ${crl.left.code}: ${crl.left.detail}`);
    return undefined;
  };

  const look = async (name: string): Promise<Seen> => {
    const before = seen.get(name);
    try {
      const path = await insideOf(folder, name);
      const state = await stateOf(path);
      if (before?.state === state) return before;
      // While a file is being replaced, the list that it was still says what it said.
      return { state, crl: (await read(name, path)) ?? before?.crl };
    } catch (error) {
      const state = codeOf(error);
      if (before?.state !== state) trouble(name, inWords(error));
      return { state, crl: undefined };
    }
  };

  let told = '';
  /** About the folder itself: once, and not every second. */
  const folderTrouble = (what: string): void => {
    if (what !== '' && what !== told) trouble(folder, what);
    told = what;
  };

  const namesOf = async (): Promise<ReadonlyArray<string>> => {
    const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.crl')).sort();
    folderTrouble(names.length > maxFiles ? `has more than ${maxFiles} lists` : '');
    return names.slice(0, maxFiles);
  };

  return {
    scan: async () => {
      try {
        const next = new Map<string, Seen>();
        for (const name of await namesOf()) next.set(name, await look(name));
        seen = next;
        return [...next.values()].flatMap(({ crl }) => (crl === undefined ? [] : [crl]));
      } catch (error) {
        folderTrouble(inWords(error));
        return undefined;
      }
    },
  };
};
