import type { Extension } from '../certificate.js';
import type { DigestName } from '../crypto/digest.js';
import { encodeCertificate, encodeTbs } from '../der/encode-certificate.js';
import { nullValue, oid, sequence } from '../der/writer.js';
import type { TestKey } from './keys.js';

type Octets = Uint8Array<ArrayBuffer>;

/** A certificate of any shape, right or wrong, signed by any key. */
export interface CertificateSpec {
  /** Magnitude of the serial number. */
  readonly serial: Uint8Array;
  /** DER of a Name. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: ReadonlyArray<Extension>;
  readonly signer: TestKey;
  /** Default SHA-256. */
  readonly digest?: DigestName;
}

/** RSASSA-PKCS1-v1_5 with each digest (RFC 4055). */
export const signatureOids: Readonly<Record<DigestName, string>> = {
  'SHA-1': '1.2.840.113549.1.1.5',
  'SHA-256': '1.2.840.113549.1.1.11',
  'SHA-384': '1.2.840.113549.1.1.12',
  'SHA-512': '1.2.840.113549.1.1.13',
};

/** DER of the certificate. */
export const makeCertificate = async (spec: CertificateSpec): Promise<Octets> => {
  const digest = spec.digest ?? 'SHA-256';
  const signatureAlgorithm = sequence(oid(signatureOids[digest]), nullValue);
  const tbs = encodeTbs({ ...spec, signatureAlgorithm });
  return encodeCertificate(tbs, signatureAlgorithm, await spec.signer.sign(digest, tbs));
};
