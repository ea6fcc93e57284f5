/**
 * Whether a list was signed by a key that the portal knows. It is asked before a list is kept for long: lists come over
 * plain HTTP, and a forged one that was kept until its own `nextUpdate` would lock everybody out until then. Whether a
 * list is *believed* is judged elsewhere, by path and scope.
 *
 * @packageDocumentation
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Certificate, Crl, TrustStore } from '@mandate/certificates';

export type IsProved = (crl: Crl) => Promise<boolean>;

/** RFC 8017, RFC 5758. */
const digests: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

const keyOf = ({ publicKeyInfo }: Certificate): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(publicKeyInfo.der), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
};

/** On a thread of Node's pool: the largest list has 20 MB. */
const holds = (crl: Crl, digest: string, key: KeyObject): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      verify(digest, crl.tbs, key, crl.signature, (error, result) => resolve(error === null && result));
    } catch {
      resolve(false);
    }
  });

/** By any key of the issuer's name in the store: generations of one name have a key each. */
export const provedBy = (trust: TrustStore): IsProved => {
  const known = [...trust.anchors, ...trust.links, ...trust.issuers.map(({ certificate }) => certificate)];
  return async (crl) => {
    const digest = digests.get(crl.signatureAlgorithm.oid);
    if (digest === undefined) return false;
    for (const certificate of known) {
      if (certificate.subject.normal !== crl.issuer.normal) continue;
      const key = keyOf(certificate);
      if (key !== undefined && (await holds(crl, digest, key))) return true;
    }
    return false;
  };
};
