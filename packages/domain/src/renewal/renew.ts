/**
 * Whether a certificate may be extended now (MOICA-5…8).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import type { Instant } from '../values/index.js';
import { gpkiCaRules, type RulesOfCas } from './ca-rules.js';
import { type KnownCertificate, outFrom } from './certificate.js';
import { exceedsLongest, type RenewalWindow, renewalWindow } from './window.js';

/** What is known of a card beside its certificate. */
export interface RenewalFacts {
  /** How often this card was extended already, as far as somebody knows; the length of the certificate tells it too. */
  readonly renewals?: number;
  readonly rules?: RulesOfCas;
}

/**
 * The window of a card that can be extended, now or later or no more; or why it never can be: `RENEWAL_NOT_OFFERED` (by its
 * CA), `RENEWAL_ALREADY_USED` (once for a card), `RENEWAL_MAXIMUM_REACHED` (eight years in all). Such a card is
 * replaced (換卡).
 */
export const renewalOf = (
  certificate: KnownCertificate,
  { renewals = 0, rules = gpkiCaRules }: RenewalFacts = {},
): E.Either<RegisterError, RenewalWindow> => {
  const { ca } = certificate;
  const rule = rules[ca].renewal;
  if (rule === null) return E.left(registerError('RENEWAL_NOT_OFFERED', { ca }));
  if (renewals >= rule.times) return E.left(registerError('RENEWAL_ALREADY_USED', { ca }));
  if (exceedsLongest(certificate, rule)) return E.left(registerError('RENEWAL_MAXIMUM_REACHED', { ca }));
  return E.right(renewalWindow(certificate, rule));
};

/** {@link renewalOf} at an instant: also `RENEWAL_TOO_EARLY` and `RENEWAL_TOO_LATE`. */
export const mayRenew = (
  certificate: KnownCertificate,
  at: Instant,
  facts: RenewalFacts = {},
): E.Either<RegisterError, RenewalWindow> =>
  E.chain((window: RenewalWindow): E.Either<RegisterError, RenewalWindow> => {
    const { ca, notBefore } = certificate;
    if (at < window.opensAt || at < notBefore) return E.left(registerError('RENEWAL_TOO_EARLY', { ca }));
    if (at >= outFrom(window.closesAt)) return E.left(registerError('RENEWAL_TOO_LATE', { ca }));
    return E.right(window);
  })(renewalOf(certificate, facts));
