/** Measures read models on PostgreSQL: one runner, two, and the same rows by `pg` alone, in turn. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import { emptyFolder, type Measure, removeFolder } from './lib/child.js';
import { makeGate } from './lib/gate.js';
import { makeShare, type ProcessorShare } from './lib/processor-share.js';
import type { Plan } from './plan.js';
import type { PostgresLog } from './subjects/postgres.js';
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
  /** Of the machine, for all of them and the server. */
  readonly processors: number;
  readonly events: number;
  readonly rows: number;
  readonly bare: ReadonlyArray<PostgresRound>;
  readonly one: ReadonlyArray<PostgresRound>;
  readonly two: ReadonlyArray<PostgresRound>;
  /** The same with a part of a processor for each runner, so that there are processors enough for all. */
  readonly parted: PartedResults;
}

export interface PartedResults {
  /** Of one processor, for each runner; the server has what it wants. */
  readonly share: number;
  /** Why it was not measured. */
  readonly missing: string | undefined;
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

interface Logs {
  readonly log: PostgresLog;
  readonly warmUp: PostgresLog;
}

const writeLog = async (measure: Measure, folder: string, agencies: number): Promise<PostgresLog> => {
  mkdirSync(folder);
  const log = { file: logFile(folder), vaultFile: join(folder, 'vault.db') };
  await measure('buildLog', { ...log, agencies, eventsPerAgency });
  return { ...log, events: agencies * eventsPerAgency };
};

/** Runs a runner for each of `shares` beside each other on an empty schema; answers where their rows are, too. */
const runners = async (
  server: PostgresServer,
  measure: Measure,
  logs: Logs,
  shares: ReadonlyArray<ProcessorShare | undefined>,
) => {
  const place = server.database();
  const { log } = logs;
  const gate = await makeGate(place);
  const running = Promise.all(
    shares.map((share) =>
      measure('postgresRunner', {
        place,
        ...logs,
        warmPlace: server.database(),
        ...(share === undefined ? {} : { share: share.folder }),
      }),
    ),
  );
  await Promise.race([running, gate.gathered(shares.length)]);
  const before = server.processorMilliseconds();
  await gate.open();
  const figures = await running;
  const serverMilliseconds = server.processorMilliseconds() - before;
  await gate.close();
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

/** One runner and two, each with its share of a processor and no more. */
const runParted = async (
  { plan, measure, tell }: PostgresRunOptions,
  server: PostgresServer,
  logs: Logs,
): Promise<PartedResults> => {
  const share = plan.postgresShare;
  const one: PostgresRound[] = [];
  const two: PostgresRound[] = [];
  const made = (share === 0 ? [] : [0, 1]).map(() => makeShare(share));
  const shares = made.filter((each) => 'folder' in each);
  const [first, second] = shares;
  try {
    if (first === undefined || second === undefined) {
      const refused = made.find((each) => 'missing' in each);
      return { share, missing: refused?.missing ?? 'left out', one, two };
    }
    for (let round = 1; round <= plan.rounds; round++) {
      tell(`PostgreSQL, runners with ${share} of a processor, round ${round} of ${plan.rounds}`);
      one.push((await runners(server, measure, logs, [first])).round);
      two.push((await runners(server, measure, logs, [first, second])).round);
    }
    return { share, missing: undefined, one, two };
  } finally {
    for (const each of shares) each.remove();
  }
};

export const runPostgres = async ({ plan, measure, tell }: PostgresRunOptions): Promise<PostgresResults> => {
  const bare: PostgresRound[] = [];
  const one: PostgresRound[] = [];
  const two: PostgresRound[] = [];
  const share = plan.postgresShare;
  const events = plan.postgresAgencies * eventsPerAgency;
  const processors = availableParallelism();
  if (!postgresNeed.available) {
    const { reason: missing } = postgresNeed;
    return {
      missing,
      processors,
      events,
      rows: 0,
      bare,
      one,
      two,
      parted: { share, missing, one: [], two: [] },
    };
  }
  const folder = emptyFolder();
  tell(`writing a log of ${events} events`);
  const logs: Logs = {
    log: await writeLog(measure, join(folder, 'log'), plan.postgresAgencies),
    warmUp: await writeLog(measure, join(folder, 'warm-up'), plan.postgresWarmUpAgencies),
  };
  const server = await startPostgres();
  let rows = 0;
  let parted: PartedResults;
  try {
    for (let round = 1; round <= plan.rounds; round++) {
      tell(`PostgreSQL, round ${round} of ${plan.rounds}`);
      const single = await runners(server, measure, logs, [undefined]);
      one.push(single.round);
      two.push((await runners(server, measure, logs, [undefined, undefined])).round);
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
    parted = await runParted({ plan, measure, tell }, server, logs);
  } finally {
    await server.stop();
    removeFolder(folder);
  }
  return { missing: undefined, processors, events, rows, bare, one, two, parted };
};
