/** Measures everything in one run, in rounds, so that what the machine does besides falls on all alike. */

import { emptyFolder, type Measure, removeFolder } from './lib/child.js';
import type { FiguresOf, MeasurementName, ParamsOf } from './measurements.js';
import type { Plan } from './plan.js';
import type { Asked } from './subjects/register-commands.js';
import { logFile } from './world/log.js';

/** The figures of each round, under the name of the row. */
export interface Results {
  readonly raw: ReadonlyArray<FiguresOf<'rawCommands'>>;
  readonly rawLong: ReadonlyArray<FiguresOf<'rawCommands'>>;
  readonly register: ReadonlyArray<FiguresOf<'registerCommands'>>;
  readonly uncached: ReadonlyArray<FiguresOf<'registerCommands'>>;
  /** One round each of the other commands: what a second event, a new person, a card read cost. */
  readonly others: Readonly<Record<Exclude<Asked, 'rename'>, FiguresOf<'registerCommands'>>>;
  /** `undefined`: not installed, or it failed; `peersMissing` says why. */
  readonly emmettMemory: ReadonlyArray<FiguresOf<'emmettCommands'>> | undefined;
  readonly emmettShared: ReadonlyArray<FiguresOf<'emmettCommands'>> | undefined;
  readonly emmettDocumented: ReadonlyArray<FiguresOf<'emmettCommands'>> | undefined;
  readonly peersMissing: string | undefined;
  readonly log: FiguresOf<'buildLog'>;
  readonly rawReplay: ReadonlyArray<FiguresOf<'replayRaw'>>;
  readonly replay: ReadonlyArray<FiguresOf<'replayRegister'>>;
  readonly rawReplayLong: ReadonlyArray<FiguresOf<'replayRaw'>>;
  readonly replayLong: ReadonlyArray<FiguresOf<'replayRegister'>>;
  readonly may: ReadonlyArray<FiguresOf<'mayQuestions'>>;
  readonly physical: FiguresOf<'physicalLimits'>;
}

export interface RunOptions {
  readonly plan: Plan;
  /** Why the peers are not to be measured. */
  readonly peersMissing: string | undefined;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

export const run = async ({ plan, peersMissing, measure, tell }: RunOptions): Promise<Results> => {
  const { streams, eventsPerStream, warmUp, width, rounds } = plan;
  const commands = { streams, eventsPerStream, warmUp };
  const telling = <N extends MeasurementName>(what: string, name: N, params: ParamsOf<N>) => {
    tell(what);
    return measure(name, params);
  };

  let missing = peersMissing;
  /** A peer that fails is a row that says so, not the end of the run. */
  const emmett = async (
    kind: 'memory' | 'sqlite' | 'sqlite:one',
    into: Array<FiguresOf<'emmettCommands'>>,
    count: number,
  ): Promise<void> => {
    if (missing !== undefined) return;
    try {
      const slow = kind === 'sqlite';
      const before = slow ? Math.min(warmUp, count) : warmUp;
      const params = { ...commands, streams: count, warmUp: before, width: slow ? 1 : width, kind };
      into.push(await telling(`emmett ${kind}`, 'emmettCommands', params));
    } catch (error) {
      if (kind !== 'sqlite') missing = `failed: ${String(error).split('\n')[0]}`;
    }
  };

  const raw: Array<FiguresOf<'rawCommands'>> = [];
  const rawLong: Array<FiguresOf<'rawCommands'>> = [];
  const register: Array<FiguresOf<'registerCommands'>> = [];
  const uncached: Array<FiguresOf<'registerCommands'>> = [];
  const emmettMemory: Array<FiguresOf<'emmettCommands'>> = [];
  const emmettShared: Array<FiguresOf<'emmettCommands'>> = [];
  const emmettDocumented: Array<FiguresOf<'emmettCommands'>> = [];
  for (let round = 1; round <= rounds; round++) {
    tell(`commands, round ${round} of ${rounds}`);
    raw.push(await telling('raw better-sqlite3', 'rawCommands', commands));
    const asked = { ...commands, width, asked: 'rename' } as const;
    register.push(await telling('register', 'registerCommands', asked));
    await emmett('sqlite:one', emmettShared, streams);
    const off = { ...asked, cacheSize: 0 };
    uncached.push(await telling('register, cache off', 'registerCommands', off));
    await emmett('memory', emmettMemory, streams);
    const long = { ...commands, longEvents: true };
    rawLong.push(await telling('raw, long events', 'rawCommands', long));
  }
  await emmett('sqlite', emmettDocumented, plan.slowStreams);
  const other = (asked: Asked) =>
    telling(`register: ${asked}`, 'registerCommands', { ...commands, width, asked });
  const others = {
    renameAndGrant: await other('renameAndGrant'),
    authorizeTyped: await other('authorizeTyped'),
    authorizeCard: await other('authorizeCard'),
    byStaff: await other('byStaff'),
  };

  const folder = emptyFolder();
  const file = logFile(folder);
  const { logAgencies: agencies, logEventsPerAgency: eventsPerAgency, shortReplay, questions } = plan;
  const log = await telling('writing the log', 'buildLog', { file, agencies, eventsPerAgency });
  const long = agencies * eventsPerAgency;
  const rawReplay: Array<FiguresOf<'replayRaw'>> = [];
  const replay: Array<FiguresOf<'replayRegister'>> = [];
  const rawReplayLong: Array<FiguresOf<'replayRaw'>> = [];
  const replayLong: Array<FiguresOf<'replayRegister'>> = [];
  const may: Array<FiguresOf<'mayQuestions'>> = [];
  const fewer = Math.min(rounds, 3);
  for (let round = 1; round <= fewer; round++) {
    tell(`replay and questions, round ${round} of ${fewer}`);
    rawReplay.push(await telling(`raw replay of ${shortReplay}`, 'replayRaw', { file, events: shortReplay }));
    replay.push(await telling(`replay of ${shortReplay}`, 'replayRegister', { file, events: shortReplay }));
    rawReplayLong.push(await telling(`raw replay of ${long}`, 'replayRaw', { file, events: long }));
    replayLong.push(await telling(`replay of ${long}`, 'replayRegister', { file, events: long }));
    may.push(await telling('may', 'mayQuestions', { file, agencies, eventsPerAgency, questions }));
  }
  removeFolder(folder);
  const physical = await telling('physical limits', 'physicalLimits', {
    milliseconds: plan.physicalMilliseconds,
  });
  const unlessMissing = <A>(rows: ReadonlyArray<A>) => (rows.length === 0 ? undefined : rows);
  return {
    raw,
    rawLong,
    register,
    uncached,
    others,
    emmettMemory: unlessMissing(emmettMemory),
    emmettShared: unlessMissing(emmettShared),
    emmettDocumented: unlessMissing(emmettDocumented),
    peersMissing: missing,
    log,
    rawReplay,
    replay,
    rawReplayLong,
    replayLong,
    may,
    physical,
  };
};
