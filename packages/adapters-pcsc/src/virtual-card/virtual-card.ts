/**
 * What a virtual card is: an applet, and nothing of readers, sockets or time.
 *
 * @packageDocumentation
 */
import type { SavedCard, TestCard } from '@mandate/certificates/test-pki';

export type CardKind = 't7s' | 'gppki' | 'nhi' | 'piv';

/** What a command is for, so that a card can be pulled out during just that. */
export type Purpose = 'verify' | 'sign' | 'write' | 'other';

export interface VirtualCard {
  readonly kind: CardKind;
  readonly atr: Uint8Array;
  /** Power on or RESET: what was selected and verified is gone; tries that were lost stay lost. */
  readonly reset: () => void;
  /** One C-APDU, any octets at all, for one R-APDU of at least two. Never throws. */
  readonly process: (command: Uint8Array) => Uint8Array;
  readonly purposeOf: (command: Uint8Array) => Purpose;
  /** PIN tries left; absent for a card without a PIN. */
  readonly triesLeft: () => number | undefined;
}

/** A card of the test PKI, and what is printed or set on it. */
export interface KeyCardOptions {
  readonly card: TestCard | SavedCard;
  /** 6 to 8 digits. */
  readonly pin: string;
  /** Tries until it is locked. Default 3. */
  readonly tries?: number;
  /** DER of further certificates on the card: its CA, the root. */
  readonly issuers?: ReadonlyArray<Uint8Array>;
}

export const savedCard = (card: TestCard | SavedCard): SavedCard => ('key' in card ? card : card.save());
