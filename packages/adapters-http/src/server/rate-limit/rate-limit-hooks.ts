/**
 * Refuses what comes too often, before the register is asked.
 *
 * @packageDocumentation
 */
import type { Description } from '../description.js';
import type { Hooks } from '../hooks.js';
import { passing, type Refusal } from '../problem.js';
import type { RateLimiter } from '../services.js';
import { addressKey } from './address.js';
import { type Counted, type CountingRule, countingRules, guessingRules } from './rules.js';

export interface RateLimitTerms {
  readonly limiter: RateLimiter;
  readonly addressOf: ((request: Request) => string | undefined) | undefined;
}

const guessing = 'POST /confirmations';

const rulesOf = ({ method, path }: Description): ReadonlyArray<CountingRule> => {
  const operation = `${method} ${path}`;
  return [...(countingRules.get(operation) ?? []), ...(operation === guessing ? guessingRules : [])];
};
/** An ID beside a card, or a password. */
const wrongGuesses: ReadonlySet<string | undefined> = new Set(['IDENTITY_MISMATCH', 'MEANS_REFUSED']);

/** Some keys are of people: what counts them is for the limiter alone. */
export const rateLimitHooks = ({ limiter, addressOf }: RateLimitTerms): Hooks => {
  const rules = new WeakMap<Description, ReadonlyArray<CountingRule>>();
  const known = (description: Description): ReadonlyArray<CountingRule> => {
    const found = rules.get(description) ?? rulesOf(description);
    rules.set(description, found);
    return found;
  };

  /** What a guess has taken, to be given back where it was right. */
  const taken = new WeakMap<Request, ReadonlyArray<readonly [CountingRule, string]>>();

  /** Takes from every rule, or from none: seconds to wait. */
  const takeAll = (
    rules: ReadonlyArray<CountingRule>,
    counted: Counted,
  ): number | ReadonlyArray<readonly [CountingRule, string]> => {
    const done: (readonly [CountingRule, string])[] = [];
    for (const rule of rules) {
      const key = rule.keyOf(counted);
      if (key === undefined) continue;
      const seconds = limiter.take(key, rule);
      if (seconds !== undefined) {
        for (const [before, of] of done) limiter.take(of, before, -1);
        return seconds;
      }
      done.push([rule, key]);
    }
    return done;
  };

  return {
    before: ({ description, request, caller, body }): Refusal | undefined => {
      const counting = known(description);
      if (counting.length === 0) return undefined;
      const from = addressOf?.(request);
      const address = from === undefined ? undefined : addressKey(from);
      const result = takeAll(counting, { address, caller, body });
      if (typeof result === 'number') return passing('TOO_MANY_REQUESTS', Math.min(result, 86_400));
      const guesses = result.filter(([rule]) => guessingRules.includes(rule));
      if (guesses.length > 0) taken.set(request, guesses);
      return undefined;
    },
    after: ({ request, code }) => {
      if (wrongGuesses.has(code)) return;
      const guesses = taken.get(request);
      if (guesses === undefined) return;
      for (const [rule, key] of guesses) limiter.take(key, rule, -1);
      taken.delete(request);
    },
  };
};
