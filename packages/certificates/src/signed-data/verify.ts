import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DigestName } from '../crypto/digest.js';
import type { CertificateError } from '../errors.js';
import { type VerificationTerms, type VerifiedCertificate, verifyDecoded } from '../verify-certificate.js';
import { signedAnswer } from './answer.js';
import type { SignerAttributes } from './attributes.js';

/** A challenge that a card has answered. */
export interface VerifiedSignature extends VerifiedCertificate {
  /** Advisory only: see `SignerAttributes`. */
  readonly attributes: SignerAttributes;
  readonly digestAlgorithm: DigestName;
  /** The octets that were verified, to be kept as evidence. */
  readonly cms: Uint8Array;
  readonly at: Date;
}

/**
 * Verifies a card's CMS answer to a challenge: that the holder of a certificate of this profile, valid and not
 * revoked at `at`, signed exactly `content`.
 *
 * The profile (RFC 5652; docs/gpki.md 8): strict DER of at most 64 KiB; exactly one signer; signed
 * attributes with exactly one contentType and messageDigest; content attached or detached, equal to `content`;
 * SHA-256 or better; RSA of 2048 bits with exact parameters (PKCS #1 v1.5; PSS is refused); the certificate comes from
 * the CMS, never from the request, and is a signing one whatever `profile.use` says. An answer that names its signing
 * certificate (RFC 5035) or its algorithms (RFC 6211) under the signature must name the right ones. Old answers (SHA-1,
 * no signed attributes) are refused as `SIGNED_DATA_OUTDATED`. Other certificates in the CMS are candidates for the path
 * and nothing more.
 *
 * The caller sees to it that `content` is its own challenge and is used once.
 *
 * Errors: `SIGNED_DATA_…`, `SIGNER_…`, `SIGNED_ATTRIBUTES_MISSING`, `CONTENT_…`, `MESSAGE_DIGEST_MISMATCH`,
 * `DIGEST_NOT_ACCEPTED`, `SIGNATURE_…`, `SIGNING_CERTIFICATE_MISMATCH`, and all those of `verifyCertificate`.
 */
export const verifySignedData =
  (
    request: VerificationTerms & { readonly cms: Uint8Array; readonly content: Uint8Array },
  ): TaskEither<CertificateError, VerifiedSignature> =>
  async () => {
    const { cms: received, content, ...terms } = request;
    const answer = await signedAnswer(received, content, terms.trust);
    if (E.isLeft(answer)) return answer;
    const { certificate, extra, attributes, digestAlgorithm, cms } = answer.right;
    const profile = { ...terms.profile, use: 'sign' } as const;
    const verified = await verifyDecoded(certificate, extra, { ...terms, profile })();
    if (E.isLeft(verified)) return verified;
    return E.right({ ...verified.right, attributes, digestAlgorithm, cms, at: terms.at });
  };
