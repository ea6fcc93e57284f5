/**
 * What is said of a card and asked of it, as data that can go from one process to another.
 *
 * @packageDocumentation
 */
import type { PersonalId, PersonName, RocDate } from '@mandate/domain';

export type CardKind = 'T7S' | 'GPPKI' | 'NHI' | 'PIV';

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
  /** PIV: the key by which a card lets itself be changed. Whoever issued the card has it. */
  readonly management?: ManagementKey;
}

/** Key 9B of a PIV card (SP 800-78-4 table 6-2): two or three keys of DES in 24 octets, or AES of 16, 24 or 32. */
export interface ManagementKey {
  readonly algorithm: '3DES' | 'AES';
  readonly key: Uint8Array;
}

/** Which PINs a card takes: characters of ASCII, from so many to so many. */
export interface PinForm {
  readonly min: number;
  readonly max: number;
  readonly digitsOnly: boolean;
}

export type CardStep =
  /**
   * Which card it is, and what it shows without a PIN. Answered with `Opened`. After so many milliseconds from now nothing more
   * is sent to the card: each command may take long, and be one of many.
   */
  | { readonly op: 'open'; readonly patience: number }
  /**
   * Finds the key on the card; nothing is asked of a person. Answered with whether it can sign. `ifShown`: a card that showed
   * anything else (`shownDigest`) is another, and is not prepared.
   */
  | {
      readonly op: 'prepare';
      readonly key: SigningKey;
      readonly keys: CardKeys;
      readonly ifShown?: Uint8Array;
    }
  /** One VERIFY, and there is no second in a session. The octets are overwritten. */
  | { readonly op: 'verify'; readonly pin: Uint8Array }
  /** The private operation over a padded block, if the PIN was right. Answered with octets. */
  | { readonly op: 'power'; readonly block: Uint8Array }
  /** Finds the place of a certificate; the card is not changed. Answered with whether it can be written. */
  | { readonly op: 'prepare-write'; readonly replaces: Uint8Array; readonly keys: CardKeys }
  /** Writes, if the PIN was right, and reads back. Answered with octets: a certificate, or none where there is nothing. */
  | { readonly op: 'write'; readonly certificate: Uint8Array };

export interface Opened {
  readonly shown: CardShown;
  readonly pin?: PinForm;
}
