/**
 * The work with one card as steps, data in and data out, so that it can be done in whichever process holds the card.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import { equalOctets } from '../apdu/octets.js';
import { type CardSession, transportFault } from '../transport/transport.js';
import { openCard } from './choose.js';
import type { CardStep, Opened } from './data.js';
import type { CardSigner, CardWriter, OpenCard, Outcome } from './driver.js';
import { shownDigest } from './shown-digest.js';

type Step<Op extends CardStep['op']> = Extract<CardStep, { readonly op: Op }>;

const outOfTurn = E.left(cardFault('CARD_FAULT', { detail: 'a step out of turn' }));

const tooLate = E.left(transportFault('TIMEOUT', 'the card took too long for all of it'));

/** Does one step after the other. */
export const cardSteps = (held: CardSession): ((step: CardStep) => Outcome<unknown>) => {
  let before: Promise<unknown> = Promise.resolve();
  let until = Number.POSITIVE_INFINITY;
  let card: OpenCard | undefined;
  let signer: CardSigner | undefined;
  let writer: CardWriter | undefined;
  let isVerified = false;

  const session: CardSession = {
    ...held,
    transmit: (command, ahead) =>
      performance.now() > until ? async () => tooLate : held.transmit(command, ahead),
  };

  const open = async (patience: number): Outcome<Opened> => {
    until = performance.now() + patience;
    const opened = await openCard(session);
    if (E.isLeft(opened)) return opened;
    card = opened.right;
    const { shown, pin } = card;
    return E.right({ shown, ...(pin === undefined ? {} : { pin }) });
  };

  const prepare = async ({ key, keys, ifShown }: Step<'prepare'>): Outcome<boolean> => {
    if (card === undefined) return outOfTurn;
    const { shown } = card;
    // A guess may be about another card.
    if (!shown.certificates.some((der) => equalOctets(der, key.der))) return E.right(false);
    if (ifShown !== undefined && !equalOctets(ifShown, shownDigest(shown))) return E.right(false);
    const made = await card.signer(key, keys);
    if (E.isLeft(made)) return made;
    signer = made.right;
    return E.right(signer !== undefined);
  };

  let isTried = false;
  const verify = async (pin: Uint8Array): Outcome<void> => {
    try {
      const asks = signer ?? writer;
      if (asks === undefined || isTried) return outOfTurn;
      isTried = true;
      const answered = await asks.verify(pin);
      isVerified = E.isRight(answered);
      return answered;
    } finally {
      pin.fill(0);
    }
  };

  const power = async (block: Uint8Array): Outcome<Uint8Array> =>
    signer === undefined || !isVerified ? outOfTurn : signer.power(block);

  const prepareWrite = async ({ replaces, keys }: Step<'prepare-write'>): Outcome<boolean> => {
    if (card === undefined) return outOfTurn;
    const made = await card.writer?.(replaces, keys);
    if (made !== undefined && E.isLeft(made)) return made;
    writer = made?.right;
    return E.right(writer !== undefined);
  };

  const write = async (certificate: Uint8Array): Outcome<Uint8Array> =>
    writer === undefined || !isVerified ? outOfTurn : writer.write(certificate);

  const perform = (step: CardStep): Outcome<unknown> => {
    switch (step.op) {
      case 'open':
        return open(step.patience);
      case 'prepare':
        return prepare(step);
      case 'verify':
        return verify(step.pin);
      case 'power':
        return power(step.block);
      case 'prepare-write':
        return prepareWrite(step);
      case 'write':
        return write(step.certificate);
    }
  };

  return (step) => {
    const answer = before.then(() => perform(step));
    before = answer.catch(() => undefined);
    return answer;
  };
};
