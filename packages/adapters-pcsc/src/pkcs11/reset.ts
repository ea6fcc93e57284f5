/** A PIN that a module leaves verified on the card: neither C_Logout nor C_Finalize ends that everywhere. */
import * as E from 'fp-ts/lib/Either.js';

import type { CardTransport } from '../transport/transport.js';

/**
 * Takes the card and lets it go, which resets it. Whatever keeps that from happening does not undo a signature; a card
 * that is gone has forgotten its PIN.
 */
export const resetCard = async (transport: CardTransport | undefined, reader: string): Promise<void> => {
  if (transport === undefined) return;
  const session = await transport.connect(reader)();
  if (E.isRight(session)) await session.right.end();
};
