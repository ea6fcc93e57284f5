/** The request for a certificate that follows one: same key, same subject, same alternative names (RFC 7030 4.2.2). */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { isOctets, ownBytes } from '../bytes.js';
import { type Certificate, extensionOids } from '../certificate.js';
import { signatureHolds } from '../crypto/verify.js';
import {
  encodeRequest,
  encodeRequestInfo,
  requestInfoOf,
  requestLimits,
} from '../der/certification-request.js';
import { type CertificateError, certificateError } from '../errors.js';

/**
 * CertificationRequestInfo (RFC 2986 4.1) for the certificate that follows this one: its subject and key octet for octet,
 * and its subjectAltName where it has one. Signing these octets is the holder's part.
 */
export const renewalRequestInfo = ({
  subject,
  publicKeyInfo,
  extensions,
}: Certificate): Uint8Array<ArrayBuffer> =>
  encodeRequestInfo({
    subject: subject.der,
    publicKey: publicKeyInfo.der,
    extensions: extensions.filter(({ oid }) => oid === extensionOids.subjectAltName),
  });

/**
 * PKCS#10 in DER from the info and what the key in it made of it by RSASSA-PKCS1-v1_5 with SHA-256. What that key did not
 * sign does not become a request.
 *
 * Errors: `REQUEST_MALFORMED`, `SIGNATURE_INVALID`.
 */
export const certificationRequest =
  (info: Uint8Array, signature: Uint8Array): TaskEither<CertificateError, Uint8Array<ArrayBuffer>> =>
  async () => {
    if (!isOctets(info) || !isOctets(signature) || info.length > requestLimits.maxBytes) {
      return E.left(certificateError('REQUEST_MALFORMED', 'not octets, or too many'));
    }
    const own = ownBytes(info);
    const read = requestInfoOf(own);
    if (E.isLeft(read)) return E.left(certificateError('REQUEST_MALFORMED', read.left));
    const { publicKeyInfo } = read.right;
    return (await signatureHolds({ key: 'rsa', digest: 'SHA-256' }, publicKeyInfo, own, ownBytes(signature)))
      ? E.right(encodeRequest(own, signature))
      : E.left(certificateError('SIGNATURE_INVALID', 'not made by the key of the request over its info'));
  };
