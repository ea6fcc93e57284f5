/**
 * Sealed text: `v1.<key id>.<iv>.<ciphertext and tag>`, each part in base64url; AES-256-GCM (NIST SP 800-38D)
 * with a random 96-bit iv and a 128-bit tag.
 *
 * The key id tells *the key is gone* from *the text was changed*.
 *
 * @packageDocumentation
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

// -------------------------------------------------------------------------------------
// bytes
// -------------------------------------------------------------------------------------

const algorithm = 'aes-256-gcm';
const tagLength = 16;

/** Bytes of an iv. */
export const ivLength = 12;

/** Encrypts; the answer is iv, ciphertext, tag. */
export const encrypt = (key: KeyObject, iv: Uint8Array, aad: string, plain: Uint8Array): Buffer => {
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** Undoes {@link encrypt}; `undefined` when key, aad or bytes do not fit each other. */
export const decrypt = (key: KeyObject, aad: string, sealed: Uint8Array): Buffer | undefined => {
  if (sealed.length < ivLength + tagLength) return undefined;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(ivLength, sealed.length - tagLength)),
      decipher.final(),
    ]);
  } catch {
    // The tag does not fit; which of the three parts is wrong cannot be known.
    return undefined;
  }
};

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** A sealed text taken apart. */
export interface SealedParts {
  readonly keyId: string;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
}

const pattern = /^v1\.([\w-]{32})\.([\w-]{16})\.([\w-]{22,})$/;

/** Prints the bytes of {@link encrypt} as sealed text. */
export const printSealed = (keyId: string, sealed: Buffer): string => {
  const iv = sealed.subarray(0, ivLength).toString('base64url');
  return `v1.${keyId}.${iv}.${sealed.subarray(ivLength).toString('base64url')}`;
};

/** Takes a sealed text apart; `undefined` when it is none, or not written in the one way there is. */
export const parseSealed = (text: string): SealedParts | undefined => {
  const [, keyId, iv, rest] = pattern.exec(text) ?? [];
  if (keyId === undefined || iv === undefined || rest === undefined) return undefined;
  const ciphertext = Buffer.from(rest, 'base64url');
  // Spare bits in the last character would let a changed text open.
  return ciphertext.toString('base64url') === rest
    ? { keyId, iv: Buffer.from(iv, 'base64url'), ciphertext }
    : undefined;
};
