/**
 * A runner in a process of its own, which says with a letter each time that it has come forward, until it is killed.
 */
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodeSha256, sqliteEventStore, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { clerkList, people } from '../../src/index.js';
import { seenEvents } from './counting.js';
import { right, secret } from './world.js';

// -------------------------------------------------------------------------------------
// the test's side
// -------------------------------------------------------------------------------------

export interface Child {
  /** The signal that ended it; `null` where it ended by itself. */
  readonly over: Promise<NodeJS.Signals | null>;
  /** How many pages it has told. */
  readonly pages: () => number;
  /** Resolves with the next page that it tells. */
  readonly page: () => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Answers how it ended. */
  readonly kill: () => Promise<NodeJS.Signals | null>;
}

/** Starts one of the programs beside this file. */
export const startChild = (
  program: 'crash-child' | 'postgres-child' | 'sqlite-child',
  args: ReadonlyArray<string>,
): Child => {
  const file = fileURLToPath(new URL(`${program}.ts`, import.meta.url));
  const running = spawn(process.execPath, ['--conditions=mandate-source', '--import', 'tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let pages = 0;
  let told = (): void => {};
  running.stdout.on('data', (data: Buffer) => {
    pages += data.length;
    told();
  });
  const over = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    running.once('error', reject);
    running.once('exit', (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(`the child ended with ${code}`));
      else resolve(signal);
    });
  });
  // Whoever never asks how it ended shall not fail by it.
  over.catch(() => undefined);
  return {
    over,
    pages: () => pages,
    page: () =>
      new Promise((resolve) => {
        told = resolve;
      }),
    signal: (signal) => void running.kill(signal),
    kill: () => {
      running.kill('SIGKILL');
      return over;
    },
  };
};

// -------------------------------------------------------------------------------------
// the child's side
// -------------------------------------------------------------------------------------

/** What runners are killed with: few enough to be quick, and one of them opens what is sealed. */
export const killedProjections = [seenEvents(), clerkList, people];

/** What a runner is made of that the first two arguments name: a store and a vault in files. */
export const partsOf = async (storeFile: string, vaultFile: string) => ({
  store: right(await sqliteEventStore({ file: storeFile })()),
  vault: right(await sqliteKeyVault({ file: vaultFile, secret })()),
  sha256: nodeSha256,
});

/** So that the test knows that the child is at work. */
export const tellPage = (): void => void writeSync(1, '.');
