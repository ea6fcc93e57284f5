/** Which of the certificates on a card is for what: told by key usage, never by order or label. */
import * as E from 'fp-ts/lib/Either.js';
import type { Task } from 'fp-ts/lib/Task.js';
import type { Certificate } from '../certificate.js';
import type { CertificateCache } from '../certificate-cache.js';
import { decodeCertificate } from '../decode.js';

/** A certificate that issues others, of whatever else it is capable: cards carry their CA's and the root's along. */
const isIssuer = ({ basicConstraints, keyUsage }: Certificate): boolean =>
  basicConstraints?.ca === true || keyUsage?.has('keyCertSign') === true;

/** digitalSignature, and of no CA (docs/gpki.md 4). */
export const signsForItsHolder = (certificate: Certificate): boolean =>
  certificate.keyUsage?.has('digitalSignature') === true && !isIssuer(certificate);

const encrypts = ({ keyUsage }: Certificate): boolean =>
  keyUsage?.has('keyEncipherment') === true || keyUsage?.has('dataEncipherment') === true;

/** The holder's two certificates among what lies on a card. */
export interface CardCertificates {
  readonly signing?: Certificate;
  readonly encryption?: Certificate;
}

/** No card holds more; what comes after is not read. */
const maxCertificates = 32;

/**
 * The signing and the encryption certificate among DER certificates in any order. Those that cannot be read, and those of
 * CAs, are passed over; one for signing alone comes before one for both. With a `cache` each is decoded once.
 */
export const cardCertificates =
  (ders: ReadonlyArray<Uint8Array>, cache?: CertificateCache): Task<CardCertificates> =>
  async () => {
    const read: Certificate[] = [];
    for (const der of ders.slice(0, maxCertificates)) {
      const certificate = await decodeCertificate(der, cache)();
      if (E.isRight(certificate) && !isIssuer(certificate.right)) read.push(certificate.right);
    }
    const signing =
      read.find((certificate) => signsForItsHolder(certificate) && !encrypts(certificate)) ??
      read.find(signsForItsHolder);
    const encryption = read.find((certificate) => encrypts(certificate) && certificate !== signing);
    return {
      ...(signing === undefined ? {} : { signing }),
      ...(encryption === undefined ? {} : { encryption }),
    };
  };
