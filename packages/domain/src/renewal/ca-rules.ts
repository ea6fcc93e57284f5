/**
 * What each CA does with cards at the end of their lives, as data (docs/certificate-life.md).
 *
 * @packageDocumentation
 */
import type { CaName } from '../credential/credential.js';

/** 展期: the same card gets a certificate with a later end. */
export interface RenewalRule {
  /** Days before the last day from which on it can be asked for. */
  readonly opensDaysBefore: number;
  /** Years after the last day until which it can be asked for: an expired certificate can come back (MOICA-8). */
  readonly closesYearsAfter: number;
  /** Years by which the last day moves, from where it was and not from the day of asking (MOICA-7). */
  readonly addsYears: number;
  /** How often for one card. */
  readonly times: number;
  /** Years that the certificates of one card last in all. */
  readonly longestYears: number;
}

/** 換發: a new card in exchange for the old one, asked for with the old one. */
export interface ReissueRule {
  readonly opensDaysBefore: number;
  /** Whether it can be had after the old card's end. Where not, the holder applies as if for the first time. */
  readonly afterEnd: boolean;
}

/** Which rules of a CA are taken to hold because nothing is known, or were seen once. */
export type UncertainRule = 'oldCard' | 'renewal' | 'reissue' | 'activation';

export interface CaRules {
  /** What becomes of the old card when a new one is issued. */
  readonly oldCard: 'untilItsEnd' | 'voided';
  /** `null`: there is no 展期. */
  readonly renewal: RenewalRule | null;
  /** `null`: not known. */
  readonly reissue: ReissueRule | null;
  /** Days from issue within which a card must be opened (開卡); `null`: no such rule is known. */
  readonly activationDays: number | null;
  readonly uncertain: ReadonlyArray<UncertainRule>;
  /** Where it is written. */
  readonly source: string;
}

export type RulesOfCas = Readonly<Record<CaName, CaRules>>;

/**
 * Nothing is known of these CAs, so what lets fewer cards in is taken to hold: an old card ends with the new one,
 * and nothing ever extends a certificate. A portal that knows better says so.
 */
const notKnown: CaRules = {
  oldCard: 'voided',
  renewal: null,
  reissue: null,
  activationDays: null,
  uncertain: ['oldCard', 'renewal', 'reissue', 'activation'],
  source: 'none: the careful choice',
};

/** As far as it is known; a portal may hand in its own, `{ ...gpkiCaRules, XCA: … }`. */
export const gpkiCaRules: RulesOfCas = {
  // The document-exchange notice of 2020 and the CA's page on exchanging cards.
  GCA: {
    oldCard: 'untilItsEnd',
    renewal: null,
    reissue: { opensDaysBefore: 60, afterEnd: false },
    activationDays: 90,
    uncertain: [],
    source: 'gcaweb.nat.gov.tw, exchange of cards (X-4)',
  },
  XCA: notKnown,
  MOEACA: notKnown,
  HCA: notKnown,
  MOICA: {
    oldCard: 'voided',
    renewal: { opensDaysBefore: 60, closesYearsAfter: 3, addsYears: 3, times: 1, longestYears: 8 },
    reissue: { opensDaysBefore: 60, afterEnd: true },
    activationDays: null,
    uncertain: ['reissue'],
    source: 'the manual on 自然人憑證展期 (MOICA-5…8); moica.nat.gov.tw, notice of 2014-09-26',
  },
};
