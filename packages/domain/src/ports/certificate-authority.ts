/**
 * A CA that extends certificates (展期), however it is spoken to.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { DependencyFault } from './faults.js';

/** What is asked: that the certificate on a card be followed by another one. */
export interface RenewalQuestion {
  /** PKCS#10 in DER, signed by the key of the certificate that is to be followed. The same one when it is asked again. */
  readonly request: Uint8Array;
  /** DER of that certificate. */
  readonly current: Uint8Array;
}

/**
 * - `Issued`: DER of a certificate. What it says is for whoever asked to check;
 * - `Pending`: not decided yet. The same request is sent again, not earlier than after so many seconds;
 * - `Refused`: the CA said no. `detail` is English and technical, for operators.
 */
export type RenewalAnswer =
  | { readonly _tag: 'Issued'; readonly certificate: Uint8Array }
  | { readonly _tag: 'Pending'; readonly retryAfterSeconds: number }
  | { readonly _tag: 'Refused'; readonly detail: string };

export interface CertificateAuthority {
  /**
   * A fault (`dependency: 'certificateAuthority'`) leaves open whether the CA had the request, and so whether it issued; it
   * is asked again with the same one.
   */
  readonly renew: (question: RenewalQuestion) => TaskEither<DependencyFault, RenewalAnswer>;
}
