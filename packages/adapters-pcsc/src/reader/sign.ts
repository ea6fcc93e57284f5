/**
 * Signing with the card in hand: certificate by key usage, one VERIFY, one private operation.
 *
 * @packageDocumentation
 */
import { type Certificate, type CertificateError, cardCertificates } from '@mandate/certificates';
import { type CardFault, cardFault, type Pin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { CardKeys, CardSigner, OpenCard, Outcome, PinForm } from '../drivers/driver.js';
import { modulusOf, paddedDigest } from '../drivers/rsa.js';
import type { KnownTries } from './known-tries.js';
import { pinOctets } from './pin-octets.js';

/** A card that lacks nothing but the PIN. */
export interface ReadyCard {
  readonly certificate: Certificate;
  readonly cardNumber: string | undefined;
  readonly form: PinForm;
  readonly signer: CardSigner;
}

const unsupported = (detail: string): E.Either<CardFault, never> =>
  E.left(cardFault('SIGNING_UNSUPPORTED', { detail }));

/** The signing certificate, its key on the card, and what the card needs to be told a PIN. */
export const readyCard = async ({ contents, pin, signer }: OpenCard, keys: CardKeys): Outcome<ReadyCard> => {
  const { signing } = await cardCertificates(contents.certificates)();
  if (signing === undefined) return unsupported(`${contents.kind}: no certificate for signing`);
  const made = await signer(signing, keys);
  if (E.isLeft(made)) return made;
  return made.right === undefined || pin === undefined
    ? unsupported(`${contents.kind}: no key for it, or not set up here`)
    : E.right({ certificate: signing, cardNumber: contents.cardNumber, form: pin, signer: made.right });
};

/** Why nobody is asked: the card is known to have one try left, or none. */
const verified = async (
  { certificate: { fingerprint }, form, signer }: ReadyCard,
  pin: Pin,
  tries: KnownTries,
  allowLastTry: boolean,
): Outcome<void> => {
  const refusal = tries.refusal(fingerprint, allowLastTry);
  if (refusal !== undefined) return E.left(refusal);
  const octets = pinOctets(pin, form);
  if (E.isLeft(octets)) return octets;
  try {
    const answered = await signer.verify(octets.right);
    tries.told(fingerprint, E.isLeft(answered) ? answered.left : undefined);
    return answered;
  } finally {
    octets.right.fill(0);
  }
};

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2.1), made by the card. Whether it holds is the caller's to check. */
export const signedByCard = async (
  card: ReadyCard,
  signed: Uint8Array,
  pin: Pin,
  tries: KnownTries,
  allowLastTry: boolean,
): Outcome<Uint8Array> => {
  const modulus = modulusOf(card.certificate);
  if (modulus === undefined) return unsupported('not an RSA key');
  const answered = await verified(card, pin, tries, allowLastTry);
  return E.isLeft(answered) ? answered : card.signer.power(paddedDigest(signed, modulus.length));
};

/** A refusal to build an answer as the card's: a signature that does not hold is its fault, the rest cannot be signed here. */
export const faultOfBuilding = ({ code, detail }: CertificateError): CardFault =>
  cardFault(code === 'SIGNATURE_INVALID' ? 'CARD_FAULT' : 'SIGNING_UNSUPPORTED', {
    detail: `${code}: ${detail}`,
  });
