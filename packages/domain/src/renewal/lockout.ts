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
import { type HeldKnown, type Superseded, supersededBy } from './supersession.js';
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

/** What happens first, and when: cheap, since a forecast asks it of everybody. */
export interface Happening {
  readonly cause: LockoutCause;
  /** The first instant at which the certificate is of no use. */
  readonly at: Instant;
  readonly superseded: Superseded | null;
}

/** What there is to do about it. */
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

// -------------------------------------------------------------------------------------
// what happens first
// -------------------------------------------------------------------------------------

/** The time for opening a card that nobody opened in it. */
const missedWindow = (certificate: ForecastCertificate, rules: RulesOfCas): DayPeriod | null => {
  const { activation = null, ca } = certificate;
  const window = activation === null ? null : activationWindow(activation, rules[ca]);
  if (activation === null || window === null) return null;
  const { activatedAt } = activation;
  return activatedAt !== null && activatedAt <= outFrom(window.closesAt) ? null : window;
};

/**
 * The first that happens to a certificate; of two at one instant, a later card before a missed opening before its end.
 * `known` are certificates of the same person.
 */
export const firstHappening = (
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): Happening => {
  const missed = missedWindow(certificate, rules);
  const superseded = supersededBy(certificate, known, rules);
  let first: Happening = { cause: 'expiry', at: outFrom(certificate.notAfter), superseded: null };
  if (missed !== null && outFrom(missed.closesAt) <= first.at) {
    first = { cause: 'activationOverdue', at: outFrom(missed.closesAt), superseded: null };
  }
  if (superseded !== null && superseded.since <= first.at) {
    first = { cause: 'superseded', at: superseded.since, superseded };
  }
  return first;
};

// -------------------------------------------------------------------------------------
// what there is to do
// -------------------------------------------------------------------------------------

type Mend = Pick<OutCause, 'remedy' | 'window' | 'uncertain'>;

const byOldCard = (certificate: ForecastCertificate, { reissue }: CaRules): DayPeriod | null =>
  reissue === null || reissue.afterEnd
    ? null
    : windowOf(daysBefore(lastDay(certificate), reissue.opensDaysBefore), lastDay(certificate));

/** A card of which an earlier certificate is known was extended already. */
const renewalsOf = (certificate: ForecastCertificate, known: ReadonlyArray<HeldKnown>): number => {
  const earlier = known.filter((other) => successionOf(certificate, other).newer === 'first');
  return Math.max(certificate.renewals ?? 0, earlier.length);
};

const afterExpiry = (
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): Mend => {
  const renewal = renewalOf(certificate, { renewals: renewalsOf(certificate, known), rules });
  const ofCa = rules[certificate.ca];
  if (E.isLeft(renewal)) {
    const uncertain = ofCa.uncertain.includes('renewal') || ofCa.uncertain.includes('reissue');
    return { remedy: 'newCard', window: byOldCard(certificate, ofCa), uncertain };
  }
  const { opens, closes, opensAt, closesAt } = renewal.right;
  const window = { opens, closes, opensAt, closesAt };
  return { remedy: 'renew', window, uncertain: ofCa.uncertain.includes('renewal') };
};

const mendOf = (
  { cause, superseded }: Happening,
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): Mend => {
  switch (cause) {
    case 'expiry':
      return afterExpiry(certificate, known, rules);
    case 'activationOverdue': {
      const uncertain = rules[certificate.ca].uncertain.includes('activation');
      return { remedy: 'open', window: missedWindow(certificate, rules), uncertain };
    }
    case 'superseded':
      return { remedy: 'enterNew', window: null, uncertain: superseded?.uncertain === true };
  }
};

/** A happening with what there is to do about it. */
export const causeOf = (
  happening: Happening,
  certificate: ForecastCertificate,
  known: ReadonlyArray<HeldKnown>,
  rules: RulesOfCas,
): OutCause => {
  const { cause, at, superseded } = happening;
  const by = superseded === null ? null : { ca: superseded.by.ca, serial: superseded.by.serial };
  return { cause, at, supersededBy: by, ...mendOf(happening, certificate, known, rules) };
};
