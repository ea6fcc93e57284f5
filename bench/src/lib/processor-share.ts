/**
 * A share of one processor for a process and all its threads, by the kernel's control groups (Linux, root).
 *
 * With it a measurement tells what programs would do that each have processors of their own, on a machine that has fewer.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A group of processes that together never have more than their share. */
export interface ProcessorShare {
  /** Its folder, for {@link joinShare}. */
  readonly folder: string;
  /** To be called when its processes have ended. */
  readonly remove: () => void;
}

export type ProcessorShareOutcome = ProcessorShare | { readonly missing: string };

// Short beside what is timed, so that nobody waits long for his next turn; the kernel takes no quota below a millisecond.
const periodMicroseconds = 20_000;

const isRoot = (folder: string, version: 1 | 2): boolean =>
  version === 1
    ? existsSync(join(folder, 'cpu.cfs_quota_us')) || existsSync(join(folder, 'tasks'))
    : existsSync(join(folder, 'cgroup.subtree_control'));

/**
 * Makes a group whose processes have `share` of one processor, above 0; 1 is a whole one.
 *
 * `mounted` is where control groups are mounted, of either version.
 */
export const makeShare = (share: number, mounted = '/sys/fs/cgroup'): ProcessorShareOutcome => {
  const quota = Math.round(share * periodMicroseconds);
  const name = `mandate-bench-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const first = join(mounted, 'cpu');
  try {
    if (isRoot(first, 1)) {
      const folder = join(first, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'cpu.cfs_period_us'), `${periodMicroseconds}`);
      writeFileSync(join(folder, 'cpu.cfs_quota_us'), `${quota}`);
      return { folder, remove: () => rmdirSync(folder) };
    }
    if (isRoot(mounted, 2)) {
      if (!readFileSync(join(mounted, 'cgroup.controllers'), 'utf8').split(/\s/).includes('cpu')) {
        return { missing: 'the control groups of this machine do not control processors' };
      }
      writeFileSync(join(mounted, 'cgroup.subtree_control'), '+cpu');
      const folder = join(mounted, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'cpu.max'), `${quota} ${periodMicroseconds}`);
      return { folder, remove: () => rmdirSync(folder) };
    }
    return { missing: 'this machine has no control groups' };
  } catch (error) {
    return { missing: `control groups: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/** Puts this process, with the threads that it has and will have, into a group. */
export const joinShare = (folder: string): void =>
  writeFileSync(join(folder, 'cgroup.procs'), `${process.pid}`);
