/**
 * The card whose certificate is to be extended, as it was read without a PIN (MOICA-3).
 *
 * @packageDocumentation
 */
import {
  type Certificate,
  cardCertificates,
  checkRevocation,
  decodeCertificate,
  type GpkiFacts,
  gpkiFacts,
  type RevocationSource,
  type TrustStore,
  verifyPath,
} from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { SeenCredential } from '../../credential/credential.js';
import { type RegisterError, registerError } from '../../errors.js';
import { fromBase64, toBase64 } from '../../register/bytes.js';
import { fromCertificateError } from '../../register/identify.js';
import { textValue } from '../../values/codec.js';
import type { RenewalPack } from './pack.js';

const shape = /^[0-9A-Z]{8,40}$/;

/** What a card calls itself: 16 characters on a card of the GPKI (`CardNumber`), a GUID on one of PIV. */
export const ShownCardNumber = textValue<string>({
  name: 'ShownCardNumber',
  isNormal: (text) => shape.test(text),
  longest: 64,
  normalise: (text) => text.trim(),
  malformed: 'CARD_NUMBER_FORMAT',
  pattern: shape,
});

export interface ReadCard {
  readonly certificate: Certificate;
  readonly facts: GpkiFacts;
}

/** What it takes to judge a card. */
export interface CardTerms {
  readonly pack: RenewalPack;
  readonly trust: TrustStore;
  readonly revocation: RevocationSource;
}

/**
 * Names a card for its stream: number and key. The number alone is what anybody can say of a card; the key is what it signs
 * with, and stays through 展期.
 */
export const cardName = (cardNumber: string, { publicKeyInfo }: Certificate): string =>
  `${cardNumber}/${toBase64(publicKeyInfo.der)}`;

/** Whether two texts of octets are one. */
export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, at) => octet === b[at]);

const wrongKind = ({ subjectType, ca, use }: GpkiFacts, pack: RenewalPack): RegisterError | undefined => {
  if (ca !== pack.ca) return registerError('ISSUER_NOT_ACCEPTED', { ca });
  if (!pack.subjectTypes.includes(subjectType)) return registerError('SUBJECT_TYPE_NOT_ACCEPTED', { ca });
  return use === 'encrypt' || use === 'other' ? registerError('KEY_USAGE_NOT_ACCEPTED', { ca }) : undefined;
};

/**
 * Reads the certificate that is to be followed. One that has expired can be (MOICA-8): its path is judged at its last moment
 * then. Whether it was revoked is asked of today.
 *
 * Errors: those of reading, path, kind and revocation.
 */
export const readCard = async (
  base64: string,
  now: Date,
  { pack, trust, revocation }: CardTerms,
): Promise<E.Either<RegisterError, ReadCard>> => {
  const decoded = await decodeCertificate(fromBase64(base64), trust.cache)();
  if (E.isLeft(decoded)) return E.left(fromCertificateError(decoded.left));
  const certificate = decoded.right;
  const at = new Date(Math.min(now.getTime(), certificate.notAfter));
  const path = await verifyPath({ certificate, trust, at })();
  if (E.isLeft(path)) return E.left(fromCertificateError(path.left));
  const facts = gpkiFacts(certificate, trust);
  if (E.isLeft(facts)) return E.left(fromCertificateError(facts.left));
  const kind = wrongKind(facts.right, pack);
  if (kind !== undefined) return E.left(kind);
  const good = await checkRevocation(path.right, revocation, now)();
  if (E.isLeft(good)) return E.left(fromCertificateError(good.left));
  return E.right({ certificate, facts: facts.right });
};

/**
 * Which certificate a card holds now, as far as a write is concerned: the one before it as long as any place has it, else the first
 * one for signing; DER, `null` where there is none.
 */
export const certificateNow = async (
  certificates: ReadonlyArray<Uint8Array>,
  previous: Pick<SeenCredential, 'fingerprint'>,
): Promise<Uint8Array | null> => {
  for (const der of certificates) {
    const read = await decodeCertificate(der)();
    if (E.isRight(read) && read.right.fingerprint === previous.fingerprint) return read.right.der;
  }
  const { signing } = await cardCertificates(certificates)();
  return signing?.der ?? null;
};
