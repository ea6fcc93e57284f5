import * as E from 'fp-ts/lib/Either.js';
import type { Task } from 'fp-ts/lib/Task.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { equalBytes } from './bytes.js';
import type { Certificate } from './certificate.js';
import { decodeCertificate } from './decode.js';
import { type CertificateError, certificateError } from './errors.js';
import { type GpkiFacts, gpkiFacts } from './gpki/facts.js';
import { issuerOf, namingCa } from './gpki/issuer.js';
import { type CertificateProfile, judgeProfile, pathDemands } from './gpki/profile.js';
import type { TrustStore } from './path/trust-store.js';
import { validatePath } from './path/verify-path.js';
import {
  type CheckResult,
  indicationOf,
  passedCheck,
  refusedCheck,
  type ValidationReport,
} from './report.js';
import { askRevocation, type RevocationAnswer, type RevocationSource } from './revocation/source.js';

/** Under which trust, at which time, and for which role a certificate is judged. */
export interface VerificationTerms {
  readonly trust: TrustStore;
  readonly at: Date;
  readonly revocation: RevocationSource;
  readonly profile: CertificateProfile;
}

export interface VerifiedCertificate {
  readonly certificate: Certificate;
  readonly facts: GpkiFacts;
  /** The certificate first, the pinned anchor last. */
  readonly path: ReadonlyArray<Certificate>;
  /** One answer for each certificate of the path but the anchor. */
  readonly revocation: ReadonlyArray<RevocationAnswer>;
}

/** The certificate is genuine, valid, not revoked, and of the role. */
export interface ProvedCertificate extends ValidationReport {
  readonly indication: 'passed';
  readonly verified: VerifiedCertificate;
}

/** It is not, or it could not be told. */
export interface RefusedCertificate extends ValidationReport {
  readonly indication: 'failed' | 'indeterminate';
  readonly error: CertificateError;
  /** What the certificate says, where its path holds: proved by nothing but its CA's signature. */
  readonly facts?: GpkiFacts;
  /** The answers that were good before the one that was not. */
  readonly revocation?: ReadonlyArray<RevocationAnswer>;
}

export type CertificateReport = ProvedCertificate | RefusedCertificate;

const refused = (
  error: CertificateError,
  checks: ReadonlyArray<CheckResult>,
  found: Pick<RefusedCertificate, 'facts' | 'revocation'> = {},
): RefusedCertificate => {
  const indication = indicationOf(error.code);
  return { indication, error: { ...error, indication }, checks, ...found };
};

/** The facts, where the issuer that the certificate claims (name and key identifier) is the key that signed it. */
const factsOf = (
  certificate: Certificate,
  signer: Certificate | undefined,
  trust: TrustStore,
): E.Either<CertificateError, GpkiFacts> => {
  const facts = gpkiFacts(certificate, trust);
  if (E.isLeft(facts)) return facts;
  const issuer = issuerOf(certificate, trust);
  if (E.isLeft(issuer)) return issuer;
  return signer && equalBytes(signer.publicKeyInfo.der, issuer.right.certificate.publicKeyInfo.der)
    ? facts
    : E.left(certificateError('ISSUER_UNKNOWN', 'signed by another key than the issuer it claims'));
};

/** Path, facts, profile, revocation: in this order, so that nobody is asked about a forged certificate. */
const judge = async (
  certificate: Certificate,
  extra: ReadonlyArray<Certificate>,
  { trust, at, revocation, profile }: VerificationTerms,
): Promise<CertificateReport> => {
  const subject = certificate.fingerprint;
  const found = await validatePath({ certificate, extra, trust, at, ...pathDemands(profile) })();
  const checks = [...found.checks];
  // What the role asks of policies is told after its CA and subject type: a card of another kind is called that.
  if (found.indication !== 'passed' && found.error.code !== 'POLICY_NOT_ACCEPTED') {
    return refused(found.error, checks);
  }
  const path = found.indication === 'passed' ? found.path : found.candidate;

  const read = factsOf(certificate, path[1], trust);
  if (E.isLeft(read)) {
    return refused(read.left, [...checks, refusedCheck('facts', subject, 'docs/gpki.md', read.left)]);
  }
  checks.push(passedCheck('facts', subject, 'docs/gpki.md'));
  const facts = read.right;
  const role = judgeProfile({ certificate, facts, path: found, profile });
  checks.push(...role.checks);
  const error = role.error ?? (found.indication === 'passed' ? undefined : found.error);
  if (error !== undefined) return refused(error, checks, { facts });

  const answers: RevocationAnswer[] = [];
  for (const [index, asked] of path.slice(0, -1).entries()) {
    const [issuer, anchor] = [path[index + 1], path.at(-1)];
    if (issuer === undefined || anchor === undefined) continue;
    const answer = await askRevocation({ certificate: asked, issuer, anchor, at }, revocation, index === 0)();
    const rule = ['revocation', asked.fingerprint, 'RFC 5280 6.1.3 (a)(3)'] as const;
    if (E.isLeft(answer)) {
      checks.push(refusedCheck(...rule, answer.left));
      return refused(answer.left, checks, { facts, revocation: answers });
    }
    checks.push(passedCheck(...rule));
    answers.push(answer.right);
  }
  return { indication: 'passed', checks, verified: { certificate, facts, path, revocation: answers } };
};

/** The judgement of a certificate that has been read; a refusal names the CA whose card it is, where it is known. */
export const validateDecoded =
  (
    certificate: Certificate,
    extra: ReadonlyArray<Certificate>,
    terms: VerificationTerms,
  ): Task<CertificateReport> =>
  async () => {
    const report = await judge(certificate, extra, terms);
    return report.indication === 'passed'
      ? report
      : { ...report, error: await namingCa(report.error, certificate, terms.trust) };
  };

const eitherOf = (report: CertificateReport): E.Either<CertificateError, VerifiedCertificate> =>
  report.indication === 'passed' ? E.right(report.verified) : E.left(report.error);

/** The same as an Either. */
export const verifyDecoded =
  (
    certificate: Certificate,
    extra: ReadonlyArray<Certificate>,
    terms: VerificationTerms,
  ): TaskEither<CertificateError, VerifiedCertificate> =>
  async () =>
    eitherOf(await validateDecoded(certificate, extra, terms)());

/**
 * Judges a certificate that was only read from a card, without PIN or signature (checklist GEPI-34): it proves
 * which certificate the card holds, not that its owner is there. Answers every check that was made, and what was
 * found; it never rejects. A check that was not reached is not in the report.
 *
 * Codes: those of `decodeCertificate`, `validatePath`, `gpkiFacts`, the profile and revocation.
 */
export const validateCertificate =
  ({ der, ...terms }: VerificationTerms & { readonly der: Uint8Array }): Task<CertificateReport> =>
  async () => {
    const certificate = await decodeCertificate(der, terms.trust.cache)();
    return E.isLeft(certificate)
      ? refused(certificate.left, [])
      : validateDecoded(certificate.right, [], terms)();
  };

/**
 * What `validateCertificate` proved, or its refusal with its indication.
 *
 * Errors: the codes of `validateCertificate`.
 */
export const verifyCertificate =
  (
    request: VerificationTerms & { readonly der: Uint8Array },
  ): TaskEither<CertificateError, VerifiedCertificate> =>
  async () =>
    eitherOf(await validateCertificate(request)());
