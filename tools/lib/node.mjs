// Starts Node and the installed tools. Plain JavaScript: it is used before anything is built.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './install.mjs';

/** @type {(args: ReadonlyArray<string>, stdio?: import('node:child_process').StdioOptions) => number} */
export const node = (args, stdio = 'inherit') => {
  const { status } = spawnSync(process.execPath, args, { cwd: repository, stdio });
  return status ?? 1;
};

/**
 * Runs a TypeScript file of this repository, the packages resolved to their sources.
 *
 * @type {(file: string, args: ReadonlyArray<string>) => number}
 */
export const nodeTs = (file, args) => node(['--conditions=mandate-source', '--import', 'tsx', file, ...args]);

/** The folders of the packages, from the repository root. */
export const packages = () => readdirSync(join(repository, 'packages')).map((name) => join('packages', name));

/**
 * Builds projects and what they refer to; what the compiler says goes to stderr.
 *
 * @type {(projects: ReadonlyArray<string>) => boolean}
 */
export const build = (projects) =>
  node([join('node_modules', 'typescript', 'bin', 'tsc'), '-b', ...projects], ['ignore', 2, 2]) === 0;
