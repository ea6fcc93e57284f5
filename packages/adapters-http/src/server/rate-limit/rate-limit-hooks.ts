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
import { giveBack, type Keyed, takeFromAll } from './take-all.js';

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
  const taken = new WeakMap<Request, ReadonlyArray<Keyed<CountingRule>>>();

  const keyed = (rules: ReadonlyArray<CountingRule>, counted: Counted): ReadonlyArray<Keyed<CountingRule>> =>
    rules.flatMap((rule): ReadonlyArray<Keyed<CountingRule>> => {
      const key = rule.keyOf(counted);
      return key === undefined ? [] : [[rule, key]];
    });

  return {
    before: ({ description, request, caller, body }): Refusal | undefined => {
      const counting = known(description);
      if (counting.length === 0) return undefined;
      const from = addressOf?.(request);
      const address = from === undefined ? undefined : addressKey(from);
      const wanted = keyed(counting, { address, caller, body });
      const seconds = takeFromAll(limiter, wanted);
      if (seconds !== undefined) return passing('TOO_MANY_REQUESTS', Math.min(seconds, 86_400));
      const guesses = wanted.filter(([rule]) => guessingRules.includes(rule));
      if (guesses.length > 0) taken.set(request, guesses);
      return undefined;
    },
    after: ({ request, code }) => {
      if (wrongGuesses.has(code)) return;
      const guesses = taken.get(request);
      if (guesses === undefined) return;
      giveBack(limiter, guesses);
      taken.delete(request);
    },
  };
};
