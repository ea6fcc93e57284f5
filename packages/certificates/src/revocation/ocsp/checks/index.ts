import type { CertificateError } from '../../../errors.js';
import type { AnswerCheck, AnswerUnderCheck } from './check.js';
import { criticalExtensionCheck } from './extensions.js';
import { freshCheck, notFromTheFutureCheck, producedAfterKnownCheck } from './time.js';

const checks: ReadonlyArray<AnswerCheck> = [
  criticalExtensionCheck,
  notFromTheFutureCheck,
  producedAfterKnownCheck,
  freshCheck,
];

/** The first rule that the answer breaks. */
export const answerFault = (context: AnswerUnderCheck): CertificateError | undefined => {
  for (const check of checks) {
    const fault = check(context);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
