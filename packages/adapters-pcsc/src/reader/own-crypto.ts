/** Node's own SHA-256 and RSA, in this thread. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { OwnCrypto, PublicKeyInfo } from '@mandate/certificates';

// Reading a key costs more than verifying by it; the record is immutable.
const keys = new WeakMap<PublicKeyInfo, KeyObject>();

const keyOf = (info: PublicKeyInfo): KeyObject => {
  const known = keys.get(info);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.from(info.der), format: 'der', type: 'spki' });
  keys.set(info, key);
  return key;
};

export const ownCrypto: OwnCrypto = {
  sha256: (octets) => createHash('sha256').update(octets).digest(),
  holds: (info, signed, signature) => verify('sha256', signed, keyOf(info), signature),
};
