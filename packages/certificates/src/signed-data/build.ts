/** An answer to a challenge, made: whoever holds the key signs, and nothing leaves that this key did not sign. */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { isOctets, ownBytes, serialOctets } from '../bytes.js';
import type { Certificate, PublicKeyInfo } from '../certificate.js';
import type { CertificateCache } from '../certificate-cache.js';
import { keyIsStrong, standardAlgorithms } from '../crypto/algorithms.js';
import { digestOids, sha256 } from '../crypto/digest.js';
import { signatureHolds } from '../crypto/verify.js';
import { decodeCertificate } from '../decode.js';
import { encodeSignedData, toBeSigned } from '../der/encode-signed-data.js';
import { signedDataLimits } from '../der/signed-data.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../errors.js';
import { signsForItsHolder } from '../gpki/card-certificates.js';
import { type SignedDataAttributes, standardAttributes } from './build-attributes.js';

/** SHA-256 and RSASSA-PKCS1-v1_5 with it, done at once: a call of WebCrypto is a way to another thread and back. */
export interface OwnCrypto {
  readonly sha256: (octets: Uint8Array) => Uint8Array;
  /** What either throws is a signature that does not hold. */
  readonly holds: (key: PublicKeyInfo, signed: Uint8Array, signature: Uint8Array) => boolean;
}

export interface SignedDataRequest<F> {
  /** What is signed: the challenge, at least one octet. */
  readonly content: Uint8Array;
  /** DER of the signing certificate, an RSA one; it goes along in the answer. */
  readonly certificate: Uint8Array;
  readonly attributes?: SignedDataAttributes;
  /** The content is left out of the answer. */
  readonly detached?: boolean;
  /** Where the certificate is decoded once for many answers, and its key imported once. */
  readonly cache?: CertificateCache;
  /** Of a program that has its own. WebCrypto unless given. */
  readonly crypto?: OwnCrypto;
  /** RSASSA-PKCS1-v1_5 with SHA-256 over these octets: a card, a token, a key. */
  readonly sign: (signed: Uint8Array<ArrayBuffer>) => TaskEither<F, Uint8Array>;
}

const no = (code: CertificateErrorCode, detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError(code, detail));

const requestFault = ({ content, attributes }: SignedDataRequest<unknown>): CertificateError | undefined => {
  if (!isOctets(content) || content.length === 0) return certificateError('CONTENT_MISSING', 'no content');
  if (content.length > signedDataLimits.maxBytes)
    return certificateError('SIGNED_DATA_TOO_LARGE', `${content.length} octets of content`);
  const year = attributes?.signingTime?.getUTCFullYear() ?? 2000;
  // Four digits of a year are all that ASN.1's times have.
  return year >= 1950 && year <= 9999
    ? undefined
    : certificateError('TIME_INVALID', 'signing time is no date that can be written');
};

/** A certificate that may sign for its holder, with a key that a verifier accepts. */
const certificateFault = (certificate: Certificate): CertificateError | undefined => {
  if (!signsForItsHolder(certificate))
    return certificateError('KEY_USAGE_NOT_ACCEPTED', 'not a certificate for signing');
  return certificate.publicKeyInfo.key.type === 'rsa' &&
    keyIsStrong(certificate.publicKeyInfo, standardAlgorithms)
    ? undefined
    : certificateError('KEY_NOT_ACCEPTED', 'key of the signer');
};

/** As long as the modulus (RFC 8017 8.2.1). */
const signatureLength = ({ publicKeyInfo: { key } }: Certificate): number =>
  key.type === 'rsa' ? Math.ceil(key.bits / 8) : 0;

/** On a copy: what is signed is the content. */
const digestOf = async (
  crypto: OwnCrypto | undefined,
  content: Uint8Array,
): Promise<Uint8Array | undefined> => {
  try {
    return crypto === undefined ? await sha256(content) : ownBytes(crypto.sha256(ownBytes(content)));
  } catch {
    return undefined;
  }
};

const holds = async (
  crypto: OwnCrypto | undefined,
  key: PublicKeyInfo,
  signed: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> => {
  if (crypto === undefined) return signatureHolds({ key: 'rsa', digest: 'SHA-256' }, key, signed, signature);
  try {
    return crypto.holds(key, signed, signature) === true;
  } catch {
    return false;
  }
};

/**
 * CMS SignedData in DER (RFC 5652 section 5) as `verifySignedData` accepts it: one signer, SHA-256, signed attributes
 * contentType and messageDigest and those that are asked for, the certificate included. `sign` is called once, after
 * everything else is known to be right; its signature is verified with the certificate's key before the answer is handed
 * out.
 *
 * Errors: those of `sign`, as they are; `CONTENT_MISSING`, `SIGNED_DATA_TOO_LARGE` (over 64 KiB), `TIME_INVALID`,
 * `CERTIFICATE_…` of `decodeCertificate`, `KEY_USAGE_NOT_ACCEPTED`, `KEY_NOT_ACCEPTED`, and `SIGNATURE_INVALID` where
 * another key signed, or other octets.
 */
export const buildSignedData =
  <F>(request: SignedDataRequest<F>): TaskEither<CertificateError | F, Uint8Array<ArrayBuffer>> =>
  async () => {
    const fault = requestFault(request);
    if (fault !== undefined) return E.left(fault);
    const content = ownBytes(request.content);
    const decoded = await decodeCertificate(request.certificate, request.cache)();
    if (E.isLeft(decoded)) return decoded;
    const certificate = decoded.right;
    const refused = certificateFault(certificate);
    if (refused !== undefined) return E.left(refused);

    const { crypto } = request;
    const messageDigest = await digestOf(crypto, content);
    if (messageDigest?.length !== 32) return no('SIGNATURE_INVALID', 'no digest of the content');
    const spec = {
      content,
      detached: request.detached === true,
      certificates: [certificate.der],
      issuer: certificate.issuer.der,
      serial: serialOctets(certificate.serialNumber),
      digestOid: digestOids['SHA-256'],
      attributes: await standardAttributes(content, request.attributes ?? {}, { messageDigest }),
    };
    const unsigned = encodeSignedData(spec, new Uint8Array(signatureLength(certificate))).length;
    if (unsigned > signedDataLimits.maxBytes) return no('SIGNED_DATA_TOO_LARGE', `${unsigned} octets`);
    const signed = toBeSigned(spec);
    const signature = await request.sign(ownBytes(signed))();
    if (E.isLeft(signature)) return signature;
    if (!isOctets(signature.right)) return no('SIGNATURE_INVALID', 'no octets');
    const own = ownBytes(signature.right);
    if (!(await holds(crypto, certificate.publicKeyInfo, signed, own)))
      return no('SIGNATURE_INVALID', 'not made by the key of the certificate over the signed attributes');
    return E.right(encodeSignedData(spec, own));
  };
