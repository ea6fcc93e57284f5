import * as E from 'fp-ts/lib/Either.js';
import { toHex } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import type { CertificateCache } from '../certificate-cache.js';
import { type AlgorithmPolicy, keyIsStrong, schemeOf } from '../crypto/algorithms.js';
import { sha256 } from '../crypto/digest.js';
import { signatureHolds } from '../crypto/verify.js';
import { type CertificateError, certificateError } from '../errors.js';
import { nameOf } from './checks/fault.js';

/** SHA-256 of a public key, once for each record. */
const keyNames = new WeakMap<Certificate, string>();

const keyName = async (certificate: Certificate): Promise<string> => {
  const known = keyNames.get(certificate);
  if (known !== undefined) return known;
  const name = toHex(await sha256(certificate.publicKeyInfo.der));
  keyNames.set(certificate, name);
  return name;
};

/** Whether the issuer's key made the certificate's signature, with an algorithm and a key that are accepted. */
export const checkSignature = async (
  certificate: Certificate,
  issuer: Certificate,
  policy: AlgorithmPolicy,
  cache: CertificateCache,
): Promise<E.Either<CertificateError, void>> => {
  const scheme = schemeOf(certificate.signatureAlgorithm);
  if (scheme === undefined || !policy.digests.includes(scheme.digest)) {
    const detail = `${certificate.signatureAlgorithm.oid} on ${nameOf(certificate)}`;
    return E.left(certificateError('CERTIFICATE_ALGORITHM_NOT_ACCEPTED', detail));
  }
  if (!keyIsStrong(issuer.publicKeyInfo, policy)) {
    return E.left(certificateError('KEY_NOT_ACCEPTED', `key of ${nameOf(issuer)}`));
  }
  const signer = await keyName(issuer);
  const known = cache.signature(certificate.fingerprint, signer);
  const holds =
    known ?? (await signatureHolds(scheme, issuer.publicKeyInfo, certificate.tbs, certificate.signature));
  cache.keepSignature(certificate.fingerprint, signer, holds);
  return holds
    ? E.right(undefined)
    : E.left(certificateError('CERTIFICATE_SIGNATURE_INVALID', nameOf(certificate)));
};
