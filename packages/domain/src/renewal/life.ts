/**
 * Where a certificate stands in its life (MOICA-8).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Instant } from '../values/index.js';
import { type Activation, activationState } from './activation.js';
import { gpkiCaRules } from './ca-rules.js';
import { type KnownCertificate, outFrom } from './certificate.js';
import { mayRenew, type RenewalFacts } from './renew.js';

/**
 * - `notYetValid`: its period has not begun;
 * - `notActivated`, `activationOverdue`: within its period, and the card is not opened (開卡), or was not in time;
 * - `valid`: by its dates; whether it was revoked is not told by them;
 * - `expiredRenewable`: of no use now, and 展期 would bring it back;
 * - `dead`: its period is over for good.
 */
export type LifeState =
  | 'notYetValid'
  | 'notActivated'
  | 'activationOverdue'
  | 'valid'
  | 'expiredRenewable'
  | 'dead';

/** What is known of a card beside its certificate; without `activation` it is taken to be opened. */
export interface LifeFacts extends RenewalFacts {
  readonly activation?: Activation | null;
}

const withinPeriod = (
  certificate: KnownCertificate,
  at: Instant,
  { activation, rules = gpkiCaRules }: LifeFacts,
): LifeState => {
  if (activation === undefined || activation === null) return 'valid';
  const state = activationState(activation, at, rules[certificate.ca]);
  return state === 'activated' ? 'valid' : state;
};

/** Exactly one state for every instant; only `valid` opens doors. */
export const lifeStateAt = (certificate: KnownCertificate, at: Instant, facts: LifeFacts = {}): LifeState => {
  if (at < certificate.notBefore) return 'notYetValid';
  if (at < outFrom(certificate.notAfter)) return withinPeriod(certificate, at, facts);
  return E.isRight(mayRenew(certificate, at, facts)) ? 'expiredRenewable' : 'dead';
};
