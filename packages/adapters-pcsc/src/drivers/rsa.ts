/**
 * What a host does for a card that only raises to the private exponent.
 *
 * @packageDocumentation
 */
import { createHash, createPublicKey } from 'node:crypto';
import type { Certificate } from '@mandate/certificates';
import { joined, octetsOf } from '../apdu/octets.js';

/** DigestInfo of SHA-256 up to the digest itself (RFC 8017 9.2, note 1). */
const sha256Prefix = octetsOf('3031300d060960864801650304020105000420');

/** EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017 9.2), as long as the key. */
export const paddedDigest = (signed: Uint8Array, length: number): Uint8Array<ArrayBuffer> => {
  const info = joined(sha256Prefix, createHash('sha256').update(signed).digest());
  const filler = new Uint8Array(Math.max(8, length - info.length - 3)).fill(0xff);
  return joined(Uint8Array.of(0, 1), filler, Uint8Array.of(0), info);
};

/** The modulus of an RSA certificate, `undefined` for another key. */
export const modulusOf = ({ publicKeyInfo }: Certificate): Uint8Array | undefined => {
  try {
    const { n } = createPublicKey({
      key: Buffer.from(publicKeyInfo.der),
      format: 'der',
      type: 'spki',
    }).export({ format: 'jwk' });
    return n === undefined ? undefined : new Uint8Array(Buffer.from(n, 'base64url'));
  } catch {
    return undefined;
  }
};
