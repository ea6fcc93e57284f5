/** The load, in a process of its own: so many connections for so long. Ends by itself. */
import { readFileSync } from 'node:fs';
import { percentile } from '../lib/stats.js';
import type { Series } from '../lib/timing.js';
import { runConnection } from './connection.js';
import { runStreams } from './streams.js';
import { type Kind, scriptOf, type Targets } from './targets.js';

/** Connections of one kind. `streams`: each opens a stream of changes, hears its beginning, and goes away, again and again. */
export interface Part {
  readonly kind: Kind | 'streams';
  readonly connections: number;
}

export interface LoadParams {
  readonly port: number;
  /** Of {@link Targets}, as JSON. */
  readonly file: string;
  readonly parts: ReadonlyArray<Part>;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** It takes longer where there were fewer answers by then. */
  readonly leastAnswers: number;
  /** However quick the server is, no more requests than these. */
  readonly mostRequests: number;
}

export interface LoadFigures extends Series {
  readonly answers: number;
  /** Streams that were opened and left. */
  readonly streams: number;
  /** Connections that were given up, for a wrong answer or for none. */
  readonly errors: number;
  readonly firstError: string | undefined;
  /** Processor time of the load itself, in processors: near 1, it is the load that is measured. */
  readonly processors: number;
}

const deadlineMilliseconds = 10_000;

export const httpLoad = async (_folder: string, params: LoadParams): Promise<LoadFigures> => {
  const { port, file, parts, warmUpSeconds, seconds, leastAnswers, mostRequests } = params;
  const targets = JSON.parse(readFileSync(file, 'utf8')) as Targets;
  const from = performance.now() + warmUpSeconds * 1000;
  const until = from + seconds * 1000;
  const milliseconds: number[] = [];
  const errors: string[] = [];
  let requests = 0;
  let streams = 0;
  let last = until;
  let used: NodeJS.CpuUsage | undefined;
  const isOver = (now: number): boolean => now >= until && milliseconds.length >= leastAnswers;
  const onAnswer = (taken: number): void => {
    const now = performance.now();
    if (now < from || isOver(now)) return;
    used ??= process.cpuUsage();
    milliseconds.push(taken);
    last = Math.max(until, now);
  };
  const goesOn = (): boolean => !isOver(performance.now()) && requests++ < mostRequests;
  const onError = (what: string): void => void errors.push(what);
  const onStream = (): void => void streams++;
  const around = { port, goesOn, deadlineMilliseconds };
  const ofKind = (kind: Part['kind'], index: number, connections: number): Promise<void> =>
    kind === 'streams'
      ? runStreams({ ...around, targets, watcher: { onAnswer: onStream, onError } })
      : runConnection({
          ...around,
          script: scriptOf(kind, targets, index, connections),
          watcher: { onAnswer, onError },
        });
  await Promise.all(
    parts.flatMap(({ kind, connections }) =>
      Array.from({ length: connections }, (_, index) => ofKind(kind, index, connections)),
    ),
  );
  const elapsed = Math.min(performance.now(), last) - from;
  const { user, system } = process.cpuUsage(used);
  return {
    answers: milliseconds.length,
    streams,
    errors: errors.length,
    firstError: errors[0],
    perSecond: (milliseconds.length / elapsed) * 1000,
    p50Ms: percentile(milliseconds, 0.5),
    p99Ms: percentile(milliseconds, 0.99),
    processors: (user + system) / 1000 / elapsed,
  };
};
