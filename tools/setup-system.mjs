// npm run setup:system: what the whole suite needs from the system (tools/system/needs.mjs), by apt-get.
// Where all is there it only says so, and needs neither a network nor root.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { needs } from './system/needs.mjs';
import { missingPackages } from './system/plan.mjs';

/** @type {(command: string) => boolean} */
const isThere = (command) =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** @type {(args: ReadonlyArray<string>) => boolean} */
const aptGet = (args) => {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
  const [command = '', ...rest] = [...asRoot, 'apt-get', ...args];
  console.log(`set-up: ${[command, ...rest].join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, rest, { stdio: 'inherit', env }).status === 0;
};

/** @type {(missing: ReadonlyArray<string>) => boolean} */
const bring = (missing) => {
  if (missing.length === 0) return true;
  if (!isThere('apt-get')) {
    console.error(`set-up: there is no apt-get here; install by other means: ${missing.join(' ')}`);
    return false;
  }
  return aptGet(['update']) && aptGet(['install', '-y', '--no-install-recommends', ...missing]);
};

for (const need of needs) {
  const lacking = need.commands.filter((command) => !isThere(command));
  const words = lacking.length === 0 ? 'there' : `missing: ${lacking.join(', ')}`;
  console.log(`set-up: for ${need.for}: ${need.commands.join(', ')}: ${words}`);
}
process.exitCode = bring(missingPackages(needs, isThere)) ? 0 : 1;
