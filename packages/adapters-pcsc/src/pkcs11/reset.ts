/** A PIN that a module leaves verified on the card: neither C_Logout nor C_Finalize ends that everywhere. */
import { setTimeout as pause } from 'node:timers/promises';
import * as E from 'fp-ts/lib/Either.js';

import type { CardTransport } from '../transport/transport.js';

/** Another program that holds the card for a moment must not keep it from being reset. */
const attempts = 10;
const between = 100;

/**
 * Takes the card and lets it go, which resets it. Whatever keeps that from happening does not undo a signature; a card
 * that is gone has forgotten its PIN.
 */
export const resetCard = async (transport: CardTransport | undefined, reader: string): Promise<void> => {
  if (transport === undefined) return;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const session = await transport.connect(reader)();
    if (E.isRight(session)) return session.right.end();
    if (session.left.code !== 'CARD_BUSY') return;
    await pause(between);
  }
};
