/** How commands are timed: one after another, or a number of them at the same time. */
import { percentile } from './stats.js';

/** What a series of commands took. */
export interface Series {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const series = (startedAt: number, latencies: ReadonlyArray<number>): Series => ({
  perSecond: (latencies.length / (performance.now() - startedAt)) * 1000,
  p50Ms: percentile(latencies, 0.5),
  p99Ms: percentile(latencies, 0.99),
});

/** Each command begins when the one before has answered. */
export const oneByOne = async (
  count: number,
  command: (index: number) => Promise<unknown> | undefined,
): Promise<Series> => {
  const latencies: number[] = [];
  const startedAt = performance.now();
  for (let index = 0; index < count; index++) {
    const before = performance.now();
    // A peer that is synchronous pays for no promise.
    const answer = command(index);
    if (answer !== undefined) await answer;
    latencies.push(performance.now() - before);
  }
  return series(startedAt, latencies);
};

/** `width` callers, each of which begins its next command when its last has answered. */
export const inFlight = async (
  count: number,
  width: number,
  command: (index: number) => Promise<unknown>,
): Promise<Series> => {
  const latencies: number[] = [];
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const before = performance.now();
      await command(index);
      latencies.push(performance.now() - before);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: width }, caller));
  return series(startedAt, latencies);
};

/** How often a synchronous piece of work runs in a second, over at least `milliseconds`. */
export const rateOf = (milliseconds: number, work: () => void): number => {
  for (const until = performance.now() + milliseconds / 5; performance.now() < until; ) work();
  let runs = 0;
  const startedAt = performance.now();
  while (performance.now() - startedAt < milliseconds) {
    for (let i = 0; i < 16; i++) work();
    runs += 16;
  }
  return (runs / (performance.now() - startedAt)) * 1000;
};
