import { belowAnchor, type PathRule } from './check.js';
import { faultOf } from './fault.js';

/**
 * Validity at the time given (RFC 5280 6.1.3 a 2). Both ends belong to the period, and notAfter names a whole
 * second: 15:59:59.999Z is still the last moment of a Taipei day.
 */
export const validityRule: PathRule = {
  check: 'validity',
  source: 'RFC 5280 6.1.3 (a)(2)',
  subjects: belowAnchor,
  fault: (context) => {
    const second = Math.floor(context.at / 1000) * 1000;
    for (const [index, certificate] of belowAnchor(context).entries()) {
      const who = index === 0 ? 'CERTIFICATE' : 'ISSUER';
      if (second < certificate.notBefore) return faultOf(certificate, `${who}_NOT_YET_VALID`, 'begins later');
      if (second > certificate.notAfter) return faultOf(certificate, `${who}_EXPIRED`, 'has ended');
    }
    return undefined;
  },
};
