/** A reader of vpcd with a virtual card in it, behind a pcscd of its own, in namespaces of their own. Needs root on Linux. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// Quick acknowledgements: vpcd writes a length and its message apart, and waits 40 ms for each otherwise.
const setup = `
set -e
ip link set lo up
for what in 127.0.0.0/8 127.0.0.1; do
  ip route change local $what dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
done
mount -t tmpfs tmpfs /run
mkdir /run/pcscd
mount --bind "$0" /run/pcscd
echo ready
exec cat > /dev/null
`;

const succeeds = (command: string, ...args: ReadonlyArray<string>): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Why there can be no bed here, or nothing. */
export const cardBedMissing = (): string | undefined => {
  if (!succeeds('pcscd', '--version')) return 'no pcscd';
  if (!existsSync('/etc/reader.conf.d/vpcd')) return 'no vpcd';
  return succeeds('unshare', '-n', '-m', 'ip', 'link', 'set', 'lo', 'up') ? undefined : 'not root';
};

export interface CardBed {
  /** For `PCSCLITE_CSOCK_NAME`. */
  readonly socket: string;
  readonly insert: () => void;
  readonly pull: () => void;
  readonly end: () => Promise<void>;
}

const firstWord = async (child: ChildProcess): Promise<void> => {
  if (child.stdout !== null) await once(child.stdout, 'data');
};

const listens = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};

/** `card` is what `save()` of a test card gave; it begins outside the reader. */
export const cardBed = async (folder: string, kind: 't7s' | 'piv', card: unknown): Promise<CardBed> => {
  const file = join(folder, 'card.json');
  writeFileSync(file, JSON.stringify(card));
  const space = spawn('unshare', ['-n', '-m', 'sh', '-c', setup, folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await firstWord(space);
  const within = (command: string, args: ReadonlyArray<string>): ChildProcess =>
    spawn(
      'nsenter',
      ['-t', String(space.pid), '-n', '-m', '--', 'setpriv', '--pdeathsig', 'KILL', command, ...args],
      { stdio: ['pipe', 'pipe', 'ignore'] },
    );
  const service = within('pcscd', ['--foreground']);
  service.stdout?.resume();
  const main = fileURLToPath(new URL('./card-main.ts', import.meta.url));
  const tsx = ['--conditions=mandate-source', '--import', import.meta.resolve('tsx')];
  const program = within(process.execPath, [...tsx, main, kind, file]);
  await firstWord(program);
  const socket = join(folder, 'pcscd.comm');
  while (!(await listens(socket))) await pause(10);
  return {
    socket,
    insert: () => program.stdin?.write('insert\n'),
    pull: () => program.stdin?.write('pull\n'),
    end: async () => {
      for (const child of [program, service, space]) await ended(child);
    },
  };
};
