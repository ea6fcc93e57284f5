/**
 * A card in a reader, as the browser or a program beside it sees it. A PIN goes to the card and nowhere else.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** What a card shows without a PIN (GEPI-34). */
export interface CardView {
  readonly cardNumber: string | undefined;
  /** DER certificates, signing and encryption, in no particular order. */
  readonly certificates: ReadonlyArray<Uint8Array>;
}

export interface CardFault {
  readonly _tag: 'CardFault';
  readonly code:
    | 'NO_READER'
    | 'NO_CARD'
    | 'PIN_WRONG'
    | 'PIN_LOCKED'
    | 'CARD_REMOVED'
    | 'CARD_UNKNOWN'
    | 'CANCELLED';
  /** PIN tries left where the card says so. */
  readonly triesLeft?: number;
}

export interface CardReader {
  readonly read: () => TaskEither<CardFault, CardView>;
  /** A CMS SignedData over `content`, made by the card's signing key. */
  readonly sign: (content: Uint8Array, pin: string) => TaskEither<CardFault, Uint8Array>;
}
