import type { CertificateError } from '../../../errors.js';
import type { RevocationQuestion } from '../../source.js';
import type { OcspResponse, SingleAnswer } from '../response.js';

/** An answer whose signature has been checked, and its one entry for the certificate. Times in milliseconds. */
export interface AnswerUnderCheck {
  readonly response: OcspResponse;
  readonly answer: SingleAnswer;
  readonly question: RevocationQuestion;
  readonly at: number;
  readonly skew: number;
  /** For an answer without nextUpdate. */
  readonly maxAge: number;
}

/** One rule: what breaks it, or undefined when it is kept. */
export type AnswerCheck = (context: AnswerUnderCheck) => CertificateError | undefined;
