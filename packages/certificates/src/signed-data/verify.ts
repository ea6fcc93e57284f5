import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { equalBytes, ownBytes, toHex } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { keyIsStrong, signerSchemeOf, standardAlgorithms } from '../crypto/algorithms.js';
import type { DigestName } from '../crypto/digest.js';
import { signatureHolds } from '../crypto/verify.js';
import { decodeCertificate } from '../decode.js';
import { type SignerIdentifier, signedDataLimits, signedDataOf } from '../der/signed-data.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../errors.js';
import { namingCa } from '../gpki/issuer.js';
import { type VerificationTerms, type VerifiedCertificate, verifyDecoded } from '../verify-certificate.js';
import { type SignerAttributes, signerAttributes } from './attributes.js';
import { checkAnswer } from './profile.js';

/** A challenge that a card has answered. */
export interface VerifiedSignature extends VerifiedCertificate {
  /** Advisory only: see `SignerAttributes`. */
  readonly attributes: SignerAttributes;
  readonly digestAlgorithm: DigestName;
  /** The octets that were verified, to be kept as evidence. */
  readonly cms: Uint8Array;
  readonly at: Date;
}

const no = (code: CertificateErrorCode, detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError(code, detail));

/** Octet by octet: what is not under a signature leaves no room for another spelling. */
const identifies = (sid: SignerIdentifier, certificate: Certificate): boolean =>
  sid.by === 'issuerAndSerial'
    ? equalBytes(certificate.issuer.der, sid.issuer) && certificate.serialNumber === sid.serialNumber
    : certificate.ski !== undefined && certificate.ski === toHex(sid.ski);

/**
 * Verifies a card's CMS answer to a challenge: that the holder of a certificate of this profile, valid and not
 * revoked at `at`, signed exactly `content`.
 *
 * The profile (RFC 5652; docs/gpki.md 8): strict DER of at most 64 KiB; exactly one signer; signed
 * attributes with exactly one contentType and messageDigest; content attached or detached, equal to `content`;
 * SHA-256 or better; RSA of 2048 bits with exact parameters; the certificate comes from the CMS, never from the
 * request, and is a signing one whatever `profile.use` says. Old answers (SHA-1, no signed attributes) are refused
 * as `SIGNED_DATA_OUTDATED`. Other certificates in the CMS are candidates for the path and nothing more.
 *
 * The caller sees to it that `content` is its own challenge and is used once.
 *
 * Errors: `SIGNED_DATA_…`, `SIGNER_…`, `SIGNED_ATTRIBUTES_MISSING`, `CONTENT_…`, `MESSAGE_DIGEST_MISMATCH`,
 * `DIGEST_NOT_ACCEPTED`, `SIGNATURE_…`, and all those of `verifyCertificate`.
 */
export const verifySignedData =
  (
    request: VerificationTerms & { readonly cms: Uint8Array; readonly content: Uint8Array },
  ): TaskEither<CertificateError, VerifiedSignature> =>
  async () => {
    const { cms: received, content, ...terms } = request;
    if (!(received instanceof Uint8Array)) return no('SIGNED_DATA_MALFORMED', 'not octets');
    if (received.length > signedDataLimits.maxBytes)
      return no('SIGNED_DATA_TOO_LARGE', `${received.length} octets`);
    if (!(content instanceof Uint8Array) || content.length === 0)
      return no('CONTENT_MISSING', 'no challenge');
    const cms = ownBytes(received);
    const signedData = signedDataOf(cms);
    if (E.isLeft(signedData)) return no('SIGNED_DATA_MALFORMED', signedData.left);
    const answer = await checkAnswer(signedData.right, content);
    if (E.isLeft(answer)) return answer;
    const { signer, attributes, digestAlgorithm } = answer.right;

    const bag: Certificate[] = [];
    for (const der of signedData.right.certificates) {
      const certificate = await decodeCertificate(der, terms.trust.cache)();
      if (E.isLeft(certificate)) return certificate;
      bag.push(certificate.right);
    }
    const [certificate, ambiguous] = bag.filter((candidate) => identifies(signer.sid, candidate));
    if (certificate === undefined || ambiguous !== undefined) {
      return no('SIGNER_CERTIFICATE_MISSING', `${bag.length} certificates, not one of the signer`);
    }

    const refuse = async (code: CertificateErrorCode, detail: string) =>
      E.left(await namingCa(certificateError(code, detail), certificate, terms.trust));
    const scheme = signerSchemeOf(signer.signatureAlgorithm, digestAlgorithm);
    if (scheme === undefined)
      return refuse('SIGNATURE_ALGORITHM_NOT_ACCEPTED', signer.signatureAlgorithm.oid);
    if (!keyIsStrong(certificate.publicKeyInfo, standardAlgorithms))
      return refuse('KEY_NOT_ACCEPTED', 'key of the signer');
    if (!(await signatureHolds(scheme, certificate.publicKeyInfo, attributes.signed, signer.signature))) {
      return refuse('SIGNATURE_INVALID', 'signature over the signed attributes');
    }

    const extra = bag.filter((other) => other !== certificate);
    const profile = { ...terms.profile, use: 'sign' } as const;
    const verified = await verifyDecoded(certificate, extra, { ...terms, profile })();
    if (E.isLeft(verified)) return verified;
    return E.right({
      ...verified.right,
      attributes: signerAttributes(attributes.list),
      digestAlgorithm,
      cms,
      at: terms.at,
    });
  };
