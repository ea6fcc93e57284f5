import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { isOctets, ownBytes, toHex } from '../../bytes.js';
import type { CertificateCache } from '../../certificate-cache.js';
import { sha256 } from '../../crypto/digest.js';
import { decodeCertificates } from '../../decode.js';
import { ocspLimits, ocspResponseOf } from '../../der/ocsp-response.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../../errors.js';
import type { OcspResponse } from './response.js';

const refused = (code: CertificateErrorCode, detail: string) => E.left(certificateError(code, detail));

/**
 * Reads one DER OCSPResponse into a record, or says why not. Never throws, whatever the octets are.
 *
 * The gate is that of certificates: definite-length DER only, nothing after the structure, at most 64 KiB, each
 * extension once; of the types of answer, only the basic one (RFC 6960 4.2.1), with at most 16 entries and 4
 * certificates, each of which must be readable. Reading proves nothing about who answered: see `judgeOcsp`.
 *
 * Errors: `OCSP_TOO_LARGE`, `OCSP_MALFORMED`, and `OCSP_NOT_SUCCESSFUL` with the status (`tryLater`, …) in `detail`.
 */
export const decodeOcspResponse =
  (der: Uint8Array, cache?: CertificateCache): TaskEither<CertificateError, OcspResponse> =>
  async () => {
    if (!isOctets(der)) return refused('OCSP_MALFORMED', 'not octets');
    if (der.length > ocspLimits.maxBytes) return refused('OCSP_TOO_LARGE', `${der.length} octets`);
    const own = ownBytes(der);
    const envelope = ocspResponseOf(own);
    if (E.isLeft(envelope)) return refused('OCSP_MALFORMED', envelope.left);
    if (envelope.right.status !== 'successful') return refused('OCSP_NOT_SUCCESSFUL', envelope.right.name);
    const { basic } = envelope.right;
    const certificates = await decodeCertificates(basic.certificates, cache)();
    if (E.isLeft(certificates)) {
      return refused('OCSP_MALFORMED', `certificate: ${certificates.left.detail}`);
    }
    return E.right({
      ...basic,
      certificates: certificates.right,
      der: own,
      fingerprint: toHex(await sha256(own)),
    });
  };
