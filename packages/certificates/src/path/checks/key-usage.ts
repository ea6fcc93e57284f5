import { certificateError } from '../../errors.js';
import { intermediates, nameOf, type PathCheck } from './check.js';

/** An issuer that says what its key is for must say keyCertSign (RFC 5280 6.1.4 n). */
export const keyUsageCheck: PathCheck = (context) => {
  const other = intermediates(context).find(({ keyUsage }) => keyUsage && !keyUsage.has('keyCertSign'));
  return other && certificateError('ISSUER_MAY_NOT_SIGN', nameOf(other));
};
