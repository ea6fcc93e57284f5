/**
 * A card in a reader, as the browser or a program beside it sees it. A PIN goes to the card and nowhere else.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

import type { Pin } from './pin.js';

/** What a card shows without a PIN (GEPI-34). */
export interface CardView {
  readonly cardNumber: string | undefined;
  /** DER certificates, signing and encryption, in no particular order. */
  readonly certificates: ReadonlyArray<Uint8Array>;
}

export interface CardFault {
  readonly _tag: 'CardFault';
  readonly code: /** No card service on this machine. */
    | 'NO_PCSC'
    | 'NO_READER'
    | 'NO_CARD'
    /** Not of the length or the characters that the card takes; it was not asked. */
    | 'PIN_FORMAT'
    | 'PIN_WRONG'
    /** One try is left, and nobody has said that it may be used. */
    | 'PIN_LAST_TRY'
    | 'PIN_LOCKED'
    | 'CARD_REMOVED'
    | 'CARD_BUSY'
    | 'CARD_UNKNOWN'
    /** It holds no certificate for signing, or signs by means that are not set up here. */
    | 'SIGNING_UNSUPPORTED'
    | 'TIMEOUT'
    /** The card or what lies between answered what it must not. */
    | 'CARD_FAULT'
    | 'CANCELLED';
  /** PIN tries left where the card says so. */
  readonly triesLeft?: number;
  /** English and technical: codes and sizes, never what a card or a person said. */
  readonly detail?: string;
}

export interface CardReader {
  readonly read: () => TaskEither<CardFault, CardView>;
  /** A CMS SignedData over `content`, made by the card's signing key. */
  readonly sign: (content: Uint8Array, pin: Pin) => TaskEither<CardFault, Uint8Array>;
}
