/**
 * A bed for tests with a real card service: pcscd with vpcd's virtual readers, in namespaces of its own (network and
 * mounts). Two beds do not know of each other, the machine's own pcscd is not touched, and whatever runs in a bed ends
 * with it, also where the test process is killed.
 *
 * Programs outside reach the service by its socket: give them `bed.env`. So the test itself stays where it is.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BedCard, type BedCardOptions, type CardProgram, type Misdeed, startCard } from './bed-card.js';
import { type RunResult, run } from './run.js';
import { until } from './until.js';
import { within } from './within.js';

export interface Bed<Kind extends string = string, Mischief extends Misdeed = Misdeed> {
  /** What a process needs in its environment to find this bed's card service and nothing of the machine's. */
  readonly env: Readonly<Record<string, string>>;
  /** Of this bed alone, for files; removed at the end. */
  readonly folder: string;
  /** A command outside of the bed, that talks to its card service: opensc-tool, pkcs11-tool, … */
  readonly run: (command: string, args: ReadonlyArray<string>, input?: string) => Promise<RunResult>;
  /** Command and arguments that run another command inside: for processes that the test starts itself. */
  readonly inside: (command: string, args: ReadonlyArray<string>) => readonly [string, ReadonlyArray<string>];
  /** Whether the service sees a card in that reader. */
  readonly seesCard: (slot: 0 | 1) => Promise<boolean>;
  /** A virtual card process; it is inserted and powered when the promise resolves, unless it begins outside. */
  readonly startCard: (options: BedCardOptions<Kind>) => Promise<BedCard<Mischief>>;
  /** SIGKILL for pcscd: clients see their connection break. */
  readonly killService: () => Promise<void>;
  readonly startService: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Quick acknowledgements: vpcd writes a length and its message apart, and waits 40 ms for each otherwise. */
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

/** The process that keeps the namespaces, until its standard input ends. */
const makeNamespaces = async (folder: string): Promise<ChildProcess> => {
  const child = spawn('unshare', ['-n', '-m', 'sh', '-c', setup, folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  let errors = '';
  child.stderr.on('data', (octets) => {
    errors += String(octets);
  });
  for await (const octets of child.stdout) {
    said += String(octets);
    if (said === 'ready\n') return child;
  }
  throw new Error(`no namespaces: ${errors}`);
};

const isListening = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const client = connect(socket);
    client.on('connect', () => {
      client.destroy();
      resolve(true);
    });
    client.on('error', () => resolve(false));
  });

/** `programOf` says which program plays a card of that kind. */
export const startBed = async <Kind extends string, Mischief extends Misdeed>(
  programOf: (kind: Kind) => CardProgram,
): Promise<Bed<Kind, Mischief>> => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-bed-'));
  const socket = join(folder, 'pcscd.comm');
  const env = { PCSCLITE_CSOCK_NAME: socket, XDG_CACHE_HOME: folder };
  const namespaces = await within(() => 'namespaces', makeNamespaces(folder));
  const cards = new Set<BedCard<Mischief>>();
  let service: ChildProcess | undefined;

  // Each step becomes the next by exec: the child is the command itself, and dies with the test process.
  const inside: Bed['inside'] = (command, args) => [
    'nsenter',
    [
      '-t',
      String(namespaces.pid),
      '-n',
      '-m',
      '--',
      'setpriv',
      '--pdeathsig',
      'KILL',
      '--',
      command,
      ...args,
    ],
  ];

  const startService = async (): Promise<void> => {
    // A killed pcscd leaves both behind.
    for (const file of ['pcscd.comm', 'pcscd.pid']) rmSync(join(folder, file), { force: true });
    const [nsenter, args] = inside('pcscd', ['--foreground']);
    const child = spawn(nsenter, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (octets) => {
        said += String(octets);
      });
    }
    service = child;
    await until(
      async () => {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`pcscd ended: ${said}`);
        return isListening(socket);
      },
      () => `pcscd listening; it said ${said}`,
    );
  };

  const killService = async (): Promise<void> => {
    const child = service;
    service = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await within(() => 'the end of pcscd', ended);
  };

  const end = async (): Promise<void> => {
    await Promise.all([...cards].map((card) => card.end()));
    await killService();
    const ended = namespaces.exitCode === null ? once(namespaces, 'exit') : undefined;
    namespaces.stdin?.end();
    await within(() => 'the end of the namespaces', Promise.resolve(ended));
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    await startService();
  } catch (error) {
    await end();
    throw error;
  }
  return {
    env,
    folder,
    run: (command, args, input) => run(command, args, env, input),
    inside,
    seesCard: async (slot) => {
      const { stdout } = await run('opensc-tool', ['--list-readers'], env);
      return new RegExp(`^${slot} +Yes `, 'm').test(stdout);
    },
    startCard: async (options) => {
      const card = await startCard<Mischief>(inside, folder, programOf(options.kind), options);
      cards.add(card);
      return card;
    },
    killService,
    startService,
    end,
  };
};
