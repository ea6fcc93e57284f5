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
  /**
   * `false`: it does not sign with what is set up here (`SIGNING_UNSUPPORTED`), whatever PIN it is given, so that nobody is asked for
   * one. Absent: it may.
   */
  readonly signs?: false;
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
    /**
     * One try is left, and nobody has said that it may be used. Without `triesLeft` that was counted by what was asked of the
     * card, which said nothing.
     */
    | 'PIN_LAST_TRY'
    | 'PIN_LOCKED'
    | 'CARD_REMOVED'
    | 'CARD_BUSY'
    | 'CARD_UNKNOWN'
    /** It holds no certificate for signing, or signs by means that are not set up here. */
    | 'SIGNING_UNSUPPORTED'
    /** How this kind of card is written is not public, or not set up here; it was told nothing. */
    | 'WRITE_UNSUPPORTED'
    /** A write was begun, and what the card holds now is not known: it must be read before anything else. */
    | 'WRITE_UNCONFIRMED'
    | 'TIMEOUT'
    /** The card or what lies between answered what it must not. */
    | 'CARD_FAULT'
    | 'CANCELLED';
  /** PIN tries left where the card says so. */
  readonly triesLeft?: number;
  /** English and technical: codes and sizes, never what a card or a person said. */
  readonly detail?: string;
}

export const cardFault = (
  code: CardFault['code'],
  extras: { readonly triesLeft?: number | undefined; readonly detail?: string | undefined } = {},
): CardFault => ({
  _tag: 'CardFault',
  code,
  ...(extras.triesLeft === undefined ? {} : { triesLeft: extras.triesLeft }),
  ...(extras.detail === undefined ? {} : { detail: extras.detail }),
});

/** What whoever asks for a signature may say. */
export interface SigningOptions {
  /**
   * The person was told that this is the last try and said yes. Without it a card that is known to have one try left is
   * not asked: `PIN_LAST_TRY`.
   */
  readonly allowLastTry?: boolean;
  /** Attributes under the signature; they bind nothing (see `SignerAttributes` of `@mandate/certificates`). */
  readonly signingTime?: Date;
  readonly nonce?: string | Uint8Array;
  readonly withCardNumber?: boolean;
  /** The content is left out of the answer. */
  readonly detached?: boolean;
  /**
   * DER of the certificate that is meant to sign: that of the card which the person saw when they typed its PIN. Another
   * card is not shown the PIN: `CARD_REMOVED`.
   */
  readonly signer?: Uint8Array;
}

/** A bare signature, with what it takes to check it. */
export interface RawSignature {
  /** DER of the certificate whose key signed. */
  readonly certificate: Uint8Array;
  readonly cardNumber: string | undefined;
  readonly signature: Uint8Array;
}

/** A certificate that is to lie on a card in the place of another one of the same key. */
export interface CertificateToWrite {
  /** DER. */
  readonly certificate: Uint8Array;
  /** DER of the one that lies there. A card that holds another one is not the card that is meant: `CARD_REMOVED`. */
  readonly replaces: Uint8Array;
}

export interface CardReader {
  readonly read: () => TaskEither<CardFault, CardView>;
  /** A CMS SignedData over `content`, made by the card's signing key. */
  readonly sign: (
    content: Uint8Array,
    pin: Pin,
    options?: SigningOptions,
  ) => TaskEither<CardFault, Uint8Array>;
  /**
   * RSASSA-PKCS1-v1_5 with SHA-256 over `content` itself, for protocols that ask for it. The register takes no such
   * signature. What could pass for the signed attributes of an answer (a SET of attributes) is refused as
   * `SIGNING_UNSUPPORTED`: a page must not get an answer to a challenge signed by calling it something else.
   */
  readonly signRaw?: (
    content: Uint8Array,
    pin: Pin,
    options?: Pick<SigningOptions, 'allowLastTry' | 'signer'>,
  ) => TaskEither<CardFault, RawSignature>;
  /** Whether the card in the reader can be written here: asked before anything is begun. Nothing is verified, no PIN is asked. */
  readonly mayWrite?: () => TaskEither<CardFault, void>;
  /**
   * Writes a certificate and reads it back: DER of what the card holds then, which may be something else. Only
   * `WRITE_UNCONFIRMED` leaves open whether the card was changed; with any other fault it was not.
   */
  readonly write?: (
    what: CertificateToWrite,
    pin: Pin,
    options?: Pick<SigningOptions, 'allowLastTry'>,
  ) => TaskEither<CardFault, Uint8Array>;
}
