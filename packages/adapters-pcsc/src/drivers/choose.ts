/**
 * Which driver a card takes: the one that its answer to reset suggests is asked first, then the others. An ATR decides
 * nothing alone: one card of several is listed under each (docs/cards.md), and a new batch may have a new one.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import { hexOf } from '../apdu/octets.js';
import type { CardSession } from '../transport/transport.js';
import type { CardDriver, OpenCard, Outcome } from './driver.js';
import { gppki } from './gppki.js';
import { nhi } from './nhi.js';
import { piv } from './piv.js';
import { t7s } from './t7s.js';

/** Answers to reset that were seen, in hexadecimal. */
const knownAtrs: ReadonlyMap<string, CardDriver> = new Map([
  ['3bb813008131fa524348544d4f494341a5', t7s],
  ['3bd8960081b1fe451f0743485447504b494add', gppki],
]);

/**
 * In this order a question to one kind harms no other: the applets by their own names first, the files of the first
 * generation, whose MF many cards have, at the end.
 */
const drivers: ReadonlyArray<CardDriver> = [gppki, nhi, piv, t7s];

/**
 * The driver of the card in a session.
 *
 * Errors: `CARD_UNKNOWN` with the ATR in hexadecimal; those of the transport.
 */
export const chooseDriver = async (session: CardSession): Outcome<CardDriver> => {
  const atr = hexOf(session.atr.subarray(0, 33));
  const suggested = knownAtrs.get(atr);
  const order =
    suggested === undefined ? drivers : [suggested, ...drivers.filter((one) => one !== suggested)];
  for (const driver of order) {
    const is = await driver.probe(session);
    if (E.isLeft(is)) return is;
    if (is.right) return E.right(driver);
  }
  return E.left(
    cardFault('CARD_UNKNOWN', { detail: `ATR ${atr || 'empty'}; docs/cards.md says how to report a card` }),
  );
};

/** A card whose driver was chosen, with what it shows. */
export const openCard = async (session: CardSession): Outcome<OpenCard> => {
  const driver = await chooseDriver(session);
  return E.isLeft(driver) ? driver : driver.right.open(session);
};
