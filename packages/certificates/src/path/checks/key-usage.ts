import { intermediates, type PathRule } from './check.js';
import { faultOf } from './fault.js';

/** An issuer that says what its key is for must say keyCertSign (RFC 5280 6.1.4 n). */
export const keyUsageRule: PathRule = {
  check: 'keyUsage',
  source: 'RFC 5280 6.1.4 (n)',
  subjects: intermediates,
  fault: (context) => {
    const other = intermediates(context).find(({ keyUsage }) => keyUsage && !keyUsage.has('keyCertSign'));
    return other && faultOf(other, 'ISSUER_MAY_NOT_SIGN', 'its key is for something else');
  },
};
