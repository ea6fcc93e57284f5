/** Who signed: an answer to a challenge, judged up to its signer's certificate, of which nothing is known yet. */
import * as E from 'fp-ts/lib/Either.js';
import { equalBytes, isOctets, ownBytes, toHex } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { keyIsStrong, signerSchemeOf, standardAlgorithms } from '../crypto/algorithms.js';
import type { DigestName } from '../crypto/digest.js';
import { signatureHolds } from '../crypto/verify.js';
import { decodeCertificates } from '../decode.js';
import {
  type SignedData,
  type SignerIdentifier,
  signedDataLimits,
  signedDataOf,
} from '../der/signed-data.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../errors.js';
import { namingCa } from '../gpki/issuer.js';
import type { TrustStore } from '../path/trust-store.js';
import { type SignerAttributes, signerAttributes } from './attributes.js';
import { checkAnswer, digestFault, type ProfiledAnswer } from './profile.js';
import { signingCertificateProblem } from './signing-certificate.js';

/** The key of this certificate signed exactly the content. Whose it is, and whether it may, is yet to be asked. */
export interface SignedAnswer {
  readonly certificate: Certificate;
  /** The other certificates that came along, untrusted. */
  readonly extra: ReadonlyArray<Certificate>;
  readonly attributes: SignerAttributes;
  readonly digestAlgorithm: DigestName;
  /** The octets that were judged. */
  readonly cms: Uint8Array;
}

const no = (code: CertificateErrorCode, detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError(code, detail));

/** Octet by octet: what is not under a signature leaves no room for another spelling. */
const identifies = (sid: SignerIdentifier, certificate: Certificate): boolean =>
  sid.by === 'issuerAndSerial'
    ? equalBytes(certificate.issuer.der, sid.issuer) && certificate.serialNumber === sid.serialNumber
    : certificate.ski !== undefined && certificate.ski === toHex(sid.ski);

/** The signer's certificate, and whether its key signed the attributes. */
const signedBy = async (
  { certificates }: SignedData,
  { signer, attributes, digestAlgorithm }: ProfiledAnswer,
  trust: TrustStore,
): Promise<E.Either<CertificateError, Omit<SignedAnswer, 'cms'>>> => {
  const bag = await decodeCertificates(certificates, trust.cache)();
  if (E.isLeft(bag)) return bag;
  const [certificate, ambiguous] = bag.right.filter((candidate) => identifies(signer.sid, candidate));
  if (certificate === undefined || ambiguous !== undefined) {
    return no('SIGNER_CERTIFICATE_MISSING', `${bag.right.length} certificates, not one of the signer`);
  }

  const refuse = async (code: CertificateErrorCode, detail: string) =>
    E.left(await namingCa(certificateError(code, detail), certificate, trust));
  const misnamed = await signingCertificateProblem(attributes.list, certificate);
  if (misnamed !== undefined) return refuse('SIGNING_CERTIFICATE_MISMATCH', misnamed);
  const scheme = signerSchemeOf(signer.signatureAlgorithm, digestAlgorithm);
  if (scheme === undefined) return refuse('SIGNATURE_ALGORITHM_NOT_ACCEPTED', signer.signatureAlgorithm.oid);
  if (!keyIsStrong(certificate.publicKeyInfo, standardAlgorithms))
    return refuse('KEY_NOT_ACCEPTED', 'key of the signer');
  if (!(await signatureHolds(scheme, certificate.publicKeyInfo, attributes.signed, signer.signature))) {
    return refuse('SIGNATURE_INVALID', 'signature over the signed attributes');
  }
  return E.right({
    certificate,
    extra: bag.right.filter((other) => other !== certificate),
    attributes: signerAttributes(attributes.list),
    digestAlgorithm,
  });
};

/**
 * Profile, signer's certificate, signature: in this order. The trust store lends its cache, and the name of the CA whose
 * card a refused answer is; nothing is trusted here.
 *
 * Errors: `SIGNED_DATA_…`, `SIGNER_…`, `SIGNED_ATTRIBUTES_MISSING`, `CONTENT_…`, `MESSAGE_DIGEST_MISMATCH`,
 * `DIGEST_NOT_ACCEPTED`, `SIGNATURE_…`, `SIGNING_CERTIFICATE_MISMATCH`, `KEY_NOT_ACCEPTED`, and those of
 * `decodeCertificate`.
 */
export const signedAnswer = async (
  received: Uint8Array,
  content: Uint8Array,
  trust: TrustStore,
): Promise<E.Either<CertificateError, SignedAnswer>> => {
  if (!isOctets(received)) return no('SIGNED_DATA_MALFORMED', 'not octets');
  if (received.length > signedDataLimits.maxBytes)
    return no('SIGNED_DATA_TOO_LARGE', `${received.length} octets`);
  if (!isOctets(content) || content.length === 0) return no('CONTENT_MISSING', 'no challenge');
  const cms = ownBytes(received);
  const signedData = signedDataOf(cms);
  if (E.isLeft(signedData)) return no('SIGNED_DATA_MALFORMED', signedData.left);
  const answer = checkAnswer(signedData.right, content);
  if (E.isLeft(answer)) return answer;
  // Digest and signature at the same time: each is a way to another thread and back. What the digest says comes first.
  const [fault, signed] = await Promise.all([
    digestFault(answer.right, signedData.right.content !== undefined, content),
    signedBy(signedData.right, answer.right, trust),
  ]);
  if (fault !== undefined) return E.left(fault);
  return E.isLeft(signed) ? signed : E.right({ ...signed.right, cms });
};
