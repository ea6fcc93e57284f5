/**
 * Files and directories that get their name when they are whole, and never take the place of another.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { link, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The name under which this process makes something: it tells whose it is, should the process be killed. */
export const partialOf = (path: string): string => `${path}.partial-${process.pid}`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Removes what killed processes left of making `path`. What a living one makes is left alone. */
export const sweep = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const beginning = `${basename(path)}.partial-`;
  const names = existsSync(folder) ? await readdir(folder) : [];
  for (const name of names) {
    const pid = name.startsWith(beginning) ? /^\d+/.exec(name.slice(beginning.length))?.[0] : undefined;
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
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
