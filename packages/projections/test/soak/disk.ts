/** A small file system of its own, which can be filled; where the system lets one be mounted. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk {
  readonly folder: string;
  /** Takes all room that is left. */
  readonly fill: () => void;
  readonly empty: () => void;
  readonly remove: () => void;
  /** False where nothing could be mounted: then it is a plain folder, and is never filled. */
  readonly isSmall: boolean;
}

export const makeDisk = (megabytes: number): Disk => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-soak-'));
  let isSmall = false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
    isSmall = true;
  } catch {
    // Not for this user, or not on this system.
  }
  const ballast = join(folder, 'ballast');
  let isThere = true;
  const remove = (): void => {
    if (!isThere) return;
    isThere = false;
    if (isSmall) execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return {
    folder,
    isSmall,
    fill: () => {
      const file = openSync(ballast, 'w');
      const part = Buffer.alloc(2 ** 20, 1);
      try {
        // Smaller and smaller, down to the last octet; what is deleted elsewhere meanwhile is room again.
        for (let size = part.length; size > 0; ) {
          try {
            if (writeSync(file, part, 0, size) === 0) size >>= 1;
          } catch {
            size >>= 1;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    remove,
  };
};
