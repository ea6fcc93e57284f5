import type { CardKeys } from '../drivers/data.js';
import { transportKeyLength } from '../drivers/t7s-pin.js';
import type { CardInHand } from './card-in-hand.js';

/**
 * Whether a card of this kind can sign with these keys, told without another exchange. Which certificates lie on it, and whether
 * their keys do, is not asked.
 */
export const maySign = ({ shown, pin }: Pick<CardInHand, 'shown' | 'pin'>, keys: CardKeys): boolean => {
  // A card that asks for none has no way to sign that is public.
  if (pin === undefined) return false;
  return shown.kind !== 'T7S' || keys.pinTransportKey?.length === transportKeyLength;
};
