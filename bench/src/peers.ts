/** What is measured beside: installed apart from the workspace, and only when the benchmark runs. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../peers/', import.meta.url));

const isInstalled = (): boolean =>
  existsSync(join(folder, 'node_modules/@event-driven-io/emmett-sqlite')) &&
  existsSync(join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node'));

/** sqlite3 is compiled here: a ready-made add-on would be fetched from elsewhere. */
const environment = (): NodeJS.ProcessEnv => {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node_version.h'));
  return {
    ...process.env,
    npm_config_build_from_source: 'true',
    ...(headers ? { npm_config_nodedir: prefix } : {}),
  };
};

/** Installs the peers; why they are not there where that fails. */
export const installPeers = (): string | undefined => {
  if (isInstalled()) return undefined;
  console.error('installing the peers (compiles sqlite3, about a minute)');
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: environment(),
    encoding: 'utf8',
    timeout: 600_000,
  });
  if (status === 0 && isInstalled()) return undefined;
  const lines = (stderr ?? '').split('\n').filter((line) => /err/i.test(line));
  return `not installed: ${lines[0] ?? 'npm ci failed'}`;
};
