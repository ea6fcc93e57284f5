/** A virtual card process on a bed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { within } from './within.js';

/** A program that is worked by lines, as `mandate-virtual-card` is. */
export interface CardProgram {
  /** The file that Node runs, by its path. */
  readonly main: string;
  /** It takes nothing but `--port`. */
  readonly portAlone?: boolean;
}

/** How a card misbehaves. */
export interface Misdeed {
  readonly type: string;
}

export interface BedCardOptions<Kind extends string = string> {
  readonly kind: Kind;
  /** What is on it: a saved test card, or the print of an NHI card. Default: one that the process makes. */
  readonly contents?: object;
  readonly pin?: string;
  readonly tries?: number;
  /** The first reader or the second. */
  readonly slot?: 0 | 1;
  /** It begins outside the reader. */
  readonly out?: boolean;
  /** It says nothing of exchanges and resets: whoever measures would read that meanwhile. */
  readonly quiet?: boolean;
}

/** A line that the process said. */
export interface CardStatus {
  readonly status: string;
  readonly purpose?: string;
  readonly sw?: string;
  readonly triesLeft?: number;
}

export interface BedCard<Mischief extends Misdeed = Misdeed> {
  /** Everything that it said so far. */
  readonly said: ReadonlyArray<CardStatus>;
  /** The next line of that status after all that has been waited for; rejects when the process ends before. */
  readonly next: (status: string) => Promise<CardStatus>;
  /** Resolves when the card is in, and powered by the service. */
  readonly insert: () => Promise<void>;
  readonly pull: () => Promise<void>;
  readonly misbehave: (mischief: Mischief) => Promise<void>;
  readonly behave: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly ended: Promise<unknown>;
}

const firstPort = 35_963;
/** Milliseconds, of the last of several tries to have a card powered: a minute together. */
const mostPatience = 50_000;
let made = 0;

const cardFile = (folder: string, contents: unknown): ReadonlyArray<string> => {
  if (contents === undefined) return [];
  made += 1;
  const file = join(folder, `card-${made}.json`);
  writeFileSync(file, JSON.stringify(contents), { mode: 0o600 });
  return ['--card', file];
};

export const startCard = async <Mischief extends Misdeed>(
  inside: (command: string, args: ReadonlyArray<string>) => readonly [string, ReadonlyArray<string>],
  folder: string,
  { main, portAlone = false }: CardProgram,
  { kind, contents, pin = '123456', tries = 3, slot = 0, out = false, quiet = false }: BedCardOptions,
): Promise<BedCard<Mischief>> => {
  const own = [
    '--kind',
    kind,
    '--pin',
    pin,
    '--tries',
    String(tries),
    '--out',
    ...(quiet ? ['--quiet'] : []),
    ...cardFile(folder, contents),
  ];
  const [command, args] = inside(process.execPath, [
    ...['--conditions=mandate-source', '--import', import.meta.resolve('tsx')],
    ...[main, ...(portAlone ? [] : own), '--port', String(firstPort + slot)],
  ]);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said: CardStatus[] = [];
  let read = 0;
  let wake: () => void = () => {};
  let isOver = false;
  const nextLine = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  createInterface({ input: child.stdout })
    .on('line', (line) => {
      said.push(JSON.parse(line));
      wake();
    })
    .on('close', () => {
      isOver = true;
      wake();
    });

  const heard = async (status: string): Promise<CardStatus> => {
    for (;;) {
      const line = said[read];
      if (line !== undefined) {
        read += 1;
        if (line.status === status) return line;
      } else {
        if (isOver) throw new Error(`the virtual card ended before it said ${status}`);
        await nextLine();
      }
    }
  };
  const next: BedCard['next'] = (status) =>
    within(() => `the virtual card saying ${status}; it said ${JSON.stringify(said)}`, heard(status));
  const tell = async (line: object): Promise<void> => {
    child.stdin.write(`${JSON.stringify(line)}\n`);
    await next('done');
  };

  /** Whether it says that within so many milliseconds; what was said before is over. */
  const saysSoon = async (status: string, patience: number): Promise<boolean> => {
    const late = performance.now() + patience;
    while (performance.now() < late && !isOver) {
      const at = said.findIndex((line, place) => place >= read && line.status === status);
      if (at >= 0) {
        read = at + 1;
        return true;
      }
      await Promise.race([nextLine(), pause(50)]);
    }
    return false;
  };

  await next('ready');
  const card: BedCard<Mischief> = {
    said,
    next,
    insert: async () => {
      // pcscd overlooks a card that comes back within 0.4 s where a session ended in between (decision 0033), and does not
      // power it. A card that nobody powers is taken out again, for longer.
      for (let patience = 1_500; patience < mostPatience; patience *= 2) {
        await tell({ do: 'insert' });
        if (await saysSoon('power-on', patience)) return;
        if (isOver) throw new Error('the virtual card ended before it was powered');
        await tell({ do: 'pull' });
        await pause(1_000);
      }
      throw new Error(`nobody powered the virtual card, which said ${JSON.stringify(said)}`);
    },
    pull: () => tell({ do: 'pull' }),
    misbehave: ({ type, ...rest }) => tell({ do: 'misbehave', type, ...rest }),
    behave: () => tell({ do: 'behave' }),
    end: async () => {
      if (!isOver) child.stdin.end();
      await within(() => 'the end of the virtual card', ended);
    },
    ended,
  };
  if (!out) await card.insert();
  return card;
};
