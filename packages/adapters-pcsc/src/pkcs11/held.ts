/** A card that another program holds: modules call that an error of the device, or see no card at all. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { CardTransport, ReaderState } from '../transport/transport.js';
import { cardFault, returnValueName } from './return-values.js';

/** What a module may answer for a card that is held. */
const suspicious: ReadonlyArray<CardFault['code']> = ['CARD_FAULT', 'NO_CARD', 'CARD_REMOVED'];

/** A card that nobody holds any more is asked again, and not for ever. */
const attempts = 3;

/** What a module says where it cannot get at a card, among other things. */
const deviceError = returnValueName(0x30);

type Found = 'no card' | 'held' | 'free' | 'out of order';

/** A card that another program keeps to itself has an answer to reset of no length, as long as it does. */
const isKept = ({ atr }: ReaderState): boolean => atr !== undefined && atr.length === 0;

/** What there is in the readers, where a module could not use it. */
const lookAround = async (transport: CardTransport): Promise<Found> => {
  const listed = await transport.list()();
  const filled = E.isLeft(listed) ? [] : listed.right.filter(({ atr }) => atr !== undefined);
  if (filled.length === 0) return 'no card';
  if (filled.some(isKept)) return 'held';
  let found: Found = 'free';
  for (const { reader } of filled) {
    const session = await transport.connect(reader)();
    if (E.isRight(session)) await session.right.end();
    else if (session.left.code === 'CARD_BUSY') return 'held';
    else found = 'out of order';
  }
  return found;
};

export interface Attempt<A> {
  readonly result: E.Either<CardFault, A>;
  /** A PIN was shown to the card: nothing is done a second time then. */
  readonly shown: boolean;
}

/**
 * Tells a card that another program holds (`CARD_BUSY`) from one that is at fault, where a transport can be asked for it; one
 * that was let go meanwhile is asked again. Where the module calls it an error of the device each time, and each time it is
 * there and in order, somebody was in the way each time.
 */
export const unlessHeld = async <A>(
  transport: CardTransport | undefined,
  attempt: () => Promise<Attempt<A>>,
): Promise<E.Either<CardFault, A>> => {
  for (let left = attempts; ; left -= 1) {
    const { result, shown } = await attempt();
    if (E.isRight(result) || shown || transport === undefined) return result;
    const { code, detail = '' } = result.left;
    if (!suspicious.includes(code)) return result;
    const found = await lookAround(transport);
    if (found === 'held' || (left === 1 && found === 'free' && detail.includes(deviceError))) {
      return E.left(cardFault('CARD_BUSY', `another program holds the card; ${detail}`));
    }
    if (found !== 'free' || left === 1) return result;
  }
};
