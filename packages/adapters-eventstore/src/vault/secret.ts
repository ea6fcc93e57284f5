/**
 * What is derived from the portal's secret (HKDF-SHA-256, RFC 5869): a key for each use, so that none can stand
 * for another.
 *
 * @packageDocumentation
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import {
  type Pseudonym,
  type PseudonymKind,
  type SubjectId,
  type VaultFault,
  vaultFault,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** The least number of bytes that a secret has. */
export const shortestSecret = 32;

/** What a vault does with the portal's secret. The secret itself is not kept. */
export interface DerivedSecrets {
  /** HMAC-SHA-256 in lower-case hex; equal texts of two kinds differ. The same in every vault of this secret. */
  readonly pseudonym: (kind: PseudonymKind, value: string) => Pseudonym;
  /** Names a key of a subject, from 12 random bytes. */
  readonly keyId: (subject: SubjectId, random: Uint8Array) => string;
  /** True when {@link DerivedSecrets.keyId} made it for this subject: a key that was there once. */
  readonly isKeyIdOf: (subject: SubjectId, keyId: string) => boolean;
  /** 32 bytes under which subjects' keys are wrapped at rest; another one for each salt. */
  readonly keyEncryptionKey: (salt: Uint8Array) => KeyObject;
  /** 32 bytes that tell whether it is the secret that the salt was used with, and nothing about it. */
  readonly checkValue: (salt: Uint8Array) => Buffer;
}

const derive = (secret: Uint8Array, salt: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, `mandate/v1/${use}`, 32));

const noSalt = new Uint8Array(0);
const keyIdRandomBytes = 12;
const keyIdTagBytes = 12;

/** Derives the keys; a secret shorter than 32 bytes is refused. */
export const deriveSecrets = (secret: Uint8Array): E.Either<VaultFault, DerivedSecrets> => {
  if (secret.length < shortestSecret) {
    return E.left(
      vaultFault(
        'VAULT_UNAVAILABLE',
        `the secret has ${secret.length} bytes; it must have at least ${shortestSecret}, drawn at random`,
      ),
    );
  }
  // The caller may overwrite its array; the vault goes on with the secret it was opened with.
  const own = Buffer.from(secret);
  const secretKey = (use: string): KeyObject => createSecretKey(derive(own, noSalt, use));
  const pseudonymKeys = new Map<PseudonymKind, KeyObject>();
  const pseudonymKey = (kind: PseudonymKind): KeyObject => {
    const known = pseudonymKeys.get(kind);
    if (known !== undefined) return known;
    const made = secretKey(`pseudonym/${kind}`);
    pseudonymKeys.set(kind, made);
    return made;
  };
  const keyIdKey = secretKey('key-id');
  const keyIdTag = (subject: SubjectId, random: Uint8Array): Buffer =>
    createHmac('sha256', keyIdKey).update(random).update(subject, 'utf8').digest().subarray(0, keyIdTagBytes);

  return E.right({
    pseudonym: (kind, value) =>
      createHmac('sha256', pseudonymKey(kind)).update(value, 'utf8').digest('hex') as Pseudonym,
    keyId: (subject, random) => Buffer.concat([random, keyIdTag(subject, random)]).toString('base64url'),
    isKeyIdOf: (subject, keyId) => {
      const bytes = Buffer.from(keyId, 'base64url');
      if (bytes.length !== keyIdRandomBytes + keyIdTagBytes) return false;
      const tag = keyIdTag(subject, bytes.subarray(0, keyIdRandomBytes));
      return timingSafeEqual(tag, bytes.subarray(keyIdRandomBytes));
    },
    keyEncryptionKey: (salt) => createSecretKey(derive(own, salt, 'key-encryption')),
    checkValue: (salt) => derive(own, salt, 'check'),
  });
};

/** How many random bytes {@link DerivedSecrets.keyId} takes. */
export const keyIdRandomness = keyIdRandomBytes;
