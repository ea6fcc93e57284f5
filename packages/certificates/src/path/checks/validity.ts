import { certificateError } from '../../errors.js';
import { belowAnchor, nameOf, type PathCheck } from './check.js';

/**
 * Validity at the time given (RFC 5280 6.1.3 a 2). Both ends belong to the period, and notAfter names a whole
 * second: 15:59:59.999Z is still the last moment of a Taipei day.
 */
export const validityCheck: PathCheck = (context) => {
  const second = Math.floor(context.at / 1000) * 1000;
  for (const [index, certificate] of belowAnchor(context).entries()) {
    const who = index === 0 ? 'CERTIFICATE' : 'ISSUER';
    if (second < certificate.notBefore) {
      return certificateError(`${who}_NOT_YET_VALID`, `${nameOf(certificate)} begins later`);
    }
    if (second > certificate.notAfter) {
      return certificateError(`${who}_EXPIRED`, `${nameOf(certificate)} has ended`);
    }
  }
  return undefined;
};
