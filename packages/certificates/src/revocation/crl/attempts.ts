/** What was tried and did not answer: the most telling fault gives the code, all of them the detail. */
import { type CertificateError, type CertificateErrorCode, certificateError } from '../../errors.js';

/** One list or place that gave no answer. */
export interface Attempt {
  /** An address, or the fingerprint of a list. */
  readonly place: string;
  readonly error: CertificateError;
}

/** From what says least to what says most: a list that came nearer to an answer tells more about what is wrong. */
const telling: ReadonlyArray<CertificateErrorCode> = [
  'REVOCATION_UNKNOWN',
  'CRL_ISSUER_MISMATCH',
  'CRL_OUT_OF_SCOPE',
  'CRL_DELTA_MISMATCH',
  'CRL_REASONS_INCOMPLETE',
  'CRL_TOO_LARGE',
  'CRL_MALFORMED',
  'CRL_NOT_YET_VALID',
  'CRL_STALE',
  'CRL_EXTENSION_UNKNOWN',
  'CRL_ALGORITHM_NOT_ACCEPTED',
  'CRL_SIGNER_NOT_TRUSTED',
  'CRL_SIGNATURE_INVALID',
];

const rank = ({ error }: Attempt): number => telling.indexOf(error.code);

/** A folder of partitions gives hundreds that speak of others. */
const mostTold = 8;

/** The refusal that the attempts add up to. */
export const refusalOf = (attempts: ReadonlyArray<Attempt>): CertificateError => {
  const sorted = [...attempts].sort((a, b) => rank(b) - rank(a));
  // One list is looked at for each point.
  const all = [...new Set(sorted.map(({ place, error }) => `${place}: ${error.code} (${error.detail})`))];
  const told = all.slice(0, mostTold);
  const more = all.length > mostTold ? [`${all.length - mostTold} more`] : [];
  return certificateError(
    sorted[0]?.error.code ?? 'REVOCATION_UNKNOWN',
    [...told, ...more].join('; ') || 'no revocation list',
  );
};
