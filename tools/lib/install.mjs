// Installs the dependencies of a fresh clone. Plain JavaScript: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

const stampPath = join(repository, 'node_modules', '.mandate-setup.json');

/** What an installation was made from: another lockfile or another Node needs another one. */
const wanted = () => ({
  lockfile: createHash('sha256')
    .update(readFileSync(join(repository, 'pnpm-lock.yaml')))
    .digest('hex'),
  abi: process.versions.modules,
});

/** @returns {{ lockfile?: string, abi?: string }} */
const found = () => {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'));
  } catch {
    return {};
  }
};

/** The environment in which add-ons are compiled: never fetched ready-made, headers from this Node where it has them. */
const buildEnvironment = () => {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node_version.h'));
  return {
    ...process.env,
    npm_config_build_from_source: 'true',
    ...(headers ? { npm_config_nodedir: prefix } : {}),
  };
};

/** @type {(args: ReadonlyArray<string>) => boolean} */
const pnpm = (args) => {
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const command = ['-y', packageManager, ...args];
  console.error(`set-up: npx ${command.join(' ')}`);
  // Everything goes to stderr: the stdout of `npm run walkthrough -- --json` belongs to the program.
  const { status } = spawnSync('npx', command, {
    cwd: repository,
    env: buildEnvironment(),
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
};

/**
 * Installs where node_modules is missing, or the lockfile or Node changed since.
 *
 * @returns {boolean} whether everything is there now
 */
export const install = () => {
  const want = wanted();
  const have = found();
  if (have.lockfile === want.lockfile && have.abi === want.abi) return true;
  console.error('set-up: installing dependencies (the first time compiles better-sqlite3, about a minute)');
  const otherNode = have.abi !== undefined && have.abi !== want.abi;
  const done = pnpm(['install', '--frozen-lockfile']) && (!otherNode || pnpm(['rebuild']));
  if (done) writeFileSync(stampPath, `${JSON.stringify(want)}\n`);
  else console.error('set-up: failed; see above. A C++ compiler is needed: npm run setup:system');
  return done;
};
