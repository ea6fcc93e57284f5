/**
 * A PIN on its last way: from the holder's `Pin` into octets that are overwritten once the card has them.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault, type Pin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { PinForm } from '../drivers/data.js';

const isOfForm = (text: string, { min, max, digitsOnly }: PinForm): boolean =>
  text.length >= min && text.length <= max && (digitsOnly ? /^[0-9]+$/ : /^[\x21-\x7e]+$/).test(text);

/**
 * The octets of a PIN, which is consumed.
 *
 * Errors: `PIN_FORMAT` where the card cannot take it, or where it was consumed before: the card is not asked.
 */
export const pinOctets = (pin: Pin, form: PinForm): E.Either<CardFault, Uint8Array> => {
  const text = pin.consume();
  if (text === undefined) return E.left(cardFault('PIN_FORMAT', { detail: 'this PIN was used before' }));
  if (typeof text !== 'string' || !isOfForm(text, form)) {
    return E.left(cardFault('PIN_FORMAT', { detail: `a PIN has ${form.min} to ${form.max} characters` }));
  }
  return E.right(Uint8Array.from(text, (character) => character.charCodeAt(0)));
};
