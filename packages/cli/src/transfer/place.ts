/**
 * Files and directories that get their name when they are whole, and never take the place of another.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { link, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

const host = hostname().replaceAll(/[^A-Za-z0-9]/g, '');

/** The name under which this process makes something: it tells whose it is, should the process be killed. */
export const partialOf = (path: string): string => `${path}.mandate-partial-${host}-${process.pid}`;

/** Such a name; what is copied into it may have an end of its own. */
const made = /\.mandate-partial-([A-Za-z0-9]*)-(\d+)(?:\.partial)?$/;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const day = 86_400_000;

/** When something was last written into a file, or into those of a directory; milliseconds since 1970. */
const lastWritten = async (path: string): Promise<number> => {
  const { mtimeMs } = await stat(path);
  const names = await readdir(path).catch(() => []);
  const inside = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(mtimeMs, ...inside);
};

/** Nobody makes it any more. Of a process on another machine that is not known; a day without a write tells. */
const isLeft = async (folder: string, name: string): Promise<boolean> => {
  const [, whose, pid] = made.exec(name) ?? [];
  if (whose === undefined) return false;
  if (whose === host) return Number(pid) === process.pid || !isAlive(Number(pid));
  return Date.now() - (await lastWritten(join(folder, name))) > day;
};

/**
 * Removes what killed processes left beside `path`, whatever they were making: it may hold keys that are forgotten later. What a
 * living one makes is left alone.
 */
export const sweep = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const names = existsSync(folder) ? await readdir(folder) : [];
  for (const name of names) {
    if (await isLeft(folder, name)) await rm(join(folder, name), { recursive: true, force: true });
  }
};

/** Brings a file or a directory's list of names to the disk. */
export const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Gives a whole file its name; false where the name is taken. */
export const nameFile = async (partial: string, path: string): Promise<boolean> => {
  try {
    // Unlike a rename, a link never takes the place of what is there.
    await link(partial, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await unlink(partial);
  await sync(dirname(path));
  return true;
};

/** Gives a whole directory its name; false where the name is taken. */
export const nameDirectory = async (partial: string, path: string): Promise<boolean> => {
  if (existsSync(path)) return false;
  await rename(partial, path);
  await sync(dirname(path));
  return true;
};
