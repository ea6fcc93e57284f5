/**
 * How often a renewal's steps may be asked for, by address, by card and by person, as the register's own routes count
 * (docs/embedding.md, "Rate limits"): whoever tries ID numbers beside a card that they found is stopped after a few.
 *
 * @packageDocumentation
 */
import {
  giveBack,
  httpErrors,
  type Keyed,
  memoryRateLimiter,
  type RateLimiter,
  type RateRule,
  takeFromAll,
} from '@mandate/adapters-http/server';
import type { Clock, Text } from '@mandate/domain';

/** Under what a request counts; `undefined` where it is not known. */
export interface Asker {
  readonly address: string | undefined;
  /** The card, by its certificate, or by what a renewal under way calls it. */
  readonly card: string | undefined;
  /** The ID number that was typed. It is a key of the limiter, and is kept nowhere else. */
  readonly person: string | undefined;
}

interface Rule extends RateRule {
  readonly of: keyof Asker;
}

const minute = 60;
const hour = 3600;

const rules = {
  /** Reading a card, and every page of 步驟二. */
  begin: [
    { name: 'renewal card, address', amount: 20, perSeconds: minute, of: 'address' },
    { name: 'renewal card, card', amount: 10, perSeconds: minute, of: 'card' },
    { name: 'renewal card, person', amount: 10, perSeconds: minute, of: 'person' },
  ],
  /** An ID number that is not the card's. */
  guess: [
    { name: 'renewal guess, address', amount: 5, perSeconds: hour, of: 'address' },
    { name: 'renewal guess, card', amount: 5, perSeconds: hour, of: 'card' },
    { name: 'renewal guess, person', amount: 5, perSeconds: hour, of: 'person' },
  ],
  /** What goes on under a renewal. */
  step: [
    { name: 'renewal step, address', amount: 60, perSeconds: minute, of: 'address' },
    { name: 'renewal step, card', amount: 30, perSeconds: minute, of: 'card' },
  ],
} as const satisfies Readonly<Record<string, ReadonlyArray<Rule>>>;

export type Counting = keyof typeof rules;

export interface RenewalLimits {
  /** Takes one from each rule of all of them, or from none: whole seconds to wait, `undefined` where there is nothing to wait for. */
  readonly take: (wanted: ReadonlyArray<readonly [Counting, Asker]>) => number | undefined;
  /** Gives back what was taken: the guess was right. */
  readonly give: (counting: Counting, asker: Asker) => void;
}

export const renewalLimits = (
  clock: Clock,
  limiter: RateLimiter = memoryRateLimiter({ clock }),
): RenewalLimits => {
  const keyed = ([counting, asker]: readonly [Counting, Asker]): ReadonlyArray<Keyed> =>
    rules[counting].flatMap((rule): ReadonlyArray<Keyed> => {
      const key = asker[rule.of];
      return key === undefined || key === '' ? [] : [[rule, key.slice(0, 100).toUpperCase()]];
    });
  return {
    take: (wanted) => {
      const seconds = takeFromAll(limiter, wanted.flatMap(keyed));
      return seconds === undefined ? undefined : Math.ceil(seconds);
    },
    give: (counting, asker) => giveBack(limiter, keyed([counting, asker])),
  };
};

/** What a page says then: the words of the interface. */
export const tooMany: Text & { readonly status: number } = httpErrors.TOO_MANY_REQUESTS;
