/** Certificates in a CMS that nobody signed: how enrolment protocols hand them out (RFC 5272 4.1, RFC 8951 3). */
import * as E from 'fp-ts/lib/Either.js';
import { isOctets, ownBytes } from '../bytes.js';
import { encodeCertificatesOnly } from '../der/encode-signed-data.js';
import { signedDataLimits, signedDataOf } from '../der/signed-data.js';
import { type CertificateError, certificateError } from '../errors.js';

const malformed = (detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError('SIGNED_DATA_MALFORMED', detail));

/**
 * DER of each certificate in a *certs-only* SignedData, as they stand: no signer, no content, at least one and at most ten
 * certificates, 64 KiB. Nothing of it is proved: who sent it says what it is worth.
 *
 * Errors: `SIGNED_DATA_TOO_LARGE`, `SIGNED_DATA_MALFORMED`, `SIGNER_COUNT`.
 */
export const certificatesIn = (cms: Uint8Array): E.Either<CertificateError, ReadonlyArray<Uint8Array>> => {
  if (!isOctets(cms)) return malformed('not octets');
  if (cms.length > signedDataLimits.maxBytes) {
    return E.left(certificateError('SIGNED_DATA_TOO_LARGE', `${cms.length} octets`));
  }
  const read = signedDataOf(ownBytes(cms));
  if (E.isLeft(read)) return malformed(read.left);
  const { certificates, content, signers } = read.right;
  if (signers.length > 0) return E.left(certificateError('SIGNER_COUNT', `${signers.length} signers`));
  if (content !== undefined) return malformed('there is content');
  return certificates.length === 0 ? malformed('no certificate') : E.right(certificates);
};

/** A *certs-only* SignedData in DER; the certificates as they are given. */
export const certificatesOnly = (certificates: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> =>
  encodeCertificatesOnly(certificates);
