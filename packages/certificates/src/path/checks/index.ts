import type { CertificateError } from '../../errors.js';
import { type CheckResult, passedCheck, refusedCheck } from '../../report.js';
import { caRule, pathLengthRule } from './basic-constraints.js';
import type { PathRule, PathUnderCheck } from './check.js';
import { extendedKeyUsageRule } from './extended-key-usage.js';
import { criticalExtensionRule } from './extensions.js';
import { keyUsageRule } from './key-usage.js';
import { nameConstraintsRule } from './name-constraints.js';
import { policiesRule } from './policies.js';
import { validityRule } from './validity.js';

/**
 * Structure before time, and time before policies: a forged path is called forged even when it has expired as well,
 * and an expired card expired, whatever its policy was.
 */
const rules: ReadonlyArray<PathRule> = [
  caRule,
  pathLengthRule,
  keyUsageRule,
  criticalExtensionRule,
  nameConstraintsRule,
  extendedKeyUsageRule,
  validityRule,
  policiesRule,
];

export interface PathVerdict {
  readonly checks: ReadonlyArray<CheckResult>;
  /** The fault of the first rule that is broken; undefined when all are kept. */
  readonly error: CertificateError | undefined;
  /** Rules kept before the first that is broken: how close the path came. */
  readonly kept: number;
}

/** Every rule is applied, so that a report tells all that is wrong; each stops at the first certificate that breaks it. */
export const judge = (context: PathUnderCheck): PathVerdict => {
  const checks: CheckResult[] = [];
  let error: CertificateError | undefined;
  let kept = 0;
  for (const { check, source, subjects, fault: faultIn } of rules) {
    const fault = faultIn(context);
    for (const certificate of subjects(context)) {
      const subject = certificate.fingerprint;
      if (fault?.certificate === certificate) {
        checks.push(refusedCheck(check, subject, source, fault.error));
        break;
      }
      checks.push(passedCheck(check, subject, source));
    }
    error ??= fault?.error;
    if (error === undefined) kept += 1;
  }
  return { checks, error, kept };
};
