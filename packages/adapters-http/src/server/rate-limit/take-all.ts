/**
 * One request under several rules.
 *
 * @packageDocumentation
 */
import type { RateLimiter, RateRule } from '../services.js';

/** A rule, and under what the request counts there. */
export type Keyed<R extends RateRule = RateRule> = readonly [R, string];

/** Gives back what was taken. */
export const giveBack = (limiter: RateLimiter, taken: ReadonlyArray<Keyed>): void => {
  for (const [rule, key] of taken) limiter.take(key, rule, -1);
};

/** Takes one from every rule, or none from any: seconds until there is enough of the first that refused, `undefined` where all gave. */
export const takeFromAll = (limiter: RateLimiter, wanted: ReadonlyArray<Keyed>): number | undefined => {
  for (const [place, [rule, key]] of wanted.entries()) {
    const seconds = limiter.take(key, rule);
    if (seconds === undefined) continue;
    giveBack(limiter, wanted.slice(0, place));
    return seconds;
  }
  return undefined;
};
