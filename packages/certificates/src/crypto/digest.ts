import { forWebCrypto } from '../bytes.js';

export type DigestName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

export const digest = async (name: DigestName, bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await globalThis.crypto.subtle.digest(name, forWebCrypto(bytes)));

export const sha256 = (bytes: Uint8Array): Promise<Uint8Array> => digest('SHA-256', bytes);

/** Object identifiers of digest algorithms (RFC 3370, RFC 5754). */
export const digestOids: Readonly<Record<DigestName, string>> = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};

/** Digest algorithms by object identifier. */
export const digestByOid: ReadonlyMap<string, DigestName> = new Map([
  [digestOids['SHA-1'], 'SHA-1'],
  [digestOids['SHA-256'], 'SHA-256'],
  [digestOids['SHA-384'], 'SHA-384'],
  [digestOids['SHA-512'], 'SHA-512'],
]);
