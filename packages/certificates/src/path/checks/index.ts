import type { CertificateError } from '../../errors.js';
import { caCheck, pathLengthCheck } from './basic-constraints.js';
import type { PathCheck, PathUnderCheck } from './check.js';
import { constraintCheck, criticalExtensionCheck } from './extensions.js';
import { keyUsageCheck } from './key-usage.js';
import { validityCheck } from './validity.js';

/** Structure before time: a forged path is called forged, even when it has expired as well. */
const checks: ReadonlyArray<PathCheck> = [
  caCheck,
  pathLengthCheck,
  keyUsageCheck,
  constraintCheck,
  criticalExtensionCheck,
  validityCheck,
];

/** The first rule that the path breaks. */
export const firstFault = (context: PathUnderCheck): CertificateError | undefined => {
  for (const check of checks) {
    const fault = check(context);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
