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
import { shownDigest } from '../drivers/shown-digest.js';
import { cardSteps } from '../drivers/steps.js';
import type { CardSession, CardTransport } from '../transport/transport.js';
import { openedTold, outcomeTold, poweredTold, preparedTold, verifiedTold, writtenTold } from './told.js';

/** What a PIN came to. The second follows the first: without a right PIN it is a fault. */
export interface Proof {
  readonly verified: Outcome<void>;
  readonly signature: Outcome<Uint8Array>;
}

/** The same of a certificate that is written; the second is what was read back, of no length where that is nothing. */
export interface Writing {
  readonly verified: Outcome<void>;
  readonly written: Outcome<Uint8Array>;
}

export interface CardInHand {
  readonly shown: CardShown;
  /** `shownDigest` of it. */
  readonly digest: Uint8Array;
  readonly pin: PinForm | undefined;
  /** Finds the key; `false` where the card cannot sign with what is set up. */
  readonly prepare: (key: SigningKey, keys: CardKeys) => Outcome<boolean>;
  /** One VERIFY, and the private operation over a padded block. The card is let go behind them. */
  readonly prove: (pin: Uint8Array, block: Uint8Array) => Proof;
  /** Finds the place of a certificate; `false` where the card cannot be written with what is set up. */
  readonly prepareWrite: (replaces: Uint8Array, keys: CardKeys) => Outcome<boolean>;
  /** One VERIFY, and the certificate. The card is let go behind them. */
  readonly write: (pin: Uint8Array, certificate: Uint8Array) => Writing;
  /** What was asked of the card that was guessed, before it had answered, if this is that one. */
  readonly proof: Proof | undefined;
  /** Something was asked of the card that was guessed, and this is another: it did nothing of it, and is let go. */
  readonly isAnother: boolean;
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
const sendable = ({ pinTransportKey, management }: CardKeys): CardKeys => ({
  ...(pinTransportKey instanceof Uint8Array ? { pinTransportKey: new Uint8Array(pinTransportKey) } : {}),
  ...(management?.key instanceof Uint8Array
    ? { management: { algorithm: management.algorithm, key: new Uint8Array(management.key) } }
    : {}),
});

/** What a card is to prove. The octets of the PIN are overwritten when it has answered. */
export interface ToProve {
  readonly pin: Uint8Array;
  readonly block: Uint8Array;
}

/** The card that signed the last time is probably the one to sign now. */
export interface Guess {
  readonly key: SigningKey;
  readonly keys: CardKeys;
  /** `shownDigest` of what it showed. */
  readonly ifShown: Uint8Array;
  /**
   * Called when the card has been asked what it is: what it is to prove if it is that one, which goes over at once and is
   * done by no other. `undefined`: nothing before it has answered. Must not throw.
   */
  readonly toProve: () => Promise<ToProve | undefined>;
}

export interface Wanted {
  /** Milliseconds after which a card that is still being asked is given up, between two commands. */
  readonly patience: number;
  /** Nothing but what the card shows: it is let go while that is on its way. */
  readonly isAll?: true;
  readonly guess?: Guess;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Asks for a proof before it is known whether the card is the one that was guessed, unless that is called off. */
const askEarly = (
  { toProve }: Guess,
  prove: CardInHand['prove'],
): { readonly proof: Promise<Proof | undefined>; readonly callOff: () => boolean } => {
  let isCalledOff = false;
  let isAsked = false;
  const ask = async (): Promise<Proof | undefined> => {
    // Once what the card is has been asked for: what is worked out here is worked out while it answers.
    await nextTurn();
    const wanted = await toProve();
    if (wanted === undefined) return undefined;
    if (isCalledOff) {
      wanted.pin.fill(0);
      return undefined;
    }
    isAsked = true;
    const proof = prove(wanted.pin, wanted.block);
    void proof.verified.finally(() => wanted.pin.fill(0)).catch(() => undefined);
    return proof;
  };
  const proof = ask();
  proof.catch(() => undefined);
  return {
    proof,
    callOff: () => {
      isCalledOff = true;
      return isAsked;
    },
  };
};

/** Opens the card. */
export const cardInHand = async (
  { ask, end }: Steps,
  { patience, isAll, guess }: Wanted,
): Outcome<CardInHand> => {
  const prepare = (key: SigningKey, keys: CardKeys, ifShown?: Uint8Array) =>
    read(
      ask({ op: 'prepare', key, keys: sendable(keys), ...(ifShown === undefined ? {} : { ifShown }) }),
      preparedTold,
    );
  // Whoever waits for the end is told what came of it.
  const letGo = (): void => void end().catch(() => undefined);
  const prove: CardInHand['prove'] = (octets, block) => {
    // All at once: what a process is asked costs more than an exchange.
    const verified = read(ask({ op: 'verify', pin: octets }, true), verifiedTold);
    const signature = read(ask({ op: 'power', block }), poweredTold);
    signature.catch(() => undefined);
    letGo();
    return { verified, signature };
  };
  const write: CardInHand['write'] = (octets, certificate) => {
    const verified = read(ask({ op: 'verify', pin: octets }, true), verifiedTold);
    const written = read(ask({ op: 'write', certificate }), writtenTold);
    written.catch(() => undefined);
    letGo();
    return { verified, written };
  };
  const isFollowed = isAll || guess !== undefined ? true : undefined;
  const opening = read(ask({ op: 'open', patience }, isFollowed), openedTold);
  if (isAll) letGo();
  // Answered at once, so that it is known whether the PIN went to the card when the process dies of what follows.
  const guessed = guess === undefined ? undefined : prepare(guess.key, guess.keys, guess.ifShown);
  guessed?.catch(() => undefined);
  const early = guess === undefined ? undefined : askEarly(guess, prove);
  const opened = await opening;
  if (E.isLeft(opened)) {
    early?.callOff();
    return opened;
  }
  const { shown, pin } = opened.right;
  const digest = shownDigest(shown);
  const isGuessed = guess !== undefined && equalOctets(guess.ifShown, digest);
  const isAnother = !isGuessed && early?.callOff() === true;
  return E.right({
    shown,
    digest,
    pin,
    prepare: (key, keys) => (isGuessed && guessed !== undefined ? guessed : prepare(key, keys)),
    prove,
    prepareWrite: (replaces, wanted) =>
      read(ask({ op: 'prepare-write', replaces, keys: sendable(wanted) }), preparedTold),
    write,
    proof: isGuessed ? await early?.proof : undefined,
    isAnother,
  });
};
