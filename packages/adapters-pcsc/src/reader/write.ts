/**
 * Writing a certificate to the card in hand: its place found, one VERIFY, one write, and what is read back.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { type CardFault, type CertificateToWrite, cardFault, type Pin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { CardKeys } from '../drivers/data.js';
import type { Outcome } from '../drivers/driver.js';
import type { CardInHand } from './card-in-hand.js';
import type { TriesHere } from './known-tries.js';
import { pinOctets } from './pin-octets.js';

const unsupported = (detail: string): E.Either<CardFault, never> =>
  E.left(cardFault('WRITE_UNSUPPORTED', { detail }));

/** PIV is an open standard; the others are written by their issuers' programmes alone. */
const isPublic = ({ shown }: CardInHand): boolean => shown.kind === 'PIV';

/** Whether a card of this kind can be written with these keys. Which certificate lies on it is not asked. */
export const mayBeWritten = (card: CardInHand, { management }: CardKeys): E.Either<CardFault, void> => {
  if (!isPublic(card)) return unsupported(`${card.shown.kind}: its commands for writing are not public`);
  return management === undefined || card.pin === undefined
    ? unsupported(`${card.shown.kind}: not set up here`)
    : E.right(undefined);
};

/** As tries are remembered: by the fingerprint of the certificate. */
const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');

/** What a step that was under way came to where nobody told: the process died, or the line to it broke. */
const asUnconfirmed = (fault: CardFault): CardFault =>
  fault.code === 'WRITE_UNSUPPORTED' || fault.code === 'WRITE_UNCONFIRMED'
    ? fault
    : cardFault('WRITE_UNCONFIRMED', { detail: `${fault.code}: ${fault.detail ?? ''}` });

export interface Writing {
  readonly what: CertificateToWrite;
  readonly pin: Pin;
  readonly keys: CardKeys;
  readonly tries: TriesHere;
  readonly allowLastTry: boolean;
}

/** Errors: as `CardReader.write` has them. */
export const writtenByCard = async (
  card: CardInHand,
  { what, pin, keys, tries, allowLastTry }: Writing,
): Outcome<Uint8Array> => {
  const may = mayBeWritten(card, keys);
  if (E.isLeft(may)) return may;
  const form = card.pin;
  if (form === undefined) return unsupported('no PIN');
  const place = await card.prepareWrite(what.replaces, keys);
  if (E.isLeft(place)) return place;
  if (!place.right)
    return E.left(cardFault('CARD_REMOVED', { detail: 'another card than the one that is meant' }));
  const fingerprint = fingerprintOf(what.replaces);
  const refusal = tries.refusal(fingerprint, allowLastTry);
  if (refusal !== undefined) return E.left(refusal);
  const octets = pinOctets(pin, form);
  if (E.isLeft(octets)) return octets;
  try {
    const { verified, written } = card.write(octets.right, new Uint8Array(what.certificate));
    const answered = await verified;
    tries.told(fingerprint, E.isLeft(answered) ? answered.left : undefined);
    if (E.isLeft(answered)) return answered;
    const told = await written;
    return E.isLeft(told) ? E.left(asUnconfirmed(told.left)) : told;
  } finally {
    octets.right.fill(0);
  }
};
