/**
 * What a validation answers: not a boolean but what was looked at, what held, and why not (in the manner of ETSI
 * EN 319 102-1: passed, failed, or indeterminate with the reason).
 */
import type { CertificateError, CertificateErrorCode } from './errors.js';

/**
 * `passed`: it was proved. `failed`: it was disproved. `indeterminate`: neither, for want of something: an issuer, an
 * answer about revocation, a budget. Only `passed` is a yes.
 */
export type Indication = 'passed' | 'failed' | 'indeterminate';

/** One rule, applied to one certificate or answer. */
export interface CheckResult {
  /** The rule's name, such as `signature`, `validity`, `nameConstraints`. */
  readonly check: string;
  /** SHA-256 of the certificate, CRL or answer that it was applied to, lower-case hexadecimal. */
  readonly subject: string;
  /** Where the rule stands, such as `RFC 5280 6.1.3 (b)`. */
  readonly source: string;
  readonly indication: Indication;
  /** Absent when it passed. */
  readonly code?: CertificateErrorCode;
  /** English, technical, nothing personal. */
  readonly detail?: string;
}

/** The checks in the order in which they were made, and what follows from them. */
export interface ValidationReport {
  readonly indication: Indication;
  /** The refusal; absent when it passed. */
  readonly error?: CertificateError;
  readonly checks: ReadonlyArray<CheckResult>;
}

/** Codes that say that something was missing, not that something was wrong. */
const wanting: ReadonlySet<CertificateErrorCode> = new Set([
  'ISSUER_UNKNOWN',
  'PATH_BUDGET_EXCEEDED',
  'REVOCATION_UNKNOWN',
  'EVIDENCE_INCOMPLETE',
]);

/**
 * What a refusal says of the certificate: `indeterminate` where an issuer, an answer about revocation or the budget was
 * missing, `failed` where something was wrong. A CRL or an OCSP answer that cannot be accepted is a missing answer.
 */
export const indicationOf = (code: CertificateErrorCode): Exclude<Indication, 'passed'> =>
  wanting.has(code) || code.startsWith('CRL_') || code.startsWith('OCSP_') ? 'indeterminate' : 'failed';

/** A rule that was kept. */
export const passedCheck = (check: string, subject: string, source: string): CheckResult => ({
  check,
  subject,
  source,
  indication: 'passed',
});

/** A rule that was not kept, or could not be told. */
export const refusedCheck = (
  check: string,
  subject: string,
  source: string,
  { code, detail }: CertificateError,
): CheckResult => ({ check, subject, source, indication: indicationOf(code), code, detail });
