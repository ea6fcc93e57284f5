/**
 * 開卡: a new card must be opened within 90 days of its issue, or it is suspended (X-4, GEPI-10).
 *
 * @packageDocumentation
 */
import { fromPlainDate, type Instant, taipeiDate, toPlainDate } from '../values/index.js';
import type { CaRules } from './ca-rules.js';
import { outFrom } from './certificate.js';
import { type DayPeriod, windowOf } from './window.js';

/** What is known of a card's opening. Neither stands in a certificate. */
export interface Activation {
  readonly issuedAt: Instant;
  /** `null`: it was not opened yet. */
  readonly activatedAt: Instant | null;
}

export type ActivationState = 'activated' | 'notActivated' | 'activationOverdue';

/**
 * From the day of issue to the ninetieth day after it: the first day of a period of days does not count (民法 120).
 * `null` where the CA has no such rule.
 */
export const activationWindow = ({ issuedAt }: Activation, rules: CaRules): DayPeriod | null => {
  if (rules.activationDays === null) return null;
  const issued = taipeiDate(issuedAt);
  return windowOf(issued, fromPlainDate(toPlainDate(issued).add({ days: rules.activationDays })));
};

/**
 * How a card stands at an instant. A card that was opened after its last day had been released by the CA before, so it
 * counts as opened.
 */
export const activationState = (activation: Activation, at: Instant, rules: CaRules): ActivationState => {
  const { activatedAt } = activation;
  if (activatedAt !== null && activatedAt <= at) return 'activated';
  const window = activationWindow(activation, rules);
  if (window === null) return 'activated';
  return at >= outFrom(window.closesAt) ? 'activationOverdue' : 'notActivated';
};
