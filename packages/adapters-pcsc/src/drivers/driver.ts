/**
 * What a driver of a kind of card can do. A session is open already; what is done in it ends with a RESET.
 *
 * @packageDocumentation
 */
import type { CardFault } from '@mandate/domain';
import { type Either, right } from 'fp-ts/lib/Either.js';
import type { CardSession } from '../transport/transport.js';
import type { CardKeys, CardKind, CardShown, PinForm, SigningKey } from './data.js';

export type Outcome<A> = Promise<Either<CardFault, A>>;

/** A card that is ready to be told a PIN: key found, configuration there. */
export interface CardSigner {
  /**
   * One VERIFY, never repeated. `pin`: ASCII digits of an accepted length; the caller overwrites them.
   *
   * Errors: `PIN_WRONG` and `PIN_LOCKED` with the tries left, `CARD_FAULT`, those of the transport.
   */
  readonly verify: (pin: Uint8Array) => Outcome<void>;
  /** The private operation over a padded block as long as the key. */
  readonly power: (block: Uint8Array) => Outcome<Uint8Array>;
}

/** A card that is ready to be changed: place found, configuration there. */
export interface CardWriter {
  /** As that of {@link CardSigner}. */
  readonly verify: (pin: Uint8Array) => Outcome<void>;
  /**
   * Puts the certificate into its place and reads it back. Of no length where nothing lies there then.
   *
   * Errors: `WRITE_UNSUPPORTED` where the card does not let itself be changed, and was not; `WRITE_UNCONFIRMED` from the first
   * command on that may have changed it; before that those of the transport.
   */
  readonly write: (certificate: Uint8Array) => Outcome<Uint8Array>;
}

/** A card whose kind is known, and what it showed. */
export interface OpenCard {
  readonly shown: CardShown;
  /** Absent for a card that asks for none. */
  readonly pin?: PinForm;
  /** For one of its certificates; `undefined` where the card cannot sign with what is set up. */
  readonly signer: (key: SigningKey, keys: CardKeys) => Outcome<CardSigner | undefined>;
  /**
   * For the place of one of its certificates (DER); `undefined` where there is none, or with what is set up. Absent for a kind of
   * card whose commands for it are not public.
   */
  readonly writer?: (replaces: Uint8Array, keys: CardKeys) => Outcome<CardWriter | undefined>;
}

export interface CardDriver {
  readonly kind: CardKind;
  /** Whether this card is one. A card that refuses is not; a transport that fails is a fault. */
  readonly probe: (session: CardSession) => Outcome<boolean>;
  /** Reads what the card shows. Nothing is verified, no PIN is asked. */
  readonly open: (session: CardSession) => Outcome<OpenCard>;
}

/** Of a card that does not sign here. */
export const noSigner: OpenCard['signer'] = async () => right(undefined);
