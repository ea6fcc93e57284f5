/** A PIN that a module leaves verified on the card: neither C_Logout nor C_Finalize ends that everywhere. */
import { setTimeout as pause } from 'node:timers/promises';
import * as E from 'fp-ts/lib/Either.js';

import type { CardTransport } from '../transport/transport.js';
import { slotIsReader } from './slot-reader.js';

/** Another program that holds the card for a moment must not keep it from being reset. */
const attempts = 10;
const between = 100;

const resetIn = async (transport: CardTransport, reader: string): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const session = await transport.connect(reader)();
    if (E.isRight(session)) return session.right.end();
    if (session.left.code !== 'CARD_BUSY') return;
    await pause(between);
  }
};

/** The readers that a module may mean; where the service lists none, the one that has this very name. */
const readersOf = async (
  transport: CardTransport,
  slotDescription: string,
): Promise<ReadonlyArray<string>> => {
  const listed = await transport.list()();
  return E.isLeft(listed)
    ? [slotDescription]
    : listed.right.map(({ reader }) => reader).filter((reader) => slotIsReader(slotDescription, reader));
};

/**
 * Takes the card and lets it go, which resets it. Whatever keeps that from happening does not undo a signature; a card
 * that is gone has forgotten its PIN. Where several readers begin with the name that the module tells, each is reset.
 */
export const resetCard = async (
  transport: CardTransport | undefined,
  slotDescription: string,
): Promise<void> => {
  if (transport === undefined) return;
  const readers = await readersOf(transport, slotDescription);
  await Promise.all(readers.map((reader) => resetIn(transport, reader)));
};
