/**
 * Which certificate of a holder ended another one, by the rules of its CA.
 *
 * @packageDocumentation
 */
import { sameCertificate } from '../credential/credential.js';
import type { Instant } from '../values/index.js';
import type { RulesOfCas } from './ca-rules.js';
import type { KnownCertificate } from './certificate.js';
import { successionOf } from './succession.js';

/** A certificate, and since when it is known to be this holder's. */
export interface HeldKnown extends KnownCertificate {
  /**
   * When it was shown to the register, or issued where the CA tells it. This and no date inside a certificate orders
   * two cards.
   */
  readonly knownFrom: Instant;
}

export interface Superseded<C extends HeldKnown = HeldKnown> {
  readonly by: C;
  /** From when on both were known. */
  readonly since: Instant;
  /** The rule is a guess: nothing is known of this CA. */
  readonly uncertain: boolean;
}

const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** Whether `other` ended `certificate`: of one card it ends later; of two it came later, where a new card voids the old. */
const ended = (certificate: HeldKnown, other: HeldKnown, rules: RulesOfCas): boolean => {
  if (certificate.ca !== other.ca || sameCertificate(certificate, other)) return false;
  const { newer } = successionOf(certificate, other);
  if (newer !== null) return newer === 'second';
  // Two certificates of one card with one end: neither follows the other.
  if (certificate.card !== null && certificate.card === other.card) return false;
  return rules[certificate.ca].oldCard === 'voided' && other.knownFrom > certificate.knownFrom;
};

/** What ended a certificate first, `null` where nothing did. `others` are certificates of the same holder, in any order. */
export const supersededBy = <C extends HeldKnown>(
  certificate: HeldKnown,
  others: ReadonlyArray<C>,
  rules: RulesOfCas,
): Superseded<C> | null => {
  let first: Superseded<C> | null = null;
  for (const other of others) {
    if (!ended(certificate, other, rules)) continue;
    const since = laterOf(certificate.knownFrom, other.knownFrom);
    const isFirst =
      first === null || since < first.since || (since === first.since && other.serial < first.by.serial);
    if (!isFirst) continue;
    const uncertain = certificate.card !== other.card && rules[certificate.ca].uncertain.includes('oldCard');
    first = { by: other, since, uncertain };
  }
  return first;
};
