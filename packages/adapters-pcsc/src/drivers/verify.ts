/**
 * The answer to a VERIFY.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import type { Command } from '../apdu/command.js';
import { type Answered, exchange } from '../apdu/exchange.js';
import { swText } from '../apdu/status.js';
import type { CardSession } from '../transport/transport.js';
import type { Outcome } from './driver.js';

const verdict = (answered: Answered): E.Either<ReturnType<typeof cardFault>, void> => {
  if (E.isLeft(answered)) return answered;
  const { status, sw } = answered.right;
  const detail = swText(sw);
  switch (status.kind) {
    case 'ok':
      return E.right(undefined);
    case 'wrong':
      return status.triesLeft === 0
        ? E.left(cardFault('PIN_LOCKED', { triesLeft: 0, detail }))
        : E.left(cardFault('PIN_WRONG', { triesLeft: status.triesLeft, detail }));
    case 'locked':
      return E.left(cardFault('PIN_LOCKED', { triesLeft: 0, detail }));
    default:
      // ISO/IEC 7816-4 5.1.3, 6300: wrong, and the card does not say how many tries are left.
      if (sw === 0x6300) return E.left(cardFault('PIN_WRONG', { detail }));
      return E.left(cardFault('CARD_FAULT', { detail: `VERIFY: ${detail}` }));
  }
};

/** Sends a VERIFY, once; its data are overwritten whatever comes. */
export const verifyOnce = async (session: CardSession, command: Omit<Command, 'once'>): Outcome<void> => {
  try {
    return verdict(await exchange(session, { ...command, once: true }));
  } finally {
    command.data?.fill(0);
  }
};
