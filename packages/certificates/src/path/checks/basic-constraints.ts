import { isSelfIssued } from '../../certificate.js';
import { intermediates, type PathRule } from './check.js';
import { faultOf } from './fault.js';

/** Every issuer below the anchor is a CA by its basic constraints (RFC 5280 6.1.4 k). */
export const caRule: PathRule = {
  check: 'basicConstraints',
  source: 'RFC 5280 6.1.4 (k)',
  subjects: intermediates,
  fault: (context) => {
    const impostor = intermediates(context).find(({ basicConstraints }) => basicConstraints?.ca !== true);
    return impostor && faultOf(impostor, 'ISSUER_NOT_CA', 'not a CA');
  },
};

/** No more CA certificates below an issuer than it allows; self-issued ones do not count (RFC 5280 6.1.4 l, m). */
export const pathLengthRule: PathRule = {
  check: 'pathLength',
  source: 'RFC 5280 6.1.4 (l) (m)',
  subjects: intermediates,
  fault: (context) => {
    let below = 0;
    for (const certificate of intermediates(context)) {
      const allowed = certificate.basicConstraints?.pathLength;
      if (allowed !== undefined && below > allowed) {
        return faultOf(certificate, 'PATH_LENGTH_EXCEEDED', `allows ${allowed} below, has ${below}`);
      }
      if (!isSelfIssued(certificate)) below += 1;
    }
    return undefined;
  },
};
