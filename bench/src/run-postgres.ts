/** Measures read models on PostgreSQL: one runner, two, and the same rows by `pg` alone, in turn. */
import { join } from 'node:path';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import { emptyFolder, type Measure, removeFolder } from './lib/child.js';
import type { Plan } from './plan.js';
import { logFile } from './world/log.js';

/** What one side took for the whole log. */
export interface PostgresRound {
  readonly perSecond: number;
  /** Microseconds of a processor for each event: of the processes that feed, and of the server. */
  readonly ownMicroseconds: number;
  readonly serverMicroseconds: number;
  /** Of all rows; `undefined` of who does not make them. */
  readonly digest: string | undefined;
}

export interface PostgresResults {
  /** Why nothing was measured. */
  readonly missing: string | undefined;
  readonly events: number;
  readonly rows: number;
  readonly bare: ReadonlyArray<PostgresRound>;
  readonly one: ReadonlyArray<PostgresRound>;
  readonly two: ReadonlyArray<PostgresRound>;
}

export interface PostgresRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

const eventsPerAgency = 20;
const eventsPerPage = 1_000;

interface Log {
  readonly file: string;
  readonly vaultFile: string;
  readonly events: number;
}

/** Runs `count` runners beside each other on an empty schema; answers where their rows are, too. */
const runners = async (server: PostgresServer, measure: Measure, log: Log, count: number) => {
  const place = server.database();
  const before = server.processorMilliseconds();
  const figures = await Promise.all(
    Array.from({ length: count }, () => measure('postgresRunner', { place, ...log })),
  );
  const serverMilliseconds = server.processorMilliseconds() - before;
  const from = Math.min(...figures.map(({ startedAt }) => startedAt));
  const to = Math.max(...figures.map(({ endedAt }) => endedAt));
  const own = figures.reduce((sum, { processorMilliseconds }) => sum + processorMilliseconds, 0);
  const round: PostgresRound = {
    perSecond: (log.events / (to - from)) * 1000,
    ownMicroseconds: (own / log.events) * 1000,
    serverMicroseconds: (serverMilliseconds / log.events) * 1000,
    digest: await measure('postgresDigest', { place }),
  };
  return { place, round };
};

export const runPostgres = async ({ plan, measure, tell }: PostgresRunOptions): Promise<PostgresResults> => {
  const bare: PostgresRound[] = [];
  const one: PostgresRound[] = [];
  const two: PostgresRound[] = [];
  const events = plan.postgresAgencies * eventsPerAgency;
  if (!postgresNeed.available) return { missing: postgresNeed.reason, events, rows: 0, bare, one, two };
  const folder = emptyFolder();
  const log: Log = { file: logFile(folder), vaultFile: join(folder, 'vault.db'), events };
  tell(`writing a log of ${events} events`);
  await measure('buildLog', {
    file: log.file,
    vaultFile: log.vaultFile,
    agencies: plan.postgresAgencies,
    eventsPerAgency,
  });
  const server = await startPostgres();
  let rows = 0;
  try {
    for (let round = 1; round <= plan.rounds; round++) {
      tell(`PostgreSQL, round ${round} of ${plan.rounds}`);
      const single = await runners(server, measure, log, 1);
      one.push(single.round);
      two.push((await runners(server, measure, log, 2)).round);
      const before = server.processorMilliseconds();
      const copied = await measure('postgresBare', {
        filled: single.place,
        place: server.database(),
        pages: Math.ceil(events / eventsPerPage),
      });
      rows = copied.rows;
      bare.push({
        perSecond: (events / copied.milliseconds) * 1000,
        ownMicroseconds: (copied.processorMilliseconds / events) * 1000,
        serverMicroseconds: ((server.processorMilliseconds() - before) / events) * 1000,
        digest: undefined,
      });
    }
  } finally {
    await server.stop();
    removeFolder(folder);
  }
  return { missing: undefined, events, rows, bare, one, two };
};
