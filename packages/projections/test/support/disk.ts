/**
 * A small file system of one's own, which can be full and made larger.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mount = (...words: ReadonlyArray<string>): void => {
  execFileSync('mount', [...words], { stdio: 'ignore' });
};

export interface SmallDisk {
  readonly folder: string;
  readonly resize: (megabytes: number) => void;
  readonly remove: () => void;
}

/** Mounts one. Throws where this process may not. */
export const smallDisk = (megabytes: number): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-small-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'mandate-small', folder);
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const remove = (): void => {
    process.removeListener('exit', remove);
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true });
  };
  process.once('exit', remove);
  return { folder, remove, resize: (more) => mount('-o', `remount,size=${more}m`, folder) };
};

/** Whether this process may mount. */
export const mayMount = (): boolean => {
  try {
    smallDisk(1).remove();
    return true;
  } catch {
    return false;
  }
};
