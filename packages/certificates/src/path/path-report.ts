import type { Certificate } from '../certificate.js';
import type { CertificateError } from '../errors.js';
import {
  type CheckResult,
  indicationOf,
  passedCheck,
  refusedCheck,
  type ValidationReport,
} from '../report.js';
import type { Attempt } from './search.js';

/** A path that holds. */
export interface ProvedPath extends ValidationReport {
  readonly indication: 'passed';
  /** The certificate first, the anchor last. */
  readonly path: ReadonlyArray<Certificate>;
  /**
   * The policies for which it holds, in the anchor's domain, of those that the caller accepts (RFC 5280 6.1.6);
   * `2.5.29.32.0` stands for all.
   */
  readonly policies: ReadonlyArray<string>;
}

/** No path holds: the report tells of the attempt that came closest to one. */
export interface RefusedPath extends ValidationReport {
  readonly indication: 'failed' | 'indeterminate';
  readonly error: CertificateError & { readonly indication: 'failed' | 'indeterminate' };
  /** The certificates of that attempt whose signatures hold. It proves nothing. */
  readonly candidate: ReadonlyArray<Certificate>;
}

export type PathReport = ProvedPath | RefusedPath;

/** The steps from a certificate to the one whose key signed it, in the order in which they are made. */
const steps = [
  { check: 'nameChaining', source: 'RFC 5280 6.1.3 (a)(4)', code: 'ISSUER_UNKNOWN', of: 'subject' },
  {
    check: 'algorithm',
    source: 'RFC 5280 6.1.3 (a)(1), AlgorithmPolicy',
    code: 'CERTIFICATE_ALGORITHM_NOT_ACCEPTED',
    of: 'subject',
  },
  { check: 'key', source: 'RFC 5280 6.1.4 (d)-(f), AlgorithmPolicy', code: 'KEY_NOT_ACCEPTED', of: 'issuer' },
  {
    check: 'signature',
    source: 'RFC 5280 6.1.3 (a)(1)',
    code: 'CERTIFICATE_SIGNATURE_INVALID',
    of: 'subject',
  },
] as const;

/** The steps of one certificate, up to the one that failed. */
const stepsOf = (
  certificate: Certificate,
  issuer: Certificate | undefined,
  error: CertificateError | undefined,
): ReadonlyArray<CheckResult> => {
  const results: CheckResult[] = [];
  for (const { check, source, code, of } of steps) {
    const subject = (of === 'issuer' ? (issuer ?? certificate) : certificate).fingerprint;
    if (error?.code === code) {
      results.push(refusedCheck(check, subject, source, error));
      return results;
    }
    results.push(passedCheck(check, subject, source));
  }
  return results;
};

/** A search that ended before its end. */
export const budgetCheck = (subject: string, error: CertificateError): CheckResult =>
  refusedCheck('budget', subject, 'pathBudget', error);

/** What was looked at on the way. */
const checksOf = ({ chain, error, issuer, verdict }: Attempt): ReadonlyArray<CheckResult> => {
  const checks: CheckResult[] = [];
  for (const [index, certificate] of chain.entries()) {
    const next = chain[index + 1];
    if (next !== undefined) checks.push(...stepsOf(certificate, next, undefined));
  }
  const last = chain.at(-1);
  if (verdict !== undefined) checks.push(...verdict.checks);
  else if (last !== undefined && error !== undefined) {
    if (error.code === 'PATH_BUDGET_EXCEEDED') checks.push(budgetCheck(last.fingerprint, error));
    else checks.push(...stepsOf(last, issuer, error));
  }
  return checks;
};

/** A refusal, with the checks that were made before it. */
export const refusedPath = (
  error: CertificateError,
  checks: ReadonlyArray<CheckResult>,
  candidate: ReadonlyArray<Certificate> = [],
): RefusedPath => {
  const indication = indicationOf(error.code);
  return { indication, error: { ...error, indication }, checks, candidate };
};

/** `before`: checks that were made before the search. */
export const reportOf = (attempt: Attempt, before: ReadonlyArray<CheckResult>): PathReport => {
  const checks = [...before, ...checksOf(attempt)];
  return attempt.error === undefined
    ? { indication: 'passed', checks, path: attempt.chain, policies: attempt.policies }
    : refusedPath(attempt.error, checks, attempt.chain);
};
