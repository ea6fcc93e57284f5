/**
 * Keys that make personal data readable, one per subject, and the portal's secret for pseudonyms.
 *
 * Keys never leave the vault, so that it can be a KMS or an HSM. To forget a person is to delete the person's
 * key: every sealed field about the person, in events and evidence, is then noise (docs/architecture.md 4).
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

declare const pseudonymBrand: unique symbol;

/** HMAC-SHA-256 under the portal's secret, lower-case hex, 64 characters. */
export type Pseudonym = string & { readonly [pseudonymBrand]: 'Pseudonym' };

/** What is turned into a pseudonym; each kind has its own domain, so equal texts of two kinds differ. */
export type PseudonymKind = 'person' | 'card' | 'command' | 'terms';

/** Whom a sealed text is about: a person's pseudonym, `agency.<code>`, or `review.<id>` for an applicant. */
export type SubjectId = string;

/**
 * A fault of the vault: `VAULT_UNAVAILABLE` passes, or is put right from outside; `VAULT_CORRUPT` says that what it kept is
 * damaged, and no waiting helps.
 */
export interface VaultFault {
  readonly _tag: 'VaultFault';
  readonly code: 'VAULT_UNAVAILABLE' | 'VAULT_CORRUPT' | 'SEALED_TAMPERED';
  /** English, for operators; holds no personal data. */
  readonly detail: string;
}

/**
 * Seals, opens, forgets; AES-256-GCM or better with `aad` as associated data.
 *
 * A subject has at most one key in use, and any number of retired ones that wait for their end. A sealed text names
 * the key that it was sealed with, so that each of them opens its own.
 */
export interface KeyVault {
  readonly pseudonym: (kind: PseudonymKind, value: string) => TaskEither<VaultFault, Pseudonym>;
  /** Makes the subject a key when none is in use; the key is durable before this answers. The answer is text. */
  readonly seal: (subject: SubjectId, aad: string, plain: string) => TaskEither<VaultFault, string>;
  /**
   * `undefined` when the key that the text names was deleted (the subject was forgotten, and perhaps came back with a
   * new key). `SEALED_TAMPERED` when the key is there and text or `aad` do not fit it.
   */
  readonly open: (
    subject: SubjectId,
    aad: string,
    sealed: string,
  ) => TaskEither<VaultFault, string | undefined>;
  /** The id of the key in use, `undefined` where there is none. Never given to another key, also of the same subject. */
  readonly keyOf: (subject: SubjectId) => TaskEither<VaultFault, string | undefined>;
  /** The ids of the subject's keys that were retired and not deleted yet, the one retired first in front. */
  readonly retiredKeysOf: (subject: SubjectId) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /**
   * Takes the subject's key of this id out of use, durably: it seals nothing any more and opens what it sealed until
   * {@link KeyVault.forget} deletes it. True also where it was retired before; false where there is no such key.
   */
  readonly retire: (subject: SubjectId, key: string) => TaskEither<VaultFault, boolean>;
  /**
   * Deletes the subject's key of this id for good, in use or retired; false where it is none, or gone already. So a
   * forgetting that is asked for twice never takes the key of a subject who has come back in between.
   */
  readonly forget: (subject: SubjectId, key: string) => TaskEither<VaultFault, boolean>;
}

/** Makes a {@link VaultFault}. */
export const vaultFault = (code: VaultFault['code'], detail: string): VaultFault => ({
  _tag: 'VaultFault',
  code,
  detail,
});
