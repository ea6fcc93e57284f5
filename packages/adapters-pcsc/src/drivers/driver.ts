/**
 * What a driver of a kind of card can do. A session is open already; what is done in it ends with a RESET.
 *
 * @packageDocumentation
 */
import type { CardFault, PersonalId, PersonName, RocDate } from '@mandate/domain';
import { type Either, right } from 'fp-ts/lib/Either.js';
import type { CardSession } from '../transport/transport.js';

export type CardKind = 'T7S' | 'GPPKI' | 'NHI' | 'PIV';

export type Outcome<A> = Promise<Either<CardFault, A>>;

/** What is printed on an NHI card. A field that is empty or is no such value is absent. */
export interface NhiBasicData {
  /** 12 digits. */
  readonly cardNumber?: string;
  readonly name?: PersonName;
  readonly nationalId?: PersonalId;
  readonly birthDate?: RocDate;
  readonly sex?: 'M' | 'F';
  readonly issuedOn?: RocDate;
}

/** What a card shows without a PIN, and what it is. */
export interface CardContents {
  readonly kind: CardKind;
  /** What the card calls itself, where it does. */
  readonly model?: string;
  readonly cardNumber: string | undefined;
  /** DER as it lies on the card; nothing is known of it. */
  readonly certificates: ReadonlyArray<Uint8Array>;
  /** What an NHI card says of whose it is. Personal data: for the screen of who holds it, never for a log. */
  readonly holder?: NhiBasicData;
}

/** The same as the card gives it: a card's octets are only told apart from what they say where the domain is at hand. */
export interface CardShown extends Omit<CardContents, 'holder'> {
  /** Basic data of an NHI card, at least 57 octets. */
  readonly basicData?: Uint8Array;
}

/** Which key is to sign. */
export interface SigningKey {
  /** DER of its certificate. */
  readonly der: Uint8Array;
  /** Of no length where it is no RSA key. */
  readonly modulus: Uint8Array;
}

/** Keys that come from configuration: none is in this package. */
export interface CardKeys {
  /** T7S: two-key 3DES, 16 octets, under which a PIN travels to the card. */
  readonly pinTransportKey?: Uint8Array;
}

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

/** Which PINs a card takes: characters of ASCII, from so many to so many. */
export interface PinForm {
  readonly min: number;
  readonly max: number;
  readonly digitsOnly: boolean;
}

/** A card whose kind is known, and what it showed. */
export interface OpenCard {
  readonly shown: CardShown;
  /** Absent for a card that asks for none. */
  readonly pin?: PinForm;
  /** For one of its certificates; `undefined` where the card cannot sign with what is set up. */
  readonly signer: (key: SigningKey, keys: CardKeys) => Outcome<CardSigner | undefined>;
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
