import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Need } from '@mandate/testing';

const remedy = 'npm run setup:system, as root on Linux';

const succeeds = (command: string, ...args: ReadonlyArray<string>): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const hasCommand = (name: string): boolean => succeeds('sh', '-c', `command -v ${name}`);

const missing = (commands: ReadonlyArray<string>): string | undefined => {
  if (process.platform !== 'linux') return 'no Linux';
  if (process.getuid?.() !== 0) return 'not root';
  const absent = ['pcscd', 'unshare', 'nsenter', 'setpriv', 'ip', ...commands].find(
    (name) => !hasCommand(name),
  );
  if (absent !== undefined) return `no ${absent}`;
  if (!existsSync('/etc/reader.conf.d/vpcd')) return 'no vpcd among the readers of pcscd';
  return succeeds('unshare', '-n', '-m', 'true') ? undefined : 'no right to make namespaces';
};

/** For `suiteNeeding`: whether a bed can be made here, and further commands are there. */
export const bedNeed = (...commands: ReadonlyArray<string>): Need => {
  const reason = missing(commands);
  return { available: reason === undefined, reason: reason ?? '', remedy };
};
