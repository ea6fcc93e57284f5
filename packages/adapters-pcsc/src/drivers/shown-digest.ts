import { createHash } from 'node:crypto';
import type { CardShown } from './data.js';

/** SHA-256 over all that tells one card that signs from another: its number and its certificates, each with its length. */
export const shownDigest = ({ kind, cardNumber, certificates }: CardShown): Uint8Array => {
  const hash = createHash('sha256').update(JSON.stringify([kind, cardNumber ?? null]));
  for (const der of certificates) hash.update(`${der.length}:`).update(der);
  return new Uint8Array(hash.digest());
};
