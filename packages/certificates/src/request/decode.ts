/** Reading a request as a CA does: what it asks for, and whether its key made it. */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { isOctets, ownBytes } from '../bytes.js';
import type { Extension, PublicKeyInfo } from '../certificate.js';
import { keyIsStrong, schemeOf, standardAlgorithms } from '../crypto/algorithms.js';
import { signatureHolds } from '../crypto/verify.js';
import { requestLimits, requestOf } from '../der/certification-request.js';
import { type CertificateError, certificateError } from '../errors.js';
import { frozen } from '../immutable.js';
import type { Name } from '../name.js';

/** A request whose key signed it: proof of possession (RFC 2986 3). */
export interface CertificationRequest {
  readonly der: Uint8Array;
  readonly subject: Name;
  readonly publicKeyInfo: PublicKeyInfo;
  /** Those that are asked for. */
  readonly extensions: ReadonlyArray<Extension>;
}

const malformed = (detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError('REQUEST_MALFORMED', detail));

/**
 * Reads a PKCS#10 request in DER and checks its signature. The record is frozen and stands on a copy of the octets. At most
 * 16 KiB, definite lengths, nothing after the structure.
 *
 * Errors: `REQUEST_MALFORMED`; `KEY_NOT_ACCEPTED` and `SIGNATURE_ALGORITHM_NOT_ACCEPTED` for what is too weak;
 * `SIGNATURE_INVALID`.
 */
export const decodeCertificationRequest =
  (der: Uint8Array): TaskEither<CertificateError, CertificationRequest> =>
  async () => {
    if (!isOctets(der)) return malformed('not octets');
    if (der.length > requestLimits.maxBytes) return malformed(`${der.length} octets`);
    const own = ownBytes(der);
    const read = requestOf(own);
    if (E.isLeft(read)) return malformed(read.left);
    const { subject, publicKeyInfo, extensions, info, signature, signatureAlgorithm } = read.right;
    if (!keyIsStrong(publicKeyInfo, standardAlgorithms)) {
      return E.left(certificateError('KEY_NOT_ACCEPTED', 'key of the request'));
    }
    const scheme = schemeOf(signatureAlgorithm);
    if (scheme === undefined || !standardAlgorithms.digests.includes(scheme.digest)) {
      return E.left(certificateError('SIGNATURE_ALGORITHM_NOT_ACCEPTED', signatureAlgorithm.oid));
    }
    return (await signatureHolds(scheme, publicKeyInfo, info, signature))
      ? E.right(frozen({ der: own, subject, publicKeyInfo, extensions }))
      : E.left(certificateError('SIGNATURE_INVALID', 'signature of the request'));
  };
