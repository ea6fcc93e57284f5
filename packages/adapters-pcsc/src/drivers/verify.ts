/**
 * The answer to a VERIFY.
 *
 * @packageDocumentation
 */
import { cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
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
