/**
 * A PostgreSQL server for tests: Debian's, in a folder of its own, on a Unix socket, under an account that is not root's.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

// -------------------------------------------------------------------------------------
// where it is
// -------------------------------------------------------------------------------------

const versions = '/usr/lib/postgresql';

const folderOfPrograms = (): string | undefined =>
  (existsSync(versions) ? readdirSync(versions) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

const programs = folderOfPrograms();

export const postgresNeed = {
  available: programs !== undefined,
  reason: 'no PostgreSQL server',
  remedy: 'npm run setup:system',
};

// -------------------------------------------------------------------------------------
// server
// -------------------------------------------------------------------------------------

/** Where a client finds the server, and a schema of its own. */
export interface PostgresPlace {
  /** The folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly schema: string;
}

export interface PostgresServerOptions {
  /** Settings beside those of tests, or in their place. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where its folder is made. @defaultValue the system's for temporary files */
  readonly parent?: string;
  /** Listens on 127.0.0.1 too, with this certificate and its key, as PEM. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

export interface PostgresServer {
  /** A schema of its own for each test. */
  readonly database: () => PostgresPlace;
  /** Milliseconds of a processor that it and its connections have used, of this start; Linux alone. */
  readonly processorMilliseconds: () => number;
  /** Makes a folder the account's own. */
  readonly give: (folder: string) => void;
  /** Kills the server without a word, and all its connections with it. */
  readonly kill: () => Promise<void>;
  /** Starts it again on what it left. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const idOf = (option: '-u' | '-g', account: string): number | undefined => {
  try {
    return Number(
      execFileSync('id', [option, account], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
};

/** The server refuses to run as root. */
const accountFor = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const account of ['postgres', 'nobody']) {
    const uid = idOf('-u', account);
    const gid = idOf('-g', account);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  return undefined;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 5432));
    });
  });

/** Parent, and clock ticks of a hundredth of a second, its ended children's included. */
const processOf = (id: string): { readonly parent: number; readonly ticks: number } | undefined => {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const [, parent] = fields;
    return {
      parent: Number(parent),
      ticks: fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0),
    };
  } catch {
    // It ended while we looked.
    return undefined;
  }
};

/** Makes and starts a server. What it commits survives its own death, and not the machine's: it waits for no disk. */
export const startPostgres = async (options: PostgresServerOptions = {}): Promise<PostgresServer> => {
  if (programs === undefined) throw new Error('no PostgreSQL server');
  const account = accountFor();
  const folder = mkdtempSync(join(options.parent ?? tmpdir(), 'mandate-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (account !== undefined) for (const each of [folder, data]) chownSync(each, account.uid, account.gid);
  const asAccount = { ...account, cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  execFileSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'mandate',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { ...asAccount, stdio: ['ignore', 'ignore', 'inherit'] },
  );

  const own = (file: string): void => {
    if (account !== undefined) chownSync(file, account.uid, account.gid);
  };
  for (const [name, text] of [
    ['server.crt', options.tls?.certificate],
    ['server.key', options.tls?.key],
  ] as const) {
    if (text === undefined) continue;
    writeFileSync(join(data, name), text);
    chmodSync(join(data, name), 0o600);
    own(join(data, name));
  }

  let server: ChildProcess | undefined;
  const remove = (): void => {
    server?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);

  const port = options.tls === undefined ? 5432 : await freePort();
  const where = { host: folder, port, user: 'mandate', database: 'postgres' };
  const isUp = async (): Promise<boolean> => {
    const client = new pg.Client(where);
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  };
  const settings = {
    listen_addresses: options.tls === undefined ? '' : '127.0.0.1',
    port: String(port),
    ...(options.tls === undefined ? {} : { ssl: 'on' }),
    unix_socket_directories: folder,
    max_connections: '60',
    shared_buffers: '64MB',
    autovacuum: 'off',
    fsync: 'off',
    full_page_writes: 'off',
    ...options.settings,
  };
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  /** True once it answers, false where it ended before. */
  const attempt = async (): Promise<boolean> => {
    const started = spawn(join(programs, 'postgres'), ['-D', data, ...parameters], {
      ...asAccount,
      stdio: 'ignore',
    });
    server = started;
    while (started.exitCode === null) {
      if (await isUp()) return true;
      await sleep(20);
    }
    return false;
  };
  const start = async (): Promise<void> => {
    // After a kill the children of the old server are there for a moment, and the new one refuses to begin.
    for (let tries = 0; tries < 200; tries++) {
      if (await attempt()) return;
      await sleep(50);
    }
    throw new Error('the server does not start');
  };
  const ended = async (signal: 'SIGKILL' | 'SIGINT'): Promise<void> => {
    const running = server;
    if (running === undefined) return;
    server = undefined;
    // One without room may have ended by itself: nobody would tell of it again.
    if (running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill(signal);
    await gone;
  };
  await start();
  let schemas = 0;
  return {
    database: () => ({ ...where, schema: `test_${++schemas}` }),
    processorMilliseconds: () => {
      const own = server?.pid;
      let ticks = 0;
      for (const id of readdirSync('/proc')) {
        if (!/^\d+$/.test(id)) continue;
        const found = processOf(id);
        if (found !== undefined && (found.parent === own || Number(id) === own)) ticks += found.ticks;
      }
      return ticks * 10;
    },
    give: own,
    kill: () => ended('SIGKILL'),
    start,
    stop: async () => {
      await ended('SIGINT');
      process.removeListener('exit', remove);
      remove();
    },
  };
};
