/**
 * A certificate as far as its life goes: whose card, from when, until when.
 *
 * @packageDocumentation
 */
import type { CaName } from '../credential/credential.js';
import { fromEpochMs, type Instant, type RocDate, taipeiDate, toEpochMs } from '../values/index.js';

/** What is known of a certificate. Times are its own, UTC; a `SeenCredential` is one. */
export interface KnownCertificate {
  readonly ca: CaName;
  /** As a normal form (hex without leading zeros). With `ca` the identity of the certificate, and of nothing else. */
  readonly serial: string;
  /** The card number or its pseudonym; `null` where the card did not tell it. */
  readonly card: string | null;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
}

/**
 * The first instant at which a certificate counts no more. `notAfter` names a whole second that still belongs to its
 * period (RFC 5280 4.1.2.5): after 15:59:59Z comes 16:00:00Z, midnight in Taipei.
 */
export const outFrom = (notAfter: Instant): Instant =>
  fromEpochMs((Math.floor(toEpochMs(notAfter) / 1000) + 1) * 1000);

/** The last day of a certificate, as it is printed in Taiwan (MOICA-5). */
export const lastDay = ({ notAfter }: { readonly notAfter: Instant }): RocDate => taipeiDate(notAfter);
