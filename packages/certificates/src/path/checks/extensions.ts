import { extensionOids } from '../../certificate.js';
import { certificateError } from '../../errors.js';
import { belowAnchor, nameOf, type PathCheck } from './check.js';

/** Critical extensions whose meaning is obeyed here or in the profile that the caller demands. */
const obeyed: ReadonlySet<string> = new Set([
  extensionOids.basicConstraints,
  extensionOids.keyUsage,
  extensionOids.certificatePolicies,
]);

/**
 * Constraints that narrow what a path may prove. They are not evaluated yet, so a path that has one proves
 * nothing, critical or not: to ignore a limit would be to exceed it.
 */
const narrowing: ReadonlySet<string> = new Set([
  extensionOids.nameConstraints,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.inhibitAnyPolicy,
]);

/** No path with a constraint that is not evaluated (RFC 5280 6.1.4 a, b, g, i, j). */
export const constraintCheck: PathCheck = (context) => {
  for (const certificate of belowAnchor(context)) {
    const found = certificate.extensions.find(({ oid }) => narrowing.has(oid));
    if (found) return certificateError('CONSTRAINT_NOT_SUPPORTED', `${found.oid} in ${nameOf(certificate)}`);
  }
  return undefined;
};

/** No critical extension that this package does not obey (RFC 5280 6.1.4 o, 6.1.5 f). */
export const criticalExtensionCheck: PathCheck = (context) => {
  for (const certificate of belowAnchor(context)) {
    const unknown = certificate.extensions.find(({ critical, oid }) => critical && !obeyed.has(oid));
    if (unknown)
      return certificateError('CRITICAL_EXTENSION_UNKNOWN', `${unknown.oid} in ${nameOf(certificate)}`);
  }
  return undefined;
};
