/** Writers, readers and runners at work while one thing after another breaks; then everything is counted. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import { freshFile } from '../support/files.js';
import { makeDisk } from './disk.js';
import { type Bed, faults } from './faults.js';
import { type Account, startLane } from './lane.js';
import { countModels, type ModelAccount } from './models.js';
import { type Process, processOf } from './processes.js';
import { randomOf } from './random.js';
import type { RunnerTold } from './runner-child.js';

export interface SoakOptions {
  readonly minutes: number;
  /** Which faults come in which order, and for how long; what they meet is for the machine to say. */
  readonly seed: number;
  readonly tell?: (what: string) => void;
}

export interface SoakResults extends SoakOptions {
  readonly seconds: number;
  /** How often each fault was tried; `undefined` where it cannot be tried on this machine. */
  readonly faults: ReadonlyArray<{ readonly name: string; readonly times: number | undefined }>;
  readonly lanes: ReadonlyArray<Account & { readonly name: string }>;
  readonly models: ReadonlyArray<ModelAccount>;
}

/** Room for all that is written in so many minutes. */
const megabytesFor = (minutes: number): number => Math.ceil(256 + 40 * minutes);
const loops = 3;

const runnerOf = (told: () => RunnerTold, onBroken: (what: string) => void): Process =>
  processOf({ program: 'runner-child.ts', told: () => [JSON.stringify(told())], onBroken });

/** Starts everything. `onBroken` hears of a process that ended though nobody killed it. */
const makeBed = async (minutes: number, onBroken: (what: string) => void) => {
  const disk = makeDisk(megabytesFor(minutes));
  const [home, away] = [join(disk.folder, 'sqlite'), join(disk.folder, 'server')];
  for (const folder of [home, away]) mkdirSync(folder);
  const postgres: PostgresServer | undefined = postgresNeed.available ? await startPostgres() : undefined;
  const database = postgres?.database();
  const journal = freshFile('events.jsonl');
  let port = '0';
  const server = processOf({
    program: 'server-child.ts',
    // Not on the small disk: what is tested is the store, and not the test server's own file.
    told: () => [port, journal],
    readyAt: /^listening \d+$/,
    onLine: (line) => {
      port = /^listening (\d+)$/.exec(line)?.[1] ?? port;
    },
    onBroken,
  });
  await server.start();
  const sqlite = { events: join(home, 'events.db'), vault: join(home, 'vault.db') };
  const wire = { events: `esdb://127.0.0.1:${port}?tls=false`, vault: join(away, 'vault.db') };
  const models = { sqlite: join(home, 'models.db'), wire: join(away, 'models.db') };
  const postgresRunners =
    database === undefined
      ? []
      : Array.from({ length: 2 }, () => runnerOf(() => ({ ...sqlite, models: database }), onBroken));
  const onSqlite = await startLane({
    name: 'SQLite',
    letter: 'S',
    where: sqlite,
    loops,
    onBroken,
    runners: (broken) => [runnerOf(() => ({ ...sqlite, models: models.sqlite }), broken)],
  });
  const onServer = await startLane({
    name: 'EventStoreDB (test server)',
    letter: 'E',
    where: wire,
    loops,
    onBroken,
    runners: (broken) => [runnerOf(() => ({ ...wire, models: models.wire }), broken)],
  });
  await Promise.all(postgresRunners.map((each) => each.start()));
  const bed: Bed = { onSqlite, onServer, server, disk, postgres, postgresRunners };
  return { bed, models, database };
};

export const soak = async (options: SoakOptions): Promise<SoakResults> => {
  const { minutes, seed, tell } = options;
  const random = randomOf(seed);
  let broken: string | undefined;
  const { bed, models, database } = await makeBed(minutes, (what) => {
    broken ??= what;
  });
  const { onSqlite, onServer, postgresRunners } = bed;
  const lanes = [onSqlite, onServer];
  const startedAt = performance.now();
  const possible = faults.filter(({ isPossible }) => isPossible(bed));
  const times = new Map(possible.map(({ name }) => [name, 0]));
  const over = new AbortController();
  /** What broke by itself ends the soak: waiting for it would never end. */
  const whole = async (): Promise<void> => {
    while (broken === undefined && !over.signal.aborted) await pause(100);
    if (broken !== undefined) throw new Error(broken);
  };
  const breaking = async (): Promise<void> => {
    await Promise.all(lanes.map((lane) => lane.progress(20)));
    // Each of them once in every round, in an order that the seed says, and one whole round at the least.
    let round = [...possible];
    const isOver = (): boolean =>
      performance.now() - startedAt > minutes * 60_000 && [...times.values()].every((count) => count > 0);
    while (!isOver()) {
      if (round.length === 0) round = [...possible];
      const [fault] = round.splice(random(round.length), 1);
      if (fault === undefined) break;
      tell?.(`${Math.round((performance.now() - startedAt) / 1000)} s  ${fault.name}`);
      await fault.run(bed, random);
      times.set(fault.name, (times.get(fault.name) ?? 0) + 1);
      // The next one comes when writers are at work again, at a moment that nobody knows.
      await Promise.all(lanes.map((lane) => lane.progress(1)));
      await pause(random(400));
    }
  };
  try {
    await Promise.race([breaking(), whole()]);
    const accounts = await Promise.race([Promise.all(lanes.map((lane) => lane.finish())), whole()]);
    if (accounts === undefined) throw new Error(broken);
    await Promise.all(
      [...lanes.flatMap(({ runners }) => runners), ...postgresRunners].map((each) => each.kill()),
    );
    const [home, away] = accounts;
    const counted = [
      ...(await countModels(
        onSqlite.where,
        [
          { name: 'SQLite, of SQLite', models: models.sqlite },
          ...(database === undefined
            ? []
            : [{ name: 'PostgreSQL, two runners, of SQLite', models: database }]),
        ],
        home?.events ?? [],
      )),
      ...(await countModels(
        onServer.where,
        [{ name: 'SQLite, of EventStoreDB (test server)', models: models.wire }],
        away?.events ?? [],
      )),
    ];
    return {
      ...options,
      seconds: (performance.now() - startedAt) / 1000,
      faults: faults.map(({ name }) => ({ name, times: times.get(name) })),
      lanes: accounts.map((account, index) => ({ ...account, name: lanes[index]?.name ?? '' })),
      models: counted,
    };
  } finally {
    over.abort();
    await Promise.all([
      ...lanes.map((lane) => lane.abandon()),
      ...postgresRunners.map((each) => each.kill()),
    ]);
    await bed.server.kill();
    await bed.postgres?.stop();
    bed.disk.remove();
  }
};
