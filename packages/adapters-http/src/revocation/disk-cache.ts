/**
 * Downloaded lists on disk, so that a restart need not fetch 20 MB before the first log-in. What is read from it is
 * looked at like what comes over the wire: whoever can write the folder gains nothing.
 *
 * @packageDocumentation
 */
import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../net/fault.js';
import { readSmallFile } from './read-file.js';
import type { OnTrouble } from './trouble.js';

export interface Stored {
  readonly der: Uint8Array;
  /** Milliseconds since 1970, by the machine's clock. */
  readonly writtenAt: number;
}

/** By the key of a list. Neither rejects. */
export interface DiskCache {
  readonly read: (key: string) => Promise<Stored | undefined>;
  readonly write: (key: string, der: Uint8Array) => Promise<void>;
}

export interface DiskCacheOptions {
  readonly folder: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly onTrouble: OnTrouble;
  /** Writes a new file and waits until it is on the disk. */
  readonly writeFile?: (path: string, octets: Uint8Array) => Promise<void>;
}

const writeDurably = async (path: string, octets: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(octets);
    await file.sync();
  } finally {
    await file.close();
  }
};

const nameOf = (key: string): string => `${createHash('sha256').update(key, 'utf8').digest('hex')}.crl`;
const ours = /^[0-9a-f]{64}\.crl(\.[0-9a-f-]{36}\.new)?$/;
const anHour = 3_600_000;

/** Another process that shares the folder may have been there first. */
const unlessGone = async <A>(doing: Promise<A>): Promise<A | undefined> => {
  try {
    return await doing;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Leaves the newest files, and those that somebody may be writing. Touches nothing that is not ours. */
const prune = async (folder: string, maxFiles: number): Promise<void> => {
  const names = (await readdir(folder)).filter((name) => ours.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const status = await unlessGone(lstat(join(folder, name)));
      return status === undefined ? [] : [{ name, at: status.mtimeMs }];
    }),
  );
  const files = found.flat();
  const lists = files.filter(({ name }) => name.endsWith('.crl')).sort((a, b) => b.at - a.at);
  const halves = files.filter(({ name, at }) => name.endsWith('.new') && at < Date.now() - anHour);
  for (const { name } of [...lists.slice(maxFiles), ...halves]) await unlessGone(unlink(join(folder, name)));
};

export const diskCache = (options: DiskCacheOptions): DiskCache => {
  const { folder, maxBytes, maxFiles, onTrouble, writeFile = writeDurably } = options;
  const trouble = (doing: string, error: unknown): void =>
    onTrouble({ kind: 'cache', detail: `${doing}: ${codeOf(error)}` });

  const prepare = async (): Promise<void> => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // One that was there may be somebody else's as well, so its mode is not ours to change.
      const { mode } = await stat(folder);
      if ((mode & 0o022) !== 0) {
        onTrouble({ kind: 'cache', detail: 'the folder of lists can be written by others' });
      }
      await prune(folder, maxFiles);
    } catch (error) {
      trouble('preparing the folder of lists', error);
    }
  };
  let written = 0;
  const pruneNowAndThen = async (): Promise<void> => {
    written += 1;
    if (written % maxFiles === 0) await prune(folder, maxFiles);
  };
  let prepared: Promise<void> | undefined;
  const ready = (): Promise<void> => {
    prepared ??= prepare();
    return prepared;
  };

  return {
    read: async (key) => {
      await ready();
      try {
        const { octets, modifiedAt } = await readSmallFile(join(folder, nameOf(key)), maxBytes);
        return { der: octets, writtenAt: modifiedAt };
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') trouble('reading a list that was kept', error);
        return undefined;
      }
    },
    write: async (key, der) => {
      await ready();
      const path = join(folder, nameOf(key));
      const half = `${path}.${randomUUID()}.new`;
      try {
        await writeFile(half, der);
        // A reader sees the old file or the new one, whole, whatever happens in between.
        await rename(half, path);
        await pruneNowAndThen();
      } catch (error) {
        trouble('keeping a list', error);
        await unlink(half).catch(() => undefined);
      }
    },
  };
};
