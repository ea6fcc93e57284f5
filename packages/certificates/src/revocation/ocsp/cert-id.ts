import { equalBytes } from '../../bytes.js';
import type { Certificate, PublicKeyInfo } from '../../certificate.js';
import { type DigestName, digest, digestByOid } from '../../crypto/digest.js';
import { E } from '../../der/read.js';
import { readDer } from '../../der/reader.js';
import { bitOctetsOf } from '../../der/values.js';
import type { CertId } from './response.js';

const none = new Uint8Array(0);

/** The key alone, without its algorithm: what OCSP takes the digest of (RFC 6960 4.1.1, 4.2.1 KeyHash). */
const keyBits = ({ der }: PublicKeyInfo): Uint8Array => {
  const read = readDer(der, { maxBytes: der.length, maxDepth: 4, maxNodes: 20 });
  return (E.isRight(read) ? bitOctetsOf(read.right.children[1]) : undefined) ?? none;
};

/** Digest of a public key as OCSP names keys. */
export const keyHash = (name: DigestName, key: PublicKeyInfo): Promise<Uint8Array> =>
  digest(name, keyBits(key));

/** Both digests of the issuer: of its name as the certificate writes it, and of the key that signed it. */
export const issuerHashes = async (
  name: DigestName,
  certificate: Certificate,
  issuer: Certificate,
): Promise<Pick<CertId, 'issuerNameHash' | 'issuerKeyHash'>> => ({
  issuerNameHash: await digest(name, certificate.issuer.der),
  issuerKeyHash: await keyHash(name, issuer.publicKeyInfo),
});

/** SHA-1 has been written both with NULL and without parameters, the others too (RFC 3370 2.1, RFC 5754 2). */
const digestOf = ({ hashAlgorithm }: CertId): DigestName | undefined =>
  hashAlgorithm.parameters === 'null' || hashAlgorithm.parameters === 'absent'
    ? digestByOid.get(hashAlgorithm.oid)
    : undefined;

/**
 * Whether an answer's CertID names this certificate: computed again here with the digest that the answer uses, never
 * compared with what was asked. SHA-1 will do: it tells issuers apart that this path has already proved.
 */
export const namesCertificate = async (
  certId: CertId,
  certificate: Certificate,
  issuer: Certificate,
): Promise<boolean> => {
  const name = digestOf(certId);
  if (name === undefined || certId.serialNumber !== certificate.serialNumber) return false;
  const expected = await issuerHashes(name, certificate, issuer);
  return (
    equalBytes(certId.issuerNameHash, expected.issuerNameHash) &&
    equalBytes(certId.issuerKeyHash, expected.issuerKeyHash)
  );
};
