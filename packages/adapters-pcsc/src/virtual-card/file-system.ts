import { answer, type Command, exactLength, sw } from './apdu.js';
import type { FileTree } from './hicos-files.js';
import { toHex } from './octets.js';

/** What is selected among the files of a HiCOS card, and reading it. */
export interface FileSystem {
  /** SELECT by file identifier: the root, a DF below it, a file of the selected DF. The status word. */
  readonly select: (fid: Uint8Array) => number;
  /** READ BINARY; the answer with its status. */
  readonly read: (command: Command) => Uint8Array;
  /** Identifier of the file that is selected, in hexadecimal. */
  readonly current: () => string | undefined;
  readonly reset: () => void;
}

/** The most that one READ BINARY gives. */
export const readLimit = 200;

export const fileSystem = (files: FileTree, root: string): FileSystem => {
  let folder: string | undefined;
  let file: string | undefined;
  const at = (df: string | undefined, ef: string | undefined): number => {
    folder = df;
    file = ef;
    return sw.ok;
  };
  const content = (): Uint8Array | undefined =>
    folder === undefined || file === undefined ? undefined : files.get(folder)?.get(file);
  return {
    select: (octets) => {
      const fid = toHex(octets);
      if (fid === root) return at(undefined, undefined);
      if (folder === undefined) return files.has(fid) ? at(fid, undefined) : sw.notFound;
      return files.get(folder)?.has(fid) === true ? at(folder, fid) : sw.notFound;
    },
    read: ({ p1, p2, le }) => {
      const octets = content();
      if (octets === undefined) return answer(sw.noCurrentFile);
      const offset = p1 * 256 + p2;
      if (p1 > 0x7f || offset >= octets.length) return answer(sw.offsetOutside);
      if (le === undefined) return answer(sw.wrongLength);
      const most = Math.min(readLimit, octets.length - offset);
      return le > most ? answer(exactLength(most)) : answer(sw.ok, octets.subarray(offset, offset + le));
    },
    current: () => file,
    reset: () => {
      at(undefined, undefined);
    },
  };
};
