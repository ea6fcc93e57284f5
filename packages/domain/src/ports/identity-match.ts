/**
 * Whether a typed national ID is that of a citizen certificate's holder.
 *
 * The certificate shows the last four characters only; the full match is a service of the Interior
 * Ministry (ICSC, docs/gpki.md 8). Without one, `last4` is recorded as the level of proof.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DependencyFault } from './faults.js';

export interface IdentityQuestion {
  /** Normal form, ten characters. */
  readonly nationalId: string;
  /** The 16 digits of the certificate's subject. */
  readonly subjectSerialNumber: string | undefined;
  readonly last4: string | undefined;
}

/**
 * `notActivated`: the pair fits, but the card has not been opened (開卡) yet (GEPI-10). `unsupported`: this match cannot
 * tell more than the last four characters; the register compares those itself.
 */
export type IdentityAnswer = 'match' | 'mismatch' | 'notActivated' | 'unsupported';

export interface IdentityMatch {
  readonly match: (question: IdentityQuestion) => TaskEither<DependencyFault, IdentityAnswer>;
}
