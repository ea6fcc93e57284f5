/** What answers are counted by: those that come between a warm-up and the end. */
import { percentile } from '../lib/stats.js';
import type { Series } from '../lib/timing.js';

export interface Bounds {
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** It takes longer where there were fewer answers by then. */
  readonly leastAnswers: number;
  /** However quick the server is, no more requests than these. */
  readonly mostRequests: number;
}

export interface LoadFigures extends Series {
  readonly answers: number;
  /** Sent at all, those of the warm-up too. */
  readonly requests: number;
  /** Streams that were opened and left. */
  readonly streams: number;
  /** Connections that were given up, for a wrong answer or for none. */
  readonly errors: number;
  readonly firstError: string | undefined;
  /** Processor time of the process that asks, in processors: near 1, it is the load that is measured. */
  readonly processors: number;
}

export interface Gauge {
  /** Asked before each request; false ends whoever asks. */
  readonly goesOn: () => boolean;
  /** A right answer, with the milliseconds that it took. */
  readonly onAnswer: (milliseconds: number) => void;
  readonly onStream: () => void;
  readonly onError: (what: string) => void;
  readonly figures: () => LoadFigures;
}

/** Begins now. */
export const startGauge = ({ warmUpSeconds, seconds, leastAnswers, mostRequests }: Bounds): Gauge => {
  const from = performance.now() + warmUpSeconds * 1000;
  const until = from + seconds * 1000;
  const milliseconds: number[] = [];
  const errors: string[] = [];
  let asked = 0;
  let streams = 0;
  let last = until;
  let used: NodeJS.CpuUsage | undefined;
  const isOver = (now: number): boolean => now >= until && milliseconds.length >= leastAnswers;
  return {
    goesOn: () => {
      if (isOver(performance.now()) || asked >= mostRequests) return false;
      asked++;
      return true;
    },
    onAnswer: (taken) => {
      const now = performance.now();
      if (now < from || isOver(now)) return;
      used ??= process.cpuUsage();
      milliseconds.push(taken);
      last = Math.max(until, now);
    },
    onStream: () => void streams++,
    onError: (what) => void errors.push(what),
    figures: () => {
      const elapsed = Math.min(performance.now(), last) - from;
      const { user, system } = process.cpuUsage(used);
      return {
        answers: milliseconds.length,
        requests: asked,
        streams,
        errors: errors.length,
        firstError: errors[0],
        perSecond: (milliseconds.length / elapsed) * 1000,
        p50Ms: percentile(milliseconds, 0.5),
        p99Ms: percentile(milliseconds, 0.99),
        processors: (user + system) / 1000 / elapsed,
      };
    },
  };
};
