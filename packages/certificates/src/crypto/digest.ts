import { forWebCrypto } from '../bytes.js';

export type DigestName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

export const digest = async (name: DigestName, bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await globalThis.crypto.subtle.digest(name, forWebCrypto(bytes)));

export const sha256 = (bytes: Uint8Array): Promise<Uint8Array> => digest('SHA-256', bytes);

/** Digest algorithms by object identifier (RFC 3370, RFC 5754). */
export const digestByOid: ReadonlyMap<string, DigestName> = new Map([
  ['1.3.14.3.2.26', 'SHA-1'],
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
]);
