/**
 * Signing with the card in hand: certificate by key usage, one VERIFY, one private operation.
 *
 * @packageDocumentation
 */
import {
  type Certificate,
  type CertificateError,
  cardCertificates,
  certificateCache,
} from '@mandate/certificates';
import { type CardFault, cardFault, type Pin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { equalOctets } from '../apdu/octets.js';
import type { CardKeys, PinForm, SigningKey } from '../drivers/data.js';
import type { Outcome } from '../drivers/driver.js';
import { modulusOf } from '../drivers/rsa.js';
import type { CardInHand, Proof } from './card-in-hand.js';
import type { TriesHere } from './known-tries.js';
import { pinOctets } from './pin-octets.js';

/** A card signs more than once: what its certificates say, by their very octets. */
export const knownCertificates = certificateCache({ maxEntries: 100 });

const moduli = new WeakMap<Certificate, Uint8Array>();

/** Of no length for another key than RSA. */
const modulusOfKnown = (certificate: Certificate): Uint8Array => {
  const known = moduli.get(certificate) ?? modulusOf(certificate) ?? new Uint8Array(0);
  moduli.set(certificate, known);
  return known;
};

/** A card that lacks nothing but the PIN. */
export interface ReadyCard {
  readonly certificate: Certificate;
  readonly cardNumber: string | undefined;
  readonly form: PinForm;
  readonly key: SigningKey;
  /** Whether the key is there: asked for, and waited for before anybody is asked for a PIN. */
  readonly prepared: Outcome<void>;
  readonly prove: CardInHand['prove'];
  readonly proof: CardInHand['proof'];
}

const unsupported = (detail: string): E.Either<CardFault, never> =>
  E.left(cardFault('SIGNING_UNSUPPORTED', { detail }));

const notSetUp = (kind: string): E.Either<CardFault, never> =>
  unsupported(`${kind}: no key for it, or not set up here`);

/** What an answer says of a card, and the key for it. */
export type Signer = Pick<ReadyCard, 'certificate' | 'cardNumber' | 'key'>;

/** The signer of the card that signed the last time. */
export interface LastCard extends Signer {
  readonly form: PinForm;
  /** `shownDigest` of what it showed. */
  readonly digest: Uint8Array;
}

/** Of the same certificates the same one signs. */
const signingCertificate = async (
  { shown, digest }: CardInHand,
  last: LastCard | undefined,
): Promise<Certificate | undefined> => {
  if (last !== undefined && equalOctets(last.digest, digest)) return last.certificate;
  const { signing } = await cardCertificates(shown.certificates, knownCertificates)();
  return signing;
};

/** The signing certificate, its key on the card, and what the card needs to be told a PIN. */
export const readyCard = async (
  card: CardInHand,
  keys: CardKeys,
  last: LastCard | undefined,
): Outcome<ReadyCard> => {
  const { shown, pin, prepare, prove, proof } = card;
  const signing = await signingCertificate(card, last);
  if (signing === undefined) return unsupported(`${shown.kind}: no certificate for signing`);
  const modulus = modulusOfKnown(signing);
  if (pin === undefined) return notSetUp(shown.kind);
  const key = { der: signing.der, modulus };
  const prepared = prepare(key, keys).then(
    E.chain((isThere) => (isThere ? E.right(undefined) : notSetUp(shown.kind))),
  );
  prepared.catch(() => undefined);
  return E.right({
    certificate: signing,
    cardNumber: shown.cardNumber,
    form: pin,
    key,
    prepared,
    prove,
    proof,
  });
};

const proven = async (
  { certificate: { fingerprint } }: ReadyCard,
  { verified, signature }: Proof,
  tries: TriesHere,
): Outcome<Uint8Array> => {
  const answered = await verified;
  tries.told(fingerprint, E.isLeft(answered) ? answered.left : undefined);
  return E.isLeft(answered) ? answered : signature;
};

/** The private operation over a padded digest (RFC 8017 8.2.1), made by the card. Whether it holds is the caller's to check. */
export const signedByCard = async (
  card: ReadyCard,
  block: Uint8Array,
  pin: Pin,
  tries: TriesHere,
  allowLastTry: boolean,
): Outcome<Uint8Array> => {
  const isThere = await card.prepared;
  if (E.isLeft(isThere)) return isThere;
  if (card.proof !== undefined) return proven(card, card.proof, tries);
  // Why nobody is asked: the card is known to have one try left, or none.
  const refusal = tries.refusal(card.certificate.fingerprint, allowLastTry);
  if (refusal !== undefined) return E.left(refusal);
  const octets = pinOctets(pin, card.form);
  if (E.isLeft(octets)) return octets;
  try {
    return await proven(card, card.prove(octets.right, block), tries);
  } finally {
    octets.right.fill(0);
  }
};

/** A refusal to build an answer as the card's: a signature that does not hold is its fault, the rest cannot be signed here. */
export const faultOfBuilding = ({ code, detail }: CertificateError): CardFault =>
  cardFault(code === 'SIGNATURE_INVALID' ? 'CARD_FAULT' : 'SIGNING_UNSUPPORTED', {
    detail: `${code}: ${detail}`,
  });
