/**
 * Time, identifiers and hashing from outside: the domain has none of its own.
 *
 * @packageDocumentation
 */

/** The time now, as milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  readonly now: () => number;
}

/** Identifiers that nobody can guess. */
export interface Ids {
  /** A random UUID, lower case. */
  readonly uuid: () => string;
  /** 256 random bits in base64url (43 characters), for a challenge. */
  readonly nonce: () => string;
}

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hex. Synchronous, because a replay calls it for every event. */
export type Sha256 = (text: string) => string;
