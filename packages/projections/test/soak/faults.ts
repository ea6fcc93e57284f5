/** What is broken on purpose, and mended again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresServer } from '@mandate/testing/postgres';
import type { Disk } from './disk.js';
import type { Lane } from './lane.js';
import type { Process } from './processes.js';
import type { Random } from './random.js';
import type { ServerOrder } from './server-child.js';

/** Everything that can be broken. */
export interface Bed {
  readonly onSqlite: Lane;
  readonly onServer: Lane;
  readonly server: Process;
  readonly disk: Disk;
  /** Where it is installed. */
  readonly postgres: PostgresServer | undefined;
  readonly postgresRunners: ReadonlyArray<Process>;
}

export interface Fault {
  readonly name: string;
  readonly isPossible: (bed: Bed) => boolean;
  /** Breaks something and mends it. `random` says when and for how long. */
  readonly run: (bed: Bed, random: Random) => Promise<void>;
}

const always = (): boolean => true;
const order = (bed: Bed, given: ServerOrder): void => bed.server.tell(given);

const restart = async (process: Process): Promise<void> => {
  await process.kill();
  await process.start();
};

/** Stopped and gone on: what it held meanwhile may belong to another. */
const standStill = async (process: Process, milliseconds: number): Promise<void> => {
  process.signal('SIGSTOP');
  await pause(milliseconds);
  process.signal('SIGCONT');
};

const oneOf = <A>(values: ReadonlyArray<A>, random: Random): A | undefined => values[random(values.length)];

const hour = 3_600_000;

/** The clock of both writers goes to another time and comes back. */
const jump = async ({ onSqlite, onServer }: Bed, offset: number, random: Random): Promise<void> => {
  for (const lane of [onSqlite, onServer]) lane.setClock(offset);
  await pause(random(600));
  for (const lane of [onSqlite, onServer]) lane.setClock(0);
};

export const faults: ReadonlyArray<Fault> = [
  { name: 'kill -9 of the writer on SQLite', isPossible: always, run: (bed) => restart(bed.onSqlite.writer) },
  {
    name: 'kill -9 of the writer on the server',
    isPossible: always,
    run: (bed) => restart(bed.onServer.writer),
  },
  {
    name: 'kill -9 of a runner on SQLite',
    isPossible: always,
    run: async (bed, random) => {
      const runner = oneOf([...bed.onSqlite.runners, ...bed.onServer.runners], random);
      if (runner !== undefined) await restart(runner);
    },
  },
  {
    name: 'kill -9 of the event store server',
    isPossible: always,
    run: async (bed, random) => {
      await bed.server.kill();
      await pause(random(300));
      await bed.server.start();
    },
  },
  {
    name: 'all connections to the server cut',
    isPossible: always,
    run: async (bed) => order(bed, { door: 'cut' }),
  },
  {
    name: 'connections cut after a commit, before its answer',
    isPossible: always,
    run: async (bed) => order(bed, { append: { _tag: 'CutAfterCommit' } }),
  },
  {
    name: 'an append that is never answered',
    isPossible: always,
    run: async (bed) => order(bed, { append: { _tag: 'Silence' } }),
  },
  {
    name: 'slow connections',
    isPossible: always,
    run: async (bed, random) => {
      order(bed, { slow: 5 + random(40) });
      await pause(300 + random(1_000));
      order(bed, { slow: 0 });
    },
  },
  {
    name: 'half-open connections',
    isPossible: always,
    run: async (bed, random) => {
      order(bed, { door: 'stall' });
      await pause(300 + random(1_500));
      order(bed, { door: 'resume' });
    },
  },
  { name: 'the clock an hour back', isPossible: always, run: (bed, random) => jump(bed, -hour, random) },
  { name: 'the clock an hour forward', isPossible: always, run: (bed, random) => jump(bed, hour, random) },
  {
    name: 'the disk full, and room again',
    isPossible: ({ disk }) => disk.isSmall,
    run: async ({ disk }, random) => {
      disk.fill();
      await pause(100 + random(600));
      disk.empty();
    },
  },
  {
    name: 'kill -9 of a runner on PostgreSQL',
    isPossible: ({ postgres }) => postgres !== undefined,
    run: async (bed, random) => {
      const runner = oneOf(bed.postgresRunners, random);
      if (runner !== undefined) await restart(runner);
    },
  },
  {
    name: 'a runner on PostgreSQL that stands still for longer than its lease',
    isPossible: ({ postgres }) => postgres !== undefined,
    run: async (bed, random) => {
      const runner = oneOf(bed.postgresRunners, random);
      if (runner !== undefined) await standStill(runner, 1_000 + random(1_500));
    },
  },
  {
    name: 'kill -9 of PostgreSQL',
    isPossible: ({ postgres }) => postgres !== undefined,
    run: async ({ postgres }, random) => {
      await postgres?.kill();
      await pause(random(300));
      await postgres?.start();
    },
  },
];
