/** The lines that must hold of log-ins by card. */
import { median } from './lib/stats.js';
import type { LoginResults } from './run-logins.js';
import type { JudgeName } from './subjects/logins.js';
import { atLeast, ratio, type Verdict } from './verdicts.js';

/** MiB that may be there at the end and not when the caches were full: what the engine itself keeps goes up and down. */
const memorySlack = 2;

export const loginVerdictsOf = ({ judges, hostile, memory }: LoginResults): ReadonlyArray<Verdict> => {
  const rates = (judge: JudgeName) => judges[judge].map((round) => round.oneByOne.perSecond);
  const all = Object.values(judges).flat();
  const refused = all.reduce((sum, round) => sum + round.refused, 0);
  const forged = all.reduce((sum, round) => sum + round.forged, 0);
  const slowest = Math.max(...hostile.inputs.map(({ medianMs }) => medianMs));
  const growth = memory.afterMiB - memory.halfwayMiB;
  return [
    atLeast('a card logs in, known from before', ratio(rates('warm'), rates('pkijs')), 10, 'pkijs'),
    atLeast('… never seen before', ratio(rates('cold'), rates('pkijs')), 1.5, 'pkijs'),
    {
      line: 'forged answers are refused by all who are compared',
      measured: `${refused} of ${forged}`,
      limit: 'all',
      holds: refused === forged,
    },
    {
      line: 'the worst 64 kB that were found',
      measured: `${slowest.toFixed(1)} ms`,
      limit: '< 100 ms',
      holds: slowest < 100,
    },
    {
      line: 'memory does not grow with the cards that log in',
      measured: `${memory.halfwayMiB.toFixed(1)} → ${memory.afterMiB.toFixed(1)} MiB`,
      limit: `≤ ${memorySlack} MiB more`,
      holds: growth <= memorySlack,
    },
  ];
};

/** For the table: the median of each judge's rounds beside pkijs. */
export const besidePkijs = ({ judges }: LoginResults, judge: JudgeName): number =>
  median(
    judges[judge].map((round, i) => round.oneByOne.perSecond / (judges.pkijs[i]?.oneByOne.perSecond ?? 0)),
  );
