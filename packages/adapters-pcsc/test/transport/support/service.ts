// A pcscd with vpcd's two readers, in namespaces of its own. Its socket lies in a folder of ours, and libpcsclite finds
// it by PCSCLITE_CSOCK_NAME: programs need not be in the namespaces themselves.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Acknowledged at once: vpcd writes an APDU in two parts, and each would wait 40 ms for the other.
const inside = `set -e
ip link set lo up
for to in 127.0.0.0/8 127.0.0.1; do
  ip route change local $to dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
done
mkdir -p /run/pcscd
mount --bind "$1" /run/pcscd
echo ready
exec cat > /dev/null`;

const runs = (command: string, ...args: ReadonlyArray<string>): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** What is missing for a service of one's own, or nothing. */
export const missingForService = (): string | undefined => {
  if (!runs('pcscd', '--version')) return 'no pcscd';
  if (!existsSync('/etc/reader.conf.d/vpcd')) return 'no vpcd';
  if (!runs('unshare', '-n', '-m', 'ip', 'link', 'set', 'lo', 'up'))
    return 'no right to make a network namespace';
  return undefined;
};

export const serviceReaders = ['Virtual PCD 00 00', 'Virtual PCD 00 01'] as const;
const ports: ReadonlyMap<string, string> = new Map([
  [serviceReaders[0], '35963'],
  [serviceReaders[1], '35964'],
]);

export interface Service {
  /** For `PCSCLITE_CSOCK_NAME`. */
  readonly socket: string;
  readonly start: () => Promise<void>;
  /** Ends pcscd as a crash does. */
  readonly kill: () => Promise<void>;
  /** A rule card in a process of its own; waits until the reader has it. */
  readonly insert: (reader: string) => Promise<void>;
  readonly pull: (reader: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const ended = async (child: ChildProcess | undefined): Promise<void> => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};

/** Waits for the first words of a child, which it says when it has begun. */
const spoken = async (child: ChildProcess): Promise<void> => {
  const first = child.stdout === null ? Promise.resolve() : once(child.stdout, 'data');
  const early = once(child, 'exit').then(([code]) => {
    throw new Error(`${child.spawnfile} ended early: ${code}`);
  });
  await Promise.race([first, early]);
  early.catch(() => undefined);
};

const listens = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });

export const openService = async (): Promise<Service> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-pcscd-'));
  const socket = join(folder, 'pcscd.comm');
  const space = spawn('unshare', ['-n', '-m', 'bash', '-c', inside, 'inside', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await spoken(space);
  const within = (
    command: string,
    args: ReadonlyArray<string>,
    options: { readonly talks: boolean },
  ): ChildProcess =>
    spawn(
      'nsenter',
      ['--target', String(space.pid), '--net', '--mount', `--wd=${process.cwd()}`, command, ...args],
      {
        stdio: options.talks ? ['pipe', 'pipe', 'inherit'] : 'ignore',
      },
    );

  let daemon: ChildProcess | undefined;
  const cards = new Map<string, ChildProcess>();

  const start = async (): Promise<void> => {
    daemon = within('pcscd', ['-f'], { talks: false });
    while (!(await listens(socket))) await pause(20);
  };

  const pull = async (reader: string): Promise<void> => {
    await ended(cards.get(reader));
    cards.delete(reader);
  };

  const insert = async (reader: string): Promise<void> => {
    await pull(reader);
    const main = new URL('./rule-card-main.ts', import.meta.url).pathname;
    const card = within(process.execPath, [...process.execArgv, main, ports.get(reader) ?? ''], {
      talks: true,
    });
    cards.set(reader, card);
    await spoken(card);
  };

  await start();
  return {
    socket,
    start,
    kill: async () => {
      await ended(daemon);
      rmSync(socket, { force: true });
    },
    insert,
    pull,
    close: async () => {
      for (const reader of [...cards.keys()]) await pull(reader);
      await ended(daemon);
      await ended(space);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
