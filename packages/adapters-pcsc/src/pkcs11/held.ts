/** A card that another program holds: modules call that an error of the device, or see no card at all. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { CardTransport } from '../transport/transport.js';
import { cardFault } from './return-values.js';

/** What a module may answer for a card that is held. */
const suspicious: ReadonlyArray<CardFault['code']> = ['CARD_FAULT', 'NO_CARD', 'CARD_REMOVED'];

/** One that nobody holds any more is asked once more, and not for ever. */
const attempts = 3;

/** Whether a card is in a reader and cannot be had; `undefined` where there is no card. */
const isHeld = async (transport: CardTransport): Promise<boolean | undefined> => {
  const listed = await transport.list()();
  if (E.isLeft(listed)) return undefined;
  const filled = listed.right.filter(({ atr }) => atr !== undefined);
  for (const { reader } of filled) {
    const session = await transport.connect(reader)();
    if (E.isRight(session)) await session.right.end();
    else if (session.left.code === 'CARD_BUSY') return true;
  }
  return filled.length === 0 ? undefined : false;
};

export interface Attempt<A> {
  readonly result: E.Either<CardFault, A>;
  /** A PIN was shown to the card: nothing is done a second time then. */
  readonly shown: boolean;
}

/**
 * Tells a card that another program holds (`CARD_BUSY`) from one that is at fault, where a transport can be asked for it; one
 * that was let go meanwhile is asked again.
 */
export const unlessHeld = async <A>(
  transport: CardTransport | undefined,
  attempt: () => Promise<Attempt<A>>,
): Promise<E.Either<CardFault, A>> => {
  for (let left = attempts; ; left -= 1) {
    const { result, shown } = await attempt();
    if (E.isRight(result) || shown || transport === undefined || left === 1) return result;
    if (!suspicious.includes(result.left.code)) return result;
    const held = await isHeld(transport);
    if (held === undefined) return result;
    if (held) {
      return E.left(cardFault('CARD_BUSY', `another program holds the card; ${result.left.detail ?? ''}`));
    }
  }
};
