/**
 * 展期 told from 換卡 by the card number, and never by dates (X-2, MOICA-16).
 *
 * Certificates are never ordered by `notBefore`: a renewed certificate keeps the beginning of the one that it follows, and
 * may be younger by eight years than one that begins later.
 *
 * @packageDocumentation
 */
import { sameCertificate } from '../credential/credential.js';
import { type KnownCertificate, lastDay } from './certificate.js';

/** How two certificates of one holder belong together. */
export type SuccessionKind = 'same' | 'renewal' | 'reissue' | 'unknown';

/**
 * What was seen. The card decides; the other reasons are for whoever looks at it.
 *
 * - `CA_DIFFERS`: of two CAs, so neither follows the other;
 * - `CARD_SAME`, `CARD_DIFFERS`, `CARD_NOT_TOLD`: the card numbers;
 * - `BEGINNING_KEPT`, `BEGINNING_MOVED`: 展期 usually keeps `notBefore`;
 * - `END_LATER`, `END_SAME`: the ends of two certificates of one card. With one end they are those for signing and for
 *   encryption (DOC-6), and neither follows the other.
 */
export type SuccessionReason =
  | 'SERIAL_SAME'
  | 'CA_DIFFERS'
  | 'CARD_SAME'
  | 'CARD_DIFFERS'
  | 'CARD_NOT_TOLD'
  | 'BEGINNING_KEPT'
  | 'BEGINNING_MOVED'
  | 'END_LATER'
  | 'END_SAME';

export interface Succession {
  readonly kind: SuccessionKind;
  /**
   * Which of the two is the later one, where they tell it themselves: of one card, the one that ends later. Of two cards
   * only their CA or the order of the register's events can tell: `null`.
   */
  readonly newer: 'first' | 'second' | null;
  readonly reasons: ReadonlyArray<SuccessionReason>;
}

const ofOneCard = (first: KnownCertificate, second: KnownCertificate): Succession => {
  const beginning = first.notBefore === second.notBefore ? 'BEGINNING_KEPT' : 'BEGINNING_MOVED';
  const [a, b] = [lastDay(first), lastDay(second)];
  if (a === b) return { kind: 'unknown', newer: null, reasons: ['CARD_SAME', beginning, 'END_SAME'] };
  return {
    kind: 'renewal',
    newer: a > b ? 'first' : 'second',
    reasons: ['CARD_SAME', beginning, 'END_LATER'],
  };
};

const told = (kind: SuccessionKind, reason: SuccessionReason): Succession => ({
  kind,
  newer: null,
  reasons: [reason],
});

/** Compares two certificates of one holder, given in any order. */
export const successionOf = (first: KnownCertificate, second: KnownCertificate): Succession => {
  if (sameCertificate(first, second)) return told('same', 'SERIAL_SAME');
  if (first.ca !== second.ca) return told('unknown', 'CA_DIFFERS');
  if (first.card === null || second.card === null) return told('unknown', 'CARD_NOT_TOLD');
  return first.card === second.card ? ofOneCard(first, second) : told('reissue', 'CARD_DIFFERS');
};
