/** A PIN that a module leaves verified on the card: neither C_Logout nor C_Finalize ends that everywhere. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { cardFault } from '../apdu/card-fault.js';
import { faultOfTransport } from '../apdu/exchange.js';
import type { CardTransport } from '../transport/transport.js';
import { slotIsReader } from './slot-reader.js';

/** A card that was shown a PIN and could not be reset: the next program may find the PIN verified, until it is taken out. */
export interface NotReset {
  /** As PC/SC names it; where the service lists none, as the module does. */
  readonly reader: string;
  /** `CARD_BUSY` where another program kept the card all the while. */
  readonly fault: CardFault;
}

/** Another program that holds the card for a moment must not keep it from being reset. */
const attempts = 10;
const between = 100;

/** A card that is not there has forgotten its PIN. */
const isGone = ({ code }: CardFault): boolean =>
  code === 'NO_CARD' || code === 'CARD_REMOVED' || code === 'NO_READER';

const takenAndLetGo = async (
  transport: CardTransport,
  reader: string,
): Promise<E.Either<CardFault, void>> => {
  try {
    const session = await transport.connect(reader)();
    if (E.isLeft(session)) return E.left(faultOfTransport(session.left));
    return E.right(await session.right.end());
  } catch {
    return E.left(cardFault('CARD_FAULT', { detail: 'the transport threw' }));
  }
};

const resetIn = async (transport: CardTransport, reader: string): Promise<ReadonlyArray<NotReset>> => {
  for (let left = attempts; ; left -= 1) {
    const done = await takenAndLetGo(transport, reader);
    if (E.isRight(done) || isGone(done.left)) return [];
    if (done.left.code !== 'CARD_BUSY' || left === 1) return [{ reader, fault: done.left }];
    await pause(between);
  }
};

/** The readers that a module may mean; where the service lists none, the one that has this very name. */
const readersOf = async (
  transport: CardTransport,
  slotDescription: string,
): Promise<ReadonlyArray<string>> => {
  const listed = await transport
    .list()()
    .catch(() => E.left(undefined));
  return E.isLeft(listed)
    ? [slotDescription]
    : listed.right.map(({ reader }) => reader).filter((reader) => slotIsReader(slotDescription, reader));
};

/**
 * Takes the card and lets it go, which resets it. Whatever keeps that from happening does not undo a signature, and is
 * answered; a card that is gone has forgotten its PIN. Where several readers begin with the name that the module tells, each
 * is reset.
 */
export const resetCard = async (
  transport: CardTransport | undefined,
  slotDescription: string,
): Promise<ReadonlyArray<NotReset>> => {
  if (transport === undefined) return [];
  const readers = await readersOf(transport, slotDescription);
  return (await Promise.all(readers.map((reader) => resetIn(transport, reader)))).flat();
};

/** Where nobody listens it is a warning of the process: it is never passed over in silence. */
const warn = ({ reader, fault }: NotReset): void =>
  process.emitWarning(`the card in ${reader} was not reset (${fault.code}); its PIN may still be verified`, {
    code: 'MANDATE_CARD_NOT_RESET',
  });

export const tellNotReset = (
  notReset: ReadonlyArray<NotReset>,
  listener: (notReset: NotReset) => void = warn,
): void => {
  for (const one of notReset) {
    try {
      listener(one);
    } catch {
      warn(one);
    }
  }
};
