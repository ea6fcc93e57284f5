// Runs an installed tool and says how it ended.
import { spawnSync } from 'node:child_process';
import { repository } from './repository.js';

export type Ran = Readonly<{ ok: boolean; output: string }>;

export type CommandOptions = Readonly<{ cwd?: string; env?: Readonly<Record<string, string>> }>;

const spawned = (args: ReadonlyArray<string>, options: CommandOptions, stdio: 'inherit' | 'pipe') =>
  spawnSync(process.execPath, args, {
    cwd: options.cwd ?? repository,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', stdio, stdio],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });

/** Runs Node, its output going where ours goes. */
export const show = (args: ReadonlyArray<string>, options: CommandOptions = {}): boolean =>
  spawned(args, options, 'inherit').status === 0;

/** Runs Node and keeps what it said. */
export const capture = (args: ReadonlyArray<string>, options: CommandOptions = {}): Ran => {
  const { status, stdout, stderr, error } = spawned(args, options, 'pipe');
  return { ok: status === 0, output: `${stdout}${stderr}${error === undefined ? '' : String(error)}` };
};

/** The programs that steps start, as files for Node, so that no shell and no PATH comes between. */
export const programs = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  c8: 'node_modules/c8/bin/c8.js',
  tsc: 'node_modules/typescript/bin/tsc',
};
