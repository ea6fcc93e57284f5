import { equalBytes } from '../../../bytes.js';
import { nonceIn } from '../../../der/ocsp-nonce.js';
import { type CertificateError, certificateError } from '../../../errors.js';
import type { OcspResponse } from '../response.js';

/** The answer is the answer to this request: it has the same nonce (RFC 6960 4.4.1, RFC 8954). */
export const nonceFault = (
  response: OcspResponse,
  asked: Uint8Array | undefined,
  demand: 'required' | 'optional',
): CertificateError | undefined => {
  if (asked === undefined) return undefined;
  const echoed = nonceIn(response.extensions);
  if (echoed === undefined) {
    return demand === 'optional' ? undefined : certificateError('OCSP_NONCE_MISMATCH', 'no nonce');
  }
  return echoed.length > 0 && equalBytes(echoed, asked)
    ? undefined
    : certificateError('OCSP_NONCE_MISMATCH', 'another nonce');
};
