import type { Certificate } from '../../certificate.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../../errors.js';

/** What broke a rule, and where. */
export interface PathFault {
  readonly certificate: Certificate;
  readonly error: CertificateError;
}

/** How a detail names a certificate: enough to find it, nothing personal. */
export const nameOf = (certificate: Certificate): string => certificate.fingerprint.slice(0, 16);

/** A fault of one certificate; `what` says what is wrong with it. */
export const faultOf = (certificate: Certificate, code: CertificateErrorCode, what: string): PathFault => ({
  certificate,
  error: certificateError(code, `${nameOf(certificate)}: ${what}`),
});
