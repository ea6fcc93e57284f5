/**
 * How things were done before the first start: with cards, at the register, under a clock of the past.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { Clock, Register, RegisterError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { DrawerCard } from '../cards/deck.js';

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
  /** Shows cards in the order of a purpose; answers under which confirmation commands follow. */
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

export const pastScene = (register: Register, deck: ReadonlyArray<DrawerCard>): PastScene => {
  const card = (id: string): DrawerCard => {
    const found = deck.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no card "${id}"`);
    return found;
  };
  const show: PastScene['show'] = async (purpose, agencyCode, cards) => {
    let confirmation: string | undefined;
    for (const id of cards) {
      const { nationalId, card: key } = card(id);
      const challenge = done(
        `challenge for ${id}`,
        await register.issueChallenge({
          purpose,
          agencyCode,
          ...(nationalId === undefined ? {} : { nationalId }),
          ...(confirmation === undefined ? {} : { confirmation }),
        })(),
      );
      const cms = await key.sign(new TextEncoder().encode(challenge.text), { withCardNumber: true });
      const answer = { nonce: challenge.nonce, cms: Buffer.from(cms).toString('base64') };
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
