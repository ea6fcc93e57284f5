/**
 * Signatures over questions and answers.
 *
 * @packageDocumentation
 */
import { createHash, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';

/** RSASSA-PKCS1-v1_5. The service of record is said to use SHA-1; nothing here does unless it is configured. */
export type SignatureAlgorithm = 'SHA256withRSA' | 'SHA384withRSA' | 'SHA512withRSA' | 'SHA1withRSA';

const digestOf: Readonly<Record<SignatureAlgorithm, string>> = {
  SHA256withRSA: 'sha256',
  SHA384withRSA: 'sha384',
  SHA512withRSA: 'sha512',
  SHA1withRSA: 'sha1',
};

/** A certificate as it lies in a file: PEM, or DER. */
export type CertificateFile = string | Uint8Array;

/** `undefined` for what is no certificate of an RSA key. */
export const readCertificateFile = (file: CertificateFile): X509Certificate | undefined => {
  try {
    const certificate = new X509Certificate(typeof file === 'string' ? file : Buffer.from(file));
    return certificate.publicKey.asymmetricKeyType === 'rsa' ? certificate : undefined;
  } catch {
    return undefined;
  }
};

/** Lower-case hexadecimal of a digest over the certificate's DER. */
export const thumbprintOf = (certificate: X509Certificate, digest: 'sha256' | 'sha1'): string =>
  createHash(digest).update(certificate.raw).digest('hex');

/** What an answer says of the question that it belongs to: the SHA-256 of its payload, in lower-case hexadecimal. */
export const questionHash = (payload: Uint8Array): string =>
  createHash('sha256').update(payload).digest('hex');

/** Rejects where the key cannot sign. */
export const signWith =
  (key: KeyObject, algorithm: SignatureAlgorithm) =>
  (octets: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      sign(digestOf[algorithm], octets, key, (error, signature) =>
        error === null ? resolve(new Uint8Array(signature)) : reject(error),
      );
    });

/** A key or signature that cannot be read is a signature that does not hold. */
export const signatureHolds = (
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  octets: Uint8Array,
  signature: Uint8Array,
): boolean => {
  try {
    return verify(digestOf[algorithm], octets, key, signature);
  } catch {
    return false;
  }
};
