/**
 * A subject's keys, and what is sealed and opened with them.
 *
 * @packageDocumentation
 */
import { createSecretKey, type KeyObject, randomFillSync } from 'node:crypto';
import { type SubjectId, type VaultFault, vaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { decrypt, encrypt, ivLength, parseSealed, printSealed } from './sealed-text.js';
import { type DerivedSecrets, keyIdRandomness } from './secret.js';

/** A subject's AES-256 key under its id. */
export interface SubjectKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Draws random bytes; for tests that need the same bytes twice. A vault in use takes the default. */
export type RandomBytes = (length: number) => Uint8Array;

// To ask the system takes longer than to seal a short text, so bytes are drawn for many at a time.
const drawn = new Uint8Array(4096);
let used = drawn.length;

/** The operating system's random source. */
export const systemRandom: RandomBytes = (length) => {
  if (length > drawn.length) return randomFillSync(new Uint8Array(length));
  if (used + length > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const bytes = drawn.slice(used, used + length);
  // What was handed out, such as a key, stays nowhere else.
  drawn.fill(0, used, used + length);
  used += length;
  return bytes;
};

const keyLength = 32;

/** Makes a key for a subject. */
export const newSubjectKey = (
  secrets: DerivedSecrets,
  subject: SubjectId,
  random: RandomBytes,
): SubjectKey => ({
  id: secrets.keyId(subject, random(keyIdRandomness)),
  key: createSecretKey(random(keyLength)),
});

/** Seals a text. */
export const sealWith = (key: SubjectKey, random: RandomBytes, aad: string, plain: string): string =>
  printSealed(key.id, encrypt(key.key, random(ivLength), aad, Buffer.from(plain, 'utf8')));

const tampered = (detail: string): E.Either<VaultFault, never> =>
  E.left(vaultFault('SEALED_TAMPERED', detail));

/**
 * Opens a sealed text with the key that it names; `find` looks for the subject's key of an id, in use or retired.
 *
 * Right `undefined`: the text was sealed with a key of this subject that is there no more.
 */
export const openWith = (
  secrets: DerivedSecrets,
  subject: SubjectId,
  find: (keyId: string) => SubjectKey | undefined,
  aad: string,
  sealed: string,
): E.Either<VaultFault, string | undefined> => {
  const parts = parseSealed(sealed);
  if (parts === undefined) return tampered('not a sealed text');
  const key = find(parts.keyId);
  if (key === undefined) {
    return secrets.isKeyIdOf(subject, parts.keyId)
      ? E.right(undefined)
      : tampered('the key it names never was a key of this subject');
  }
  const plain = decrypt(key.key, aad, Buffer.concat([parts.iv, parts.ciphertext]));
  return plain === undefined
    ? tampered('the sealed text or its associated data were changed')
    : E.right(plain.toString('utf8'));
};
