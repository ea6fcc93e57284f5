/**
 * Every way in which this package says no. A refusal is a value: nothing that a caller sends makes a function
 * here throw.
 */
import type { Ca } from './gpki/oids.js';

/** All refusal codes, in the order in which a verification meets them. */
export const certificateErrorCodes = [
  // ---- reading
  'CERTIFICATE_TOO_LARGE',
  'CERTIFICATE_MALFORMED',
  'REQUEST_MALFORMED',
  'SIGNED_DATA_TOO_LARGE',
  'SIGNED_DATA_MALFORMED',
  // ---- trust store
  'ANCHOR_PIN_MISMATCH',
  'TRUST_STORE_INVALID',
  // ---- signed data
  'SIGNED_DATA_OUTDATED',
  'SIGNER_COUNT',
  'SIGNER_CERTIFICATE_MISSING',
  'SIGNED_ATTRIBUTES_MISSING',
  'CONTENT_TYPE_MISMATCH',
  'CONTENT_MISSING',
  'CONTENT_MISMATCH',
  'MESSAGE_DIGEST_MISMATCH',
  'DIGEST_NOT_ACCEPTED',
  'SIGNATURE_ALGORITHM_NOT_ACCEPTED',
  'SIGNATURE_INVALID',
  'SIGNING_CERTIFICATE_MISMATCH',
  // ---- path
  'ISSUER_UNKNOWN',
  'PATH_BUDGET_EXCEEDED',
  'CERTIFICATE_SIGNATURE_INVALID',
  'CERTIFICATE_ALGORITHM_NOT_ACCEPTED',
  'KEY_NOT_ACCEPTED',
  'CERTIFICATE_NOT_YET_VALID',
  'CERTIFICATE_EXPIRED',
  'ISSUER_NOT_YET_VALID',
  'ISSUER_EXPIRED',
  'CRITICAL_EXTENSION_UNKNOWN',
  'CONSTRAINT_NOT_SUPPORTED',
  'NAME_NOT_PERMITTED',
  'POLICY_CONSTRAINT_VIOLATED',
  'EXTENDED_KEY_USAGE_NOT_ACCEPTED',
  'ISSUER_NOT_CA',
  'PATH_LENGTH_EXCEEDED',
  'ISSUER_MAY_NOT_SIGN',
  'TIME_INVALID',
  // ---- what the certificate says
  'SUBJECT_FACTS_INVALID',
  'SUBJECT_TYPE_NOT_ACCEPTED',
  'ISSUER_NOT_ACCEPTED',
  'POLICY_NOT_ACCEPTED',
  'KEY_USAGE_NOT_ACCEPTED',
  // ---- revocation
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_ON_HOLD',
  'ISSUER_REVOKED',
  'REVOCATION_UNKNOWN',
  // ---- revocation lists
  'CRL_TOO_LARGE',
  'CRL_MALFORMED',
  'CRL_ISSUER_MISMATCH',
  'CRL_OUT_OF_SCOPE',
  'CRL_REASONS_INCOMPLETE',
  'CRL_EXTENSION_UNKNOWN',
  'CRL_DELTA_MISMATCH',
  'CRL_NOT_YET_VALID',
  'CRL_STALE',
  'CRL_ALGORITHM_NOT_ACCEPTED',
  'CRL_SIGNER_NOT_TRUSTED',
  'CRL_SIGNATURE_INVALID',
  // ---- answers of an OCSP responder
  'OCSP_TOO_LARGE',
  'OCSP_MALFORMED',
  'OCSP_NOT_SUCCESSFUL',
  'OCSP_ANSWER_COUNT',
  'OCSP_CERTIFICATE_MISMATCH',
  'OCSP_NONCE_MISMATCH',
  'OCSP_NOT_YET_VALID',
  'OCSP_STALE',
  'OCSP_EXTENSION_UNKNOWN',
  'OCSP_ALGORITHM_NOT_ACCEPTED',
  'OCSP_RESPONDER_NOT_TRUSTED',
  'OCSP_SIGNATURE_INVALID',
  'OCSP_STATUS_UNKNOWN',
  // ---- evidence
  'EVIDENCE_MALFORMED',
  'EVIDENCE_INCOMPLETE',
] as const;

/** One refusal code. */
export type CertificateErrorCode = (typeof certificateErrorCodes)[number];

/**
 * A refusal.
 *
 * `detail` is English and technical and carries no personal data: it names fields, object identifiers,
 * lengths and fingerprints, never a subject's name or number. It may go to a log.
 */
export interface CertificateError {
  readonly _tag: 'CertificateError';
  readonly code: CertificateErrorCode;
  readonly detail: string;
  /** The CA whose key signed the refused certificate, where that was found out: its helpdesk can help (GEPI-8). */
  readonly ca?: Ca;
  /** Whether it was disproved or could not be told: see `Indication`. There where a whole path was judged. */
  readonly indication?: 'failed' | 'indeterminate';
}

export const certificateError = (code: CertificateErrorCode, detail: string): CertificateError => ({
  _tag: 'CertificateError',
  code,
  detail,
});
