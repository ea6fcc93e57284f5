/**
 * When a certificate on record stops letting its holder in, and why.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Role } from '../policy/policy.js';
import type { Instant } from '../values/index.js';
import { type Activation, activationWindow } from './activation.js';
import type { CaRules, RulesOfCas } from './ca-rules.js';
import { lastDay, outFrom } from './certificate.js';
import { renewalOf } from './renew.js';
import { successionOf } from './succession.js';
import { type HeldKnown, supersededBy } from './supersession.js';
import { type DayPeriod, daysBefore, windowOf } from './window.js';

/** A certificate on record, as a list of certificates supplies it. */
export interface ForecastCertificate extends HeldKnown {
  /** How often the card was extended, where somebody knows. Certificates of the same card tell it too. */
  readonly renewals?: number;
  readonly activation?: Activation | null;
}

/** Somebody with a certificate on record. */
export interface ForecastHolder {
  readonly agencyCode: string;
  readonly holder: Role;
  /** Id of the clerk, `null` for agency and manager. */
  readonly clerk: string | null;
  /** Pseudonym, `null` for an agency. */
  readonly person: string | null;
  /** `null` where nobody has seen it: its serial was typed by hand, and when it ends is not known. */
  readonly certificate: ForecastCertificate | null;
}

/**
 * - `expiry`: its period ends;
 * - `activationOverdue`: the card was not opened (開卡) in time;
 * - `superseded`: the same person has shown a later certificate or card since, here or at another agency.
 */
export type LockoutCause = 'expiry' | 'activationOverdue' | 'superseded';

/**
 * - `renew`: 展期; - `newCard`: 換卡; - `open`: 開卡; - `enterNew`: the new certificate is there and must be put on record.
 */
export type Remedy = 'renew' | 'newCard' | 'open' | 'enterNew';

export interface OutCause {
  readonly cause: LockoutCause;
  /** The first instant at which the certificate is of no use. */
  readonly at: Instant;
  readonly supersededBy: { readonly ca: string; readonly serial: string } | null;
  readonly remedy: Remedy;
  /** When the remedy can be had; `null`: at any time, or not known. */
  readonly window: DayPeriod | null;
  /** It rests on a rule that is a guess for this CA. */
  readonly uncertain: boolean;
}

const byOldCard = (certificate: ForecastCertificate, { reissue }: CaRules): DayPeriod | null =>
  reissue === null || reissue.afterEnd
    ? null
    : windowOf(daysBefore(lastDay(certificate), reissue.opensDaysBefore), lastDay(certificate));

/** A card of which an earlier certificate is known was extended already. */
const renewalsOf = (certificate: ForecastCertificate, known: ReadonlyArray<HeldKnown>): number => {
  const earlier = known.filter((other) => successionOf(certificate, other).newer === 'first');
  return Math.max(certificate.renewals ?? 0, earlier.length);
};

const expiry = (
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): OutCause => {
  const at = outFrom(certificate.notAfter);
  const common = { cause: 'expiry', at, supersededBy: null } as const;
  const renewal = renewalOf(certificate, { renewals: renewalsOf(certificate, known), rules });
  const ofCa = rules[certificate.ca];
  if (E.isLeft(renewal)) {
    const uncertain = ofCa.uncertain.includes('renewal') || ofCa.uncertain.includes('reissue');
    return { ...common, remedy: 'newCard', window: byOldCard(certificate, ofCa), uncertain };
  }
  const { opens, closes, opensAt, closesAt } = renewal.right;
  const window = { opens, closes, opensAt, closesAt };
  return { ...common, remedy: 'renew', window, uncertain: ofCa.uncertain.includes('renewal') };
};

const overdue = ({ ca, activation }: ForecastCertificate, rules: RulesOfCas): ReadonlyArray<OutCause> => {
  if (activation === undefined || activation === null) return [];
  const window = activationWindow(activation, rules[ca]);
  if (window === null) return [];
  const at = outFrom(window.closesAt);
  const { activatedAt } = activation;
  if (activatedAt !== null && activatedAt <= at) return [];
  const uncertain = rules[ca].uncertain.includes('activation');
  return [{ cause: 'activationOverdue', at, supersededBy: null, remedy: 'open', window, uncertain }];
};

const superseded = (
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): ReadonlyArray<OutCause> => {
  const found = supersededBy(certificate, known, rules);
  if (found === null) return [];
  const { ca, serial } = found.by;
  return [
    {
      cause: 'superseded',
      at: found.since,
      supersededBy: { ca, serial },
      remedy: 'enterNew',
      window: null,
      uncertain: found.uncertain,
    },
  ];
};

/** The first that happens; at one instant, in the order of {@link LockoutCause} read from its end. `known`: of the same person. */
export const firstCause = (
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): OutCause =>
  [...superseded(certificate, known, rules), ...overdue(certificate, rules)].reduceRight(
    (first, cause) => (cause.at <= first.at ? cause : first),
    expiry(certificate, known, rules),
  );
