import type { Certificate } from '../../../certificate.js';
import { type AlgorithmPolicy, keyIsStrong, schemeOf } from '../../../crypto/algorithms.js';
import { signatureHolds } from '../../../crypto/verify.js';
import { type CertificateError, certificateError } from '../../../errors.js';
import type { OcspResponse } from '../response.js';

/** The responder's key signed these octets, with an algorithm and a key that are accepted (RFC 6960 3.2 (2)). */
export const signatureFault = async (
  response: OcspResponse,
  responder: Certificate,
  policy: AlgorithmPolicy,
): Promise<CertificateError | undefined> => {
  const scheme = schemeOf(response.signatureAlgorithm);
  if (scheme === undefined || !policy.digests.includes(scheme.digest)) {
    return certificateError('OCSP_ALGORITHM_NOT_ACCEPTED', response.signatureAlgorithm.oid);
  }
  if (!keyIsStrong(responder.publicKeyInfo, policy)) {
    return certificateError('OCSP_ALGORITHM_NOT_ACCEPTED', "the responder's key");
  }
  const holds = await signatureHolds(scheme, responder.publicKeyInfo, response.tbs, response.signature);
  return holds ? undefined : certificateError('OCSP_SIGNATURE_INVALID', 'by the key of the responder');
};
