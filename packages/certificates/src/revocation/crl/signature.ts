import type { PublicKeyInfo } from '../../certificate.js';
import { type AlgorithmPolicy, keyIsStrong, schemeOf } from '../../crypto/algorithms.js';
import { signatureHolds } from '../../crypto/verify.js';
import { type CertificateError, certificateError } from '../../errors.js';
import type { Crl } from './crl.js';

/** Which key signed which list stays true for ever. Kept with the record, so that a warm log-in pays for no hash of 20 MB. */
const known = new WeakMap<Crl, WeakMap<PublicKeyInfo, Promise<boolean>>>();

/** The algorithm of the list is one that is accepted. */
export const algorithmFault = (list: Crl, policy: AlgorithmPolicy): CertificateError | undefined => {
  const scheme = schemeOf(list.signatureAlgorithm);
  return scheme === undefined || !policy.digests.includes(scheme.digest)
    ? certificateError('CRL_ALGORITHM_NOT_ACCEPTED', list.signatureAlgorithm.oid)
    : undefined;
};

/** The key is one that is accepted. */
export const keyFault = (info: PublicKeyInfo, policy: AlgorithmPolicy): CertificateError | undefined =>
  keyIsStrong(info, policy) ? undefined : certificateError('CRL_ALGORITHM_NOT_ACCEPTED', 'key of the signer');

/** Whether the key made the list's signature. */
export const isSignedBy = (list: Crl, info: PublicKeyInfo): Promise<boolean> => {
  const keys = known.get(list) ?? new WeakMap<PublicKeyInfo, Promise<boolean>>();
  known.set(list, keys);
  const scheme = schemeOf(list.signatureAlgorithm);
  const answer =
    keys.get(info) ??
    (scheme === undefined ? Promise.resolve(false) : signatureHolds(scheme, info, list.tbs, list.signature));
  keys.set(info, answer);
  return answer;
};
