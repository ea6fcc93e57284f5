/**
 * Token buckets in memory: so many at once, and then as fast as they come back.
 *
 * @packageDocumentation
 */
import type { Clock } from '@mandate/domain';

/** So many in so long a time, at most so many at once. */
interface Rule {
  readonly name: string;
  readonly amount: number;
  readonly perSeconds: number;
}

interface Bucket {
  /** What is in it, as of `at`. */
  readonly tokens: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface MemoryRateLimiterOptions {
  readonly clock: Clock;
  /** Buckets that are kept; of more, those that were not used for longest are forgotten. @defaultValue 100,000 */
  readonly mostKeys?: number;
}

/** The limiter of one process. Several processes count each for itself; a shared one is another implementation of the port. */
export const memoryRateLimiter = ({ clock, mostKeys = 100_000 }: MemoryRateLimiterOptions) => {
  // In the order of their last use.
  const buckets = new Map<string, Bucket>();

  const tokensNow = (bucket: Bucket | undefined, { amount, perSeconds }: Rule, now: number): number => {
    if (bucket === undefined) return amount;
    // A clock that was set back gives nothing and takes nothing.
    const seconds = Math.max(0, now - bucket.at) / 1000;
    return Math.min(amount, bucket.tokens + (seconds * amount) / perSeconds);
  };

  return {
    /**
     * Takes `cost` (1) from what `key` has under a rule: seconds until there is enough again, or `undefined` where there
     * was. A refusal takes nothing. A negative cost gives back. More than a whole bucket is never there: `Infinity`.
     */
    take: (key: string, rule: Rule, cost = 1): number | undefined => {
      const name = `${rule.name}\u0000${key}`;
      const now = clock.now();
      const tokens = tokensNow(buckets.get(name), rule, now);
      buckets.delete(name);
      const enough = tokens >= cost;
      const left = enough ? Math.min(rule.amount, tokens - cost) : tokens;
      // A full bucket is as good as none.
      if (left < rule.amount) buckets.set(name, { tokens: left, at: now });
      if (buckets.size > mostKeys) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      if (enough) return undefined;
      return cost > rule.amount
        ? Number.POSITIVE_INFINITY
        : ((cost - tokens) * rule.perSeconds) / rule.amount;
    },
    /** Buckets that are kept. */
    size: (): number => buckets.size,
  };
};
