import * as E from 'fp-ts/lib/Either.js';
import { type CertificateError, certificateError } from '../../errors.js';
import type { RevocationAnswer } from '../source.js';
import { type OcspResponse, ocspOids, type SingleAnswer } from './response.js';

/**
 * A responder that follows RFC 6960 2.2 says of a certificate that was never issued that it is on hold since 1970.
 * It is nothing that could be released: somebody else has used the CA's key.
 */
const neverIssued = ({ extensions }: OcspResponse, { status }: SingleAnswer): boolean =>
  status.type === 'revoked' &&
  status.revokedAt === 0 &&
  status.reason === 'certificateHold' &&
  extensions.some(({ oid }) => oid === ocspOids.extendedRevoke);

/**
 * What an entry that has passed every check says of the certificate at the time asked. `skew`: milliseconds by which clocks
 * may differ.
 */
export const meaningOf = (
  response: OcspResponse,
  entry: SingleAnswer,
  at: Date,
  skew: number,
  source: string,
): E.Either<CertificateError, RevocationAnswer> => {
  const { status } = entry;
  if (status.type === 'unknown') return E.left(certificateError('OCSP_STATUS_UNKNOWN', source));
  // Revoked after the time asked: not yet a revocation then, so that what was signed before stays valid. By a clock that is
  // ahead of ours a revocation of this minute has a time to come, and must count at once.
  if (status.type === 'good' || status.revokedAt > at.getTime() + skew) {
    return E.right({ status: 'good', at, source });
  }
  const revokedAt = new Date(status.revokedAt);
  if (neverIssued(response, entry)) {
    return E.right({ status: 'revoked', at, source, reason: 'neverIssued', revokedAt });
  }
  return E.right({
    status: status.reason === 'certificateHold' ? 'hold' : 'revoked',
    at,
    source,
    reason: status.reason ?? 'unspecified',
    revokedAt,
  });
};
