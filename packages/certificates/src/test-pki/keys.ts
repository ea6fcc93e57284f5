import { fromHex, ownBytes, toHex } from '../bytes.js';
import type { DigestName } from '../crypto/digest.js';

type Octets = Uint8Array<ArrayBuffer>;

/** An RSA key pair. A test key: it can be saved, and signs with any digest it is asked for. */
export interface TestKey {
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Octets;
  /** RSASSA-PKCS1-v1_5. */
  readonly sign: (digest: DigestName, data: Uint8Array) => Promise<Octets>;
  readonly save: () => SavedKey;
}

/** Hexadecimal of SubjectPublicKeyInfo and PKCS#8. */
export interface SavedKey {
  readonly publicKey: string;
  readonly privateKey: string;
}

const algorithm = 'RSASSA-PKCS1-v1_5';

const keyFrom = (publicKey: Octets, pkcs8: Octets): TestKey => ({
  publicKey,
  sign: async (digest, data) => {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey('pkcs8', pkcs8, { name: algorithm, hash: digest }, false, ['sign']);
    return new Uint8Array(await subtle.sign(algorithm, key, ownBytes(data)));
  },
  save: () => ({ publicKey: toHex(publicKey), privateKey: toHex(pkcs8) }),
});

/** A new RSA key. 1,024 bits are for tests of refusal. */
export const makeKey = async (bits: 1024 | 2048 | 4096 = 2048): Promise<TestKey> => {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey(
    { name: algorithm, modulusLength: bits, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  const publicKey = new Uint8Array(await subtle.exportKey('spki', pair.publicKey));
  return keyFrom(publicKey, new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey)));
};

/** The key that `save()` was asked of; throws where it is none. Runs in a browser too. */
export const restoreKey = (saved: SavedKey): TestKey => {
  const publicKey = fromHex(saved.publicKey);
  const pkcs8 = fromHex(saved.privateKey);
  if (publicKey === undefined || pkcs8 === undefined) throw new TypeError('saved key is not hexadecimal');
  return keyFrom(publicKey, pkcs8);
};
