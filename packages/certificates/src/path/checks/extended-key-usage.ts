import { type Certificate, extensionOids } from '../../certificate.js';
import { downwards, type PathRule } from './check.js';
import { faultOf } from './fault.js';

const anyPurpose = '2.5.29.37.0';

const insistsOnPurposes = ({ extensions }: Certificate): boolean =>
  extensions.some(({ oid, critical }) => critical && oid === extensionOids.extKeyUsage);

/**
 * One wanted purpose is left by every certificate of the path that states purposes (RFC 5280 4.2.1.12). An issuer's are
 * taken as a limit for what is below it, as web browsers and openssl do: a CA for servers proves no person.
 */
export const extendedKeyUsageRule: PathRule = {
  check: 'extendedKeyUsage',
  source: 'RFC 5280 4.2.1.12',
  subjects: downwards,
  fault: (context) => {
    let wanted = context.demands.purposes;
    for (const certificate of downwards(context)) {
      const stated = certificate.extKeyUsage;
      if (stated === undefined || stated.includes(anyPurpose)) continue;
      wanted = wanted?.filter((purpose) => stated.includes(purpose));
      if (wanted === undefined ? insistsOnPurposes(certificate) : wanted.length === 0) {
        return faultOf(certificate, 'EXTENDED_KEY_USAGE_NOT_ACCEPTED', `is for ${stated.join(' ')}`);
      }
    }
    return undefined;
  },
};
