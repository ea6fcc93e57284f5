import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { equalBytes, isOctets, ownBytes, toHex } from './bytes.js';
import type { Certificate } from './certificate.js';
import type { CertificateCache } from './certificate-cache.js';
import { sha256 } from './crypto/digest.js';
import { certificateLimits, certificateOf } from './der/certificate.js';
import { type CertificateError, certificateError } from './errors.js';
import { frozen } from './immutable.js';

/**
 * Reads one DER certificate into a record, or says why not. Never throws, whatever the octets are. The record is frozen
 * and stands on a copy of the octets.
 *
 * Gate (RFC 5280 4.1, X.690 10–11): definite-length DER only, nothing after the structure, at most 16 KiB, 16
 * levels and 2,000 elements, each extension once, a positive serial of at most 20 octets, the signature algorithm
 * inside equal to the one outside. Reading proves nothing about who issued it: see `verifyPath`.
 *
 * Errors: `CERTIFICATE_TOO_LARGE`, `CERTIFICATE_MALFORMED`.
 */
export const decodeCertificate =
  (der: Uint8Array, cache?: CertificateCache): TaskEither<CertificateError, Certificate> =>
  async () => {
    if (!isOctets(der)) return E.left(certificateError('CERTIFICATE_MALFORMED', 'not octets'));
    if (der.length > certificateLimits.maxBytes) {
      return E.left(certificateError('CERTIFICATE_TOO_LARGE', `${der.length} octets`));
    }
    const seen = cache?.certificateOf(der);
    if (seen !== undefined) return E.right(seen);
    const own = ownBytes(der);
    const fingerprint = toHex(await sha256(own));
    const kept = cache?.certificate(fingerprint);
    // Octets cannot be frozen: a record into which somebody wrote is not the record of this certificate any more.
    if (kept !== undefined && equalBytes(kept.der, own)) return E.right(kept);
    const decoded = certificateOf(own);
    if (E.isLeft(decoded)) return E.left(certificateError('CERTIFICATE_MALFORMED', decoded.left));
    const certificate: Certificate = frozen({ ...decoded.right, fingerprint });
    cache?.keepCertificate(certificate);
    return E.right(certificate);
  };

/**
 * Reads several, in their order; the first that cannot be read refuses them all.
 *
 * Errors: those of `decodeCertificate`.
 */
export const decodeCertificates =
  (
    ders: ReadonlyArray<Uint8Array>,
    cache?: CertificateCache,
  ): TaskEither<CertificateError, ReadonlyArray<Certificate>> =>
  async () => {
    const certificates: Certificate[] = [];
    for (const der of ders) {
      const certificate = await decodeCertificate(der, cache)();
      if (E.isLeft(certificate)) return certificate;
      certificates.push(certificate.right);
    }
    return E.right(certificates);
  };
