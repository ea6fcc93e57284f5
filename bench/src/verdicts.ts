/** The lines that must hold, and whether they do in this run. */
import { median } from './lib/stats.js';
import type { Results } from './run.js';

export interface Verdict {
  readonly line: string;
  readonly measured: string;
  readonly limit: string;
  /** `undefined` where it could not be measured. */
  readonly holds: boolean | undefined;
}

/** The median of the ratios of rounds: both sides of a ratio were measured within a minute of each other. */
export const ratio = (over: ReadonlyArray<number>, under: ReadonlyArray<number>): number =>
  median(over.map((value, round) => value / (under[round] ?? Number.NaN)));

const times = (value: number): string => `${value.toFixed(2)} ×`;

export const atLeast = (line: string, value: number, limit: number, of: string): Verdict => ({
  line,
  measured: `${times(value)} ${of}`,
  limit: `≥ ${limit} ×`,
  holds: Number.isNaN(value) ? undefined : value >= limit,
});

const mayVerdict = (line: string, times: 'now' | 'history', results: Results): Verdict => {
  const p99 = median(results.may.map((round) => round[times].p99Us));
  return { line, measured: `p99 ${p99.toFixed(2)} µs`, limit: '< 2 µs', holds: p99 < 2 };
};

export const verdictsOf = (results: Results): ReadonlyArray<Verdict> => {
  const raw = results.raw.map((round) => round.oneByOne.perSecond);
  const warm = results.register.map((round) => round.warmOneByOne.perSecond);
  const cold = results.register.map((round) => round.coldOneByOne.perSecond);
  const uncached = results.uncached.map((round) => round.warmOneByOne.perSecond);
  const flying = results.register.map((round) => round.warmInFlight.perSecond);
  const flyingCold = results.register.map((round) => round.coldInFlight.perSecond);
  const shared = (results.emmettShared ?? []).map((round) => round.oneByOne.perSecond);
  const documented = (results.emmettDocumented ?? []).map((round) => round.oneByOne.perSecond);
  const best = shared.map((value) => Math.max(value, ...documented));
  const replay = median(results.replayLong.map((round) => round.perSecond));
  const replayRatio = ratio(
    results.replayLong.map((round) => round.perSecond),
    results.rawReplayLong.map((round) => round.perSecond),
  );
  const peak = median(results.replayLong.map((round) => round.peakMiB));
  const live = median(results.replayLong.map((round) => round.liveMiB));
  const liveShort = median(results.replay.map((round) => round.liveMiB));
  const sameLists = results.replayLong.every((round, i) => round.digest === results.rawReplayLong[i]?.digest);
  const ofRaw = 'raw one by one';
  return [
    atLeast('full command, one by one, as configured by default', ratio(warm, raw), 0.6, ofRaw),
    atLeast('… each stream for the first time (20 events loaded)', ratio(cold, raw), 0.6, ofRaw),
    atLeast('… cache off (20 events loaded every time)', ratio(uncached, raw), 0.6, ofRaw),
    atLeast('full command beside the best emmett-sqlite', ratio(warm, best), 2, 'emmett-sqlite'),
    atLeast('full command, many in flight, as configured by default', ratio(flying, raw), 1.5, ofRaw),
    atLeast('… each stream for the first time', ratio(flyingCold, raw), 1.5, ofRaw),
    {
      line: 'replay, strict decode and chain check',
      measured: `${Math.round(replay).toLocaleString('en')} events/s, ${times(replayRatio)} raw`,
      limit: '≥ 250,000 events/s or ≥ 0.5 ×',
      holds: replay >= 250_000 || replayRatio >= 0.5,
    },
    {
      line: 'the replay folds to the same lists as the raw one',
      measured: sameLists ? 'equal digests' : 'other digests',
      limit: 'equal',
      holds: sameLists,
    },
    {
      line: 'peak memory of the long replay',
      measured: `${peak.toFixed(0)} MiB`,
      limit: '< 300 MiB',
      holds: peak < 300,
    },
    {
      line: 'memory does not grow with the log',
      measured: `${liveShort.toFixed(1)} → ${live.toFixed(1)} MiB of live heap`,
      limit: '≤ 1.15 × of a fifth of it',
      holds: live <= liveShort * 1.15,
    },
    mayVerdict('`may`, about now', 'now', results),
    mayVerdict('… about the past as it was known in the past', 'history', results),
  ];
};
