/**
 * A story as a list of what somebody does and what the register answers.
 *
 * @packageDocumentation
 */
import {
  type CardConfirmed,
  type Executed,
  errorTextOf,
  type PortalPolicy,
  type RegisterError,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** What was done, in both languages, and what came of it. */
export interface Told {
  readonly zh: string;
  readonly en: string;
  /** Types of events, `confirmed`, or the code of a refusal with its text. */
  readonly outcome: string;
  readonly refused: boolean;
}

type Answer = E.Either<RegisterError, Executed | CardConfirmed | string>;

export interface Teller {
  /** Does something, and keeps what came of it. */
  readonly tell: <A extends Answer>(zh: string, en: string, doing: Promise<A>) => Promise<A>;
  readonly told: ReadonlyArray<Told>;
}

const outcomeOf = (policy: PortalPolicy, answer: Answer): string => {
  if (E.isLeft(answer)) return `${answer.left.code} ${errorTextOf(policy, answer.left).zh}`;
  const { right } = answer;
  if (typeof right === 'string') return right;
  if ('confirmation' in right) return 'confirmed';
  return right.events.map(({ type }) => type).join(', ') || '–';
};

/** Refusals are told in the words of the pack. */
export const createTeller = (policy: PortalPolicy): Teller => {
  const told: Told[] = [];
  return {
    tell: async (zh, en, doing) => {
      const answer = await doing;
      told.push({ zh, en, outcome: outcomeOf(policy, answer), refused: E.isLeft(answer) });
      return answer;
    },
    told,
  };
};

/** What a story needs to go on; it ends where that is refused, and its test says so. */
export const must = <A>(answer: E.Either<RegisterError, A>): A => {
  if (E.isLeft(answer)) throw new Error(`the story ends here: ${answer.left.code}`);
  return answer.right;
};
