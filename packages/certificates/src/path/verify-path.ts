import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { equalBytes } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { type AlgorithmPolicy, keyIsStrong, standardAlgorithms } from '../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../errors.js';
import { nameOf } from './checks/check.js';
import { firstFault } from './checks/index.js';
import { checkSignature } from './signature.js';
import type { TrustStore } from './trust-store.js';

/** What a search may cost, whatever certificates a stranger sends along. */
export const pathBudget = {
  /** Certificates in a path, the anchor included. The GPKI has three, with a link four. */
  certificates: 8,
  /** Pairs (certificate, possible issuer) whose signature is looked at, in one search. */
  signatures: 24,
  /** Certificates that a caller may send along. */
  extra: 16,
} as const;

export interface PathRequest {
  readonly certificate: Certificate;
  /** Certificates that came with it, untrusted. */
  readonly extra?: ReadonlyArray<Certificate>;
  readonly trust: TrustStore;
  readonly at: Date;
  /** Default: `standardAlgorithms`. */
  readonly algorithms?: AlgorithmPolicy;
}

/** Name equal, and key identifiers equal where both sides have one: several keys share a name in the GPKI. */
const mayHaveIssued = (issuer: Certificate, certificate: Certificate): boolean =>
  issuer.subject.normal === certificate.issuer.normal &&
  (certificate.aki === undefined || issuer.ski === undefined || certificate.aki === issuer.ski);

/** One name with one key is one issuer, however many certificates it has: going through it twice is a circle. */
const sameEntity = (a: Certificate, b: Certificate): boolean =>
  a.subject.normal === b.subject.normal && equalBytes(a.publicKeyInfo.der, b.publicKeyInfo.der);

/** What to tell when no path is found: the fault that came closest to a complete path. */
const rank = ({ code }: CertificateError): number => {
  switch (code) {
    case 'ISSUER_UNKNOWN':
      return 0;
    case 'CERTIFICATE_SIGNATURE_INVALID':
      return 1;
    case 'CERTIFICATE_ALGORITHM_NOT_ACCEPTED':
    case 'KEY_NOT_ACCEPTED':
      return 2;
    case 'PATH_BUDGET_EXCEEDED':
      return 3;
    default:
      return 4;
  }
};

/**
 * Finds a path from the certificate to a pinned anchor and checks it by RFC 5280 section 6.1: signatures,
 * algorithms, validity at `at`, CA and path length, keyCertSign, critical extensions. Answers the path, the
 * certificate first and the anchor last. Policies, revocation and what the subject is are the caller's next
 * questions (`verifyCertificate` asks them all).
 *
 * The search is bounded (`pathBudget`): circles of cross certificates and long bags end at once. An anchor's own
 * validity, algorithm and extensions are not judged: it is trusted because it was pinned. Name constraints and
 * policy constraints are not evaluated, so a path that has them is refused.
 *
 * Errors: `TIME_INVALID`, `ISSUER_UNKNOWN`, `PATH_BUDGET_EXCEEDED`, `CERTIFICATE_SIGNATURE_INVALID`,
 * `CERTIFICATE_ALGORITHM_NOT_ACCEPTED`, `KEY_NOT_ACCEPTED`, `ISSUER_NOT_CA`, `PATH_LENGTH_EXCEEDED`,
 * `ISSUER_MAY_NOT_SIGN`, `CONSTRAINT_NOT_SUPPORTED`, `CRITICAL_EXTENSION_UNKNOWN`, `…_NOT_YET_VALID`, `…_EXPIRED`.
 */
export const verifyPath =
  (request: PathRequest): TaskEither<CertificateError, ReadonlyArray<Certificate>> =>
  async () => {
    const { certificate, trust, algorithms = standardAlgorithms, extra = [] } = request;
    const at = request.at.getTime();
    if (Number.isNaN(at)) return E.left(certificateError('TIME_INVALID', 'no such time'));
    if (extra.length > pathBudget.extra) {
      return E.left(certificateError('PATH_BUDGET_EXCEEDED', `${extra.length} certificates sent along`));
    }
    if (!keyIsStrong(certificate.publicKeyInfo, algorithms)) {
      return E.left(certificateError('KEY_NOT_ACCEPTED', `key of ${nameOf(certificate)}`));
    }

    const pool = [...trust.issuers.map((issuer) => issuer.certificate), ...trust.links, ...extra];
    let signatures = 0;
    let closest = certificateError('ISSUER_UNKNOWN', `issuer of ${nameOf(certificate)}`);
    const note = (fault: CertificateError): void => {
      if (rank(fault) > rank(closest)) closest = fault;
    };

    const signed = async (subject: Certificate, issuer: Certificate): Promise<boolean> => {
      signatures += 1;
      if (signatures > pathBudget.signatures) {
        note(certificateError('PATH_BUDGET_EXCEEDED', `${pathBudget.signatures} signatures`));
        return false;
      }
      const checked = await checkSignature(subject, issuer, algorithms, trust.cache);
      if (E.isLeft(checked)) note(checked.left);
      return E.isRight(checked);
    };

    const search = async (
      chain: ReadonlyArray<Certificate>,
    ): Promise<ReadonlyArray<Certificate> | undefined> => {
      const last = chain[chain.length - 1] ?? certificate;
      for (const anchor of trust.anchors) {
        if (!mayHaveIssued(anchor, last) || !(await signed(last, anchor))) continue;
        const path = [...chain, anchor];
        const fault = firstFault({ path, at });
        if (fault === undefined) return path;
        note(fault);
      }
      for (const issuer of pool) {
        if (!mayHaveIssued(issuer, last) || chain.some((passed) => sameEntity(passed, issuer))) continue;
        if (chain.length + 1 >= pathBudget.certificates) {
          note(
            certificateError('PATH_BUDGET_EXCEEDED', `longer than ${pathBudget.certificates} certificates`),
          );
          return undefined;
        }
        if (!(await signed(last, issuer))) continue;
        const path = await search([...chain, issuer]);
        if (path !== undefined) return path;
      }
      return undefined;
    };

    const path = await search([certificate]);
    return path === undefined ? E.left(closest) : E.right(path);
  };
