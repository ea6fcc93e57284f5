/**
 * A card that is held, whichever process its driver runs in.
 *
 * @packageDocumentation
 */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { faultOfTransport } from '../apdu/exchange.js';
import { equalOctets } from '../apdu/octets.js';
import type { CardKeys, CardShown, CardStep, PinForm, SigningKey } from '../drivers/data.js';
import type { Outcome } from '../drivers/driver.js';
import { cardSteps } from '../drivers/steps.js';
import type { CardSession, CardTransport } from '../transport/transport.js';
import { openedTold, outcomeTold, poweredTold, preparedTold, verifiedTold } from './told.js';

/** What a PIN came to. The second follows the first: without a right PIN it is a fault. */
export interface Proof {
  readonly verified: Outcome<void>;
  readonly signature: Outcome<Uint8Array>;
}

export interface CardInHand {
  readonly shown: CardShown;
  readonly pin: PinForm | undefined;
  /** Finds the key; `false` where the card cannot sign with what is set up. */
  readonly prepare: (key: SigningKey, keys: CardKeys) => Outcome<boolean>;
  /** One VERIFY, and the private operation over a padded block. The card is let go behind them. */
  readonly prove: (pin: Uint8Array, block: Uint8Array) => Proof;
}

/** Steps with a card, and its end. */
export interface Steps {
  /** `isFollowed`: see `CardWork`. */
  readonly ask: (step: CardStep, isFollowed?: true) => Outcome<unknown>;
  readonly end: () => Promise<void>;
}

const stepsHere = (session: CardSession): Steps => {
  const perform = cardSteps(session);
  let last: Promise<unknown> = Promise.resolve();
  let ending: Promise<void> | undefined;
  return {
    ask: (step) => {
      const answer = perform(step);
      last = answer.catch(() => undefined);
      return answer;
    },
    end: () => {
      ending ??= last.then(() => session.end());
      return ending;
    },
  };
};

/** In the process of the reader where the transport has one, else in this. */
export const stepsWith = async (transport: CardTransport, reader: string): Outcome<Steps> => {
  if (transport.work === undefined) {
    const connected = await transport.connect(reader)();
    if (E.isLeft(connected)) return E.left(faultOfTransport(connected.left));
    return E.right(stepsHere(connected.right));
  }
  const work = await transport.work(reader)();
  if (E.isLeft(work)) return E.left(faultOfTransport(work.left));
  return E.right({
    ask: async (step, isFollowed) => {
      const told = await work.right.ask(step, isFollowed)();
      return E.isLeft(told) ? E.left(faultOfTransport(told.left)) : outcomeTold(told.right);
    },
    end: work.right.end,
  });
};

const read = async <A>(
  answer: Outcome<unknown>,
  told: (value: unknown) => E.Either<CardFault, A>,
): Outcome<A> => {
  const answered = await answer;
  return E.isLeft(answered) ? answered : told(answered.right);
};

/** Only what is octets goes to another process. */
const sendable = ({ pinTransportKey }: CardKeys): CardKeys =>
  pinTransportKey instanceof Uint8Array ? { pinTransportKey: new Uint8Array(pinTransportKey) } : {};

export interface Wanted {
  /** Milliseconds after which a card that is still being asked is given up, between two commands. */
  readonly patience: number;
  /** Nothing but what the card shows: it is let go while that is on its way. */
  readonly isAll?: true;
  /** The key that signed the last time is probably the one to sign now: it is found while the rest is on its way. */
  readonly guess?: { readonly key: SigningKey; readonly keys: CardKeys };
  /** Called when the card has been asked, for what can be done while it answers. Must not throw. */
  readonly meanwhile?: () => void;
}

/** Opens the card. */
export const cardInHand = async (
  { ask, end }: Steps,
  { patience, isAll, guess, meanwhile }: Wanted,
): Outcome<CardInHand> => {
  const prepare: CardInHand['prepare'] = (key, keys) =>
    read(ask({ op: 'prepare', key, keys: sendable(keys) }), preparedTold);
  // Whoever waits for the end is told what came of it.
  const letGo = (): void => void end().catch(() => undefined);
  const isFollowed = isAll || guess !== undefined ? true : undefined;
  const opening = read(ask({ op: 'open', patience }, isFollowed), openedTold);
  if (isAll) letGo();
  const guessed = guess === undefined ? undefined : prepare(guess.key, guess.keys);
  guessed?.catch(() => undefined);
  // Once that has gone over.
  if (meanwhile !== undefined) setImmediate(meanwhile);
  const opened = await opening;
  if (E.isLeft(opened)) return opened;
  const { shown, pin } = opened.right;
  return E.right({
    shown,
    pin,
    prepare: (key, keys) =>
      guess !== undefined && guessed !== undefined && equalOctets(guess.key.der, key.der)
        ? guessed
        : prepare(key, keys),
    prove: (octets, block) => {
      // All at once: what a process is asked costs more than an exchange.
      const verified = read(ask({ op: 'verify', pin: octets }), verifiedTold);
      const signature = read(ask({ op: 'power', block }), poweredTold);
      signature.catch(() => undefined);
      letGo();
      return { verified, signature };
    },
  });
};
