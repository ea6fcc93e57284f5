import { constants, createPrivateKey, createPublicKey, privateDecrypt } from 'node:crypto';
import type { SavedKey } from '@mandate/certificates/test-pki';

/** A private key inside a card: it does the bare RSA operation, and the host does the padding. */
export interface CardKey {
  readonly octets: number;
  readonly modulus: Uint8Array;
  /** `undefined` for a block that is not of the key's size or not below its modulus. */
  readonly power: (block: Uint8Array) => Uint8Array | undefined;
}

export const cardKey = (saved: SavedKey): CardKey => {
  const key = createPrivateKey({ key: Buffer.from(saved.privateKey, 'hex'), format: 'der', type: 'pkcs8' });
  const { n = '' } = createPublicKey(key).export({ format: 'jwk' });
  const modulus = new Uint8Array(Buffer.from(n, 'base64url'));
  return {
    octets: modulus.length,
    modulus,
    power: (block) => {
      if (block.length !== modulus.length || Buffer.compare(block, modulus) >= 0) return undefined;
      return new Uint8Array(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block));
    },
  };
};
