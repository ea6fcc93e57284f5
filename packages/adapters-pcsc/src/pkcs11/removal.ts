/** Modules that call it a general error when a card is pulled out in mid-command. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { OpenModule } from './host.js';
import { cardFault } from './return-values.js';
import type { Pkcs11Token, TokenList } from './token.js';

/** Card services notice a card that is gone some hundred milliseconds late. */
const looks = 3;
const between = 500;

/** A fresh start, since OpenSC may hang when it is asked again in the one that lost its card. */
const lookAnew = async ({ ask }: OpenModule): Promise<E.Either<CardFault, TokenList>> => {
  await ask('close', undefined);
  const opened = await ask('open', undefined);
  return E.isLeft(opened) ? opened : ask('tokens', undefined);
};

/** The fault, or `CARD_REMOVED` where it says nothing of its own and the card turns out to be gone. */
export const removedMeanwhile = async (
  module: OpenModule,
  { slot, serial }: Pkcs11Token,
  fault: CardFault,
): Promise<CardFault> => {
  if (fault.code !== 'CARD_FAULT') return fault;
  for (let look = 0; look < looks; look += 1) {
    await module.pause(between);
    const list = await lookAnew(module);
    if (E.isLeft(list)) return fault;
    if (!list.right.tokens.some((one) => one.slot === slot && one.serial === serial))
      return cardFault('CARD_REMOVED', fault.detail ?? '');
  }
  return fault;
};
