import { isSelfIssued } from '../../certificate.js';
import { certificateError } from '../../errors.js';
import { intermediates, nameOf, type PathCheck } from './check.js';

/** Every issuer below the anchor is a CA by its basic constraints (RFC 5280 6.1.4 k). */
export const caCheck: PathCheck = (context) => {
  const impostor = intermediates(context).find(({ basicConstraints }) => basicConstraints?.ca !== true);
  return impostor && certificateError('ISSUER_NOT_CA', nameOf(impostor));
};

/** No more CA certificates below an issuer than it allows; self-issued ones do not count (RFC 5280 6.1.4 l, m). */
export const pathLengthCheck: PathCheck = (context) => {
  let below = 0;
  for (const certificate of intermediates(context)) {
    const allowed = certificate.basicConstraints?.pathLength;
    if (allowed !== undefined && below > allowed) {
      return certificateError(
        'PATH_LENGTH_EXCEEDED',
        `${nameOf(certificate)} allows ${allowed}, has ${below}`,
      );
    }
    if (!isSelfIssued(certificate)) below += 1;
  }
  return undefined;
};
