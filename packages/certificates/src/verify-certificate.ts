import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { equalBytes } from './bytes.js';
import type { Certificate } from './certificate.js';
import { decodeCertificate } from './decode.js';
import { type CertificateError, certificateError } from './errors.js';
import { type GpkiFacts, gpkiFacts } from './gpki/facts.js';
import { issuerOf, namingCa } from './gpki/issuer.js';
import { type CertificateProfile, profileFault } from './gpki/profile.js';
import type { TrustStore } from './path/trust-store.js';
import { verifyPath } from './path/verify-path.js';
import { checkRevocation, type RevocationAnswer, type RevocationSource } from './revocation/source.js';

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

/** Path, facts, profile, revocation: in this order, so that nobody is asked about a forged certificate. */
const judge = async (
  certificate: Certificate,
  extra: ReadonlyArray<Certificate>,
  terms: VerificationTerms,
): Promise<E.Either<CertificateError, VerifiedCertificate>> => {
  const path = await verifyPath({ certificate, extra, trust: terms.trust, at: terms.at })();
  if (E.isLeft(path)) return path;

  const facts = gpkiFacts(certificate, terms.trust);
  if (E.isLeft(facts)) return facts;
  const issuer = issuerOf(certificate, terms.trust);
  if (E.isLeft(issuer)) return issuer;
  // The claim (name and key identifier) must be the key that signed.
  const signer = path.right[1];
  if (!signer || !equalBytes(signer.publicKeyInfo.der, issuer.right.certificate.publicKeyInfo.der)) {
    return E.left(certificateError('ISSUER_UNKNOWN', 'signed by another key than the issuer it claims'));
  }

  const fault = profileFault(facts.right, path.right, terms.profile);
  if (fault !== undefined) return E.left(fault);

  const revocation = await checkRevocation(path.right, terms.revocation, terms.at)();
  if (E.isLeft(revocation)) return revocation;
  return E.right({ certificate, facts: facts.right, path: path.right, revocation: revocation.right });
};

/** The judgement of a certificate; a refusal names the CA whose card it is, where it is known. */
export const verifyDecoded =
  (
    certificate: Certificate,
    extra: ReadonlyArray<Certificate>,
    terms: VerificationTerms,
  ): TaskEither<CertificateError, VerifiedCertificate> =>
  async () => {
    const judged = await judge(certificate, extra, terms);
    return E.isLeft(judged) ? E.left(await namingCa(judged.left, certificate, terms.trust)) : judged;
  };

/**
 * Judges a certificate that was only read from a card, without PIN or signature (checklist GEPI-34): it proves
 * which certificate the card holds, not that its owner is there.
 *
 * Errors: those of `decodeCertificate`, `verifyPath`, `gpkiFacts`, the profile and revocation.
 */
export const verifyCertificate =
  ({
    der,
    ...terms
  }: VerificationTerms & { readonly der: Uint8Array }): TaskEither<CertificateError, VerifiedCertificate> =>
  async () => {
    const certificate = await decodeCertificate(der, terms.trust.cache)();
    return E.isLeft(certificate) ? certificate : verifyDecoded(certificate.right, [], terms)();
  };
