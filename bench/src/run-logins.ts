/** Measures log-ins by card, ours and others' in turn. */
import { emptyFolder, type Measure, removeFolder } from './lib/child.js';
import type { FiguresOf } from './measurements.js';
import type { Plan } from './plan.js';
import type { JudgeName } from './subjects/logins.js';
import { loginFile } from './world/logins.js';

export interface LoginResults {
  readonly judges: Readonly<Record<JudgeName, ReadonlyArray<FiguresOf<'cardLogins'>>>>;
  readonly hostile: FiguresOf<'hostile'>;
  readonly memory: FiguresOf<'loginMemory'>;
}

export interface LoginRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

/** A round goes through them in this order; what is compared stands beside each other. */
const order: ReadonlyArray<JudgeName> = [
  'warm',
  'pkijs',
  'cold',
  'unprepared',
  'nodeCold',
  'nodeWarm',
  'webWarm',
];

const isSlow = (judge: JudgeName): boolean => judge === 'pkijs' || judge === 'cold' || judge === 'unprepared';

export const runLogins = async ({ plan, measure, tell }: LoginRunOptions): Promise<LoginResults> => {
  const folder = emptyFolder();
  const file = loginFile(folder);
  const { cards, answersPerCard, listed, width } = plan;
  tell(`signing ${cards * answersPerCard} answers of ${cards} cards`);
  await measure('buildLogins', { file, cards, answersPerCard, listed });
  const judges: Record<JudgeName, Array<FiguresOf<'cardLogins'>>> = {
    warm: [],
    pkijs: [],
    cold: [],
    unprepared: [],
    nodeCold: [],
    nodeWarm: [],
    webWarm: [],
  };
  for (let round = 1; round <= plan.rounds; round++) {
    tell(`log-ins, round ${round} of ${plan.rounds}`);
    for (const judge of order) {
      const logins = isSlow(judge) ? plan.slowLogins : plan.logins;
      const warmUp = isSlow(judge) ? Math.min(plan.loginWarmUp, plan.slowLogins) : plan.loginWarmUp;
      const params = { file, judge, logins, warmUp, width };
      judges[judge].push(await measure('cardLogins', params));
    }
  }
  removeFolder(folder);
  tell('hostile inputs');
  const hostile = await measure('hostile', { times: plan.hostileTimes });
  tell(`memory of ${plan.memoryCards} cards`);
  const memory = await measure('loginMemory', { cards: plan.memoryCards });
  return { judges, hostile, memory };
};
