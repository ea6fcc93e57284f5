import { type Certificate, extensionOids } from '../../certificate.js';
import { belowAnchor, type PathRule } from './check.js';
import { faultOf } from './fault.js';

/** Critical extensions whose meaning is obeyed by the rules beside this one. */
const obeyed: ReadonlySet<string> = new Set([
  extensionOids.basicConstraints,
  extensionOids.keyUsage,
  extensionOids.extKeyUsage,
  extensionOids.subjectAltName,
  extensionOids.nameConstraints,
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.inhibitAnyPolicy,
]);

const unknownIn = ({ extensions }: Certificate) =>
  extensions.find(({ critical, oid }) => critical && !obeyed.has(oid));

/** No critical extension that this package does not obey (RFC 5280 6.1.4 o, 6.1.5 f). */
export const criticalExtensionRule: PathRule = {
  check: 'criticalExtensions',
  source: 'RFC 5280 6.1.4 (o), 6.1.5 (f)',
  subjects: belowAnchor,
  fault: (context) => {
    for (const certificate of belowAnchor(context)) {
      const unknown = unknownIn(certificate);
      if (unknown) return faultOf(certificate, 'CRITICAL_EXTENSION_UNKNOWN', unknown.oid);
    }
    return undefined;
  },
};
