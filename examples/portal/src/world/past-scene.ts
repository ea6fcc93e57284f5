/**
 * How things were done before the first start: with cards, at the register, under a clock of the past.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { Clock, Register, RegisterError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { DrawerCard } from '../cards/deck.js';
import type { TestAccount, TestHealthCard } from './test-means.js';

/** A past that was refused is a mistake in this program. */
const done = <A>(what: string, answer: E.Either<RegisterError, A>): A => {
  if (E.isLeft(answer)) throw new Error(`${what}: ${answer.left.code}`);
  return answer.right;
};

export interface PastClock extends Clock {
  /** Goes to so many days before the first start, at an hour in Taipei, and never back. */
  readonly to: (daysAgo: number, hour: number, minute: number) => void;
}

const day = 86_400_000;
const taipei = 8 * 3_600_000;

/** A clock that walks up to `present`, in milliseconds. */
export const pastClock = (present: number): PastClock => {
  let now = 0;
  return {
    now: () => now,
    to: (daysAgo, hour, minute) => {
      const midnight = Math.floor((present + taipei) / day) * day - taipei - daysAgo * day;
      now = Math.min(present, Math.max(now, midnight + (hour * 60 + minute) * 60_000));
    },
  };
};

type Fields = Readonly<Record<string, unknown>> & { readonly type: string };

export interface PastScene {
  /**
   * Shows cards in the order of a purpose, by id; `health:…` is a health card, `account:…` an account. Answers under which
   * confirmation commands follow.
   */
  readonly show: (purpose: string, agencyCode: string, cards: ReadonlyArray<string>) => Promise<string>;
  /** A command under a confirmation. */
  readonly ask: (agencyCode: string, confirmation: string, command: Fields) => Promise<void>;
  readonly staff: (command: Fields) => Promise<void>;
  /** The terms as a command brings them back. */
  readonly terms: () => Promise<Readonly<{ hash: string; presentedAt: string; receipt: string }>>;
  readonly card: (id: string) => DrawerCard;
  /** The id of a clerk on the agency's list. */
  readonly clerkId: (confirmation: string, name: string) => Promise<string>;
}

export const pastScene = (
  register: Register,
  deck: ReadonlyArray<DrawerCard>,
  healthCards: ReadonlyArray<TestHealthCard> = [],
  accounts: ReadonlyArray<TestAccount> = [],
): PastScene => {
  /** Means other than a card that signs; `undefined` where `id` is a card's. */
  const meansOf = (id: string): Readonly<Record<string, unknown>> | undefined => {
    const [kind, name] = id.split(':');
    const health = kind === 'health' ? healthCards.find((one) => one.id === name) : undefined;
    if (health !== undefined) {
      const { nationalId, cardNumber, password } = health;
      return { registeredCard: { nationalId, cardNumber, password } };
    }
    const known = kind === 'account' ? accounts.find((one) => one.account === name) : undefined;
    return known === undefined ? undefined : { account: { name: known.account, secret: known.password } };
  };

  const card = (id: string): DrawerCard => {
    const found = deck.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no card "${id}"`);
    return found;
  };
  const show: PastScene['show'] = async (purpose, agencyCode, cards) => {
    let confirmation: string | undefined;
    for (const id of cards) {
      const means = meansOf(id);
      const { nationalId, card: key } =
        means === undefined ? card(id) : { nationalId: undefined, card: undefined };
      const challenge = done(
        `challenge for ${id}`,
        await register.issueChallenge({
          purpose,
          agencyCode,
          ...(nationalId === undefined ? {} : { nationalId }),
          ...(confirmation === undefined ? {} : { confirmation }),
        })(),
      );
      const cms = await key?.sign(new TextEncoder().encode(challenge.text), { withCardNumber: true });
      const shown = cms === undefined ? means : { cms: Buffer.from(cms).toString('base64') };
      const answer = { nonce: challenge.nonce, ...shown };
      confirmation = done(`card ${id}`, await register.confirmCard(answer)()).confirmation.id;
    }
    if (confirmation === undefined) throw new Error(`${purpose}: no card`);
    return confirmation;
  };
  return {
    card,
    show,
    ask: async (agencyCode, confirmation, command) => {
      done(
        command.type,
        await register.execute({ ...command, agencyCode, confirmation, commandId: randomUUID() })(),
      );
    },
    staff: async (command) => {
      done(
        command.type,
        await register.execute({ ...command, commandId: randomUUID() }, { staff: 'T0001' })(),
      );
    },
    terms: async () => {
      const { terms, presentedAt, receipt } = done('terms', await register.presentTerms()());
      return { hash: terms.hash, presentedAt, receipt };
    },
    clerkId: async (confirmation, name) => {
      const { clerks } = done('clerk list', await register.clerkList(confirmation)());
      const found = clerks.find((clerk) => clerk.name === name);
      if (found === undefined) throw new Error(`no clerk "${name}"`);
      return found.id;
    },
  };
};
