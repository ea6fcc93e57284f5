/**
 * Which certificates of a holder can be used, and why the others cannot.
 *
 * This is what the CA lets a card do. The register is stricter: a certificate that was replaced there stays out, also
 * where its CA lets the old card live on.
 *
 * @packageDocumentation
 */
import type { RegisterErrorCode } from '../errors.js';
import type { Instant } from '../values/index.js';
import type { Activation } from './activation.js';
import { gpkiCaRules, type RulesOfCas } from './ca-rules.js';
import { type LifeState, lifeStateAt } from './life.js';
import { type HeldKnown, supersededBy } from './supersession.js';

/** A card of a holder. */
export interface HeldCard extends HeldKnown {
  readonly activation?: Activation | null;
}

export interface Usability<C extends HeldCard = HeldCard> {
  readonly certificate: C;
  /** Why not: a code with texts for people; `null` where it can be used. */
  readonly code: UnusableCode | null;
  /** The certificate that took its place, where that is why. */
  readonly supersededBy: C | null;
  /** It rests on a rule that is a guess for this CA. */
  readonly uncertain: boolean;
}

export type UnusableCode = Extract<
  RegisterErrorCode,
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_ACTIVATED'
  | 'CARD_ACTIVATION_OVERDUE'
  | 'CERTIFICATE_SUPERSEDED'
>;

const codeOf: Readonly<Record<LifeState, UnusableCode | null>> = {
  notYetValid: 'CERTIFICATE_NOT_YET_VALID',
  notActivated: 'CERTIFICATE_NOT_ACTIVATED',
  activationOverdue: 'CARD_ACTIVATION_OVERDUE',
  valid: null,
  expiredRenewable: 'CERTIFICATE_EXPIRED',
  dead: 'CERTIFICATE_EXPIRED',
};

const usabilityOf = <C extends HeldCard>(
  certificate: C,
  held: ReadonlyArray<C>,
  at: Instant,
  rules: RulesOfCas,
): Usability<C> => {
  const { activation = null } = certificate;
  const code = codeOf[lifeStateAt(certificate, at, { activation, rules })];
  const known = held.filter((other) => other.knownFrom <= at);
  const superseded = code === null ? supersededBy(certificate, known, rules) : null;
  if (superseded === null) return { certificate, code, supersededBy: null, uncertain: false };
  return {
    certificate,
    code: 'CERTIFICATE_SUPERSEDED',
    supersededBy: superseded.by,
    uncertain: superseded.uncertain,
  };
};

/** One answer for each certificate of one holder, in the order given; the order decides nothing. */
export const usableAt = <C extends HeldCard>(
  held: ReadonlyArray<C>,
  at: Instant,
  rules: RulesOfCas = gpkiCaRules,
): ReadonlyArray<Usability<C>> => held.map((certificate) => usabilityOf(certificate, held, at, rules));
