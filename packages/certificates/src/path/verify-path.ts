import * as E from 'fp-ts/lib/Either.js';
import type { Task } from 'fp-ts/lib/Task.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Certificate } from '../certificate.js';
import { keyIsStrong, standardAlgorithms } from '../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../errors.js';
import { passedCheck, refusedCheck } from '../report.js';
import { nameOf } from './checks/fault.js';
import { budgetCheck, type PathReport, refusedPath, reportOf } from './path-report.js';
import { type PathRequest, pathBudget } from './request.js';
import { searchPath } from './search.js';

/**
 * Finds a path from the certificate to a pinned anchor and judges it by RFC 5280 section 6.1: signatures, algorithms,
 * CA and path length, keyCertSign, critical extensions, name constraints, purposes, validity at `at`, policies with
 * their mappings and limits. Answers what was looked at and what came of it; it never rejects. Revocation and what the
 * subject is are the caller's next questions (`validateCertificate` asks them all).
 *
 * The search is bounded (`pathBudget`): circles of cross certificates and long bags end at once. An anchor's own
 * validity, algorithm and extensions are not judged: it is trusted because it was pinned.
 *
 * Codes, *indeterminate*: `ISSUER_UNKNOWN`, `PATH_BUDGET_EXCEEDED`; *failed*: `TIME_INVALID`,
 * `CERTIFICATE_SIGNATURE_INVALID`, `CERTIFICATE_ALGORITHM_NOT_ACCEPTED`, `KEY_NOT_ACCEPTED`, `ISSUER_NOT_CA`,
 * `PATH_LENGTH_EXCEEDED`, `ISSUER_MAY_NOT_SIGN`, `CRITICAL_EXTENSION_UNKNOWN`, `NAME_NOT_PERMITTED`,
 * `CONSTRAINT_NOT_SUPPORTED`, `EXTENDED_KEY_USAGE_NOT_ACCEPTED`, `…_NOT_YET_VALID`, `…_EXPIRED`,
 * `POLICY_CONSTRAINT_VIOLATED` (of the CAs), `POLICY_NOT_ACCEPTED` (of the caller).
 */
export const validatePath =
  (request: PathRequest): Task<PathReport> =>
  async () => {
    const { certificate, algorithms = standardAlgorithms, extra = [] } = request;
    const subject = certificate.fingerprint;
    if (Number.isNaN(request.at.getTime())) {
      return refusedPath(certificateError('TIME_INVALID', 'no such time'), []);
    }
    if (extra.length > pathBudget.extra) {
      const error = certificateError('PATH_BUDGET_EXCEEDED', `${extra.length} certificates sent along`);
      return refusedPath(error, [budgetCheck(subject, error)]);
    }
    if (!keyIsStrong(certificate.publicKeyInfo, algorithms)) {
      const error = certificateError('KEY_NOT_ACCEPTED', `key of ${nameOf(certificate)}`);
      return refusedPath(error, [refusedCheck('key', subject, 'AlgorithmPolicy', error)]);
    }
    return reportOf(await searchPath(request), [passedCheck('key', subject, 'AlgorithmPolicy')]);
  };

/**
 * The path alone, the certificate first and the anchor last, or the refusal of `validatePath`, with its indication.
 *
 * Errors: the codes of `validatePath`.
 */
export const verifyPath =
  (request: PathRequest): TaskEither<CertificateError, ReadonlyArray<Certificate>> =>
  async () => {
    const report = await validatePath(request)();
    return report.indication === 'passed' ? E.right(report.path) : E.left(report.error);
  };
