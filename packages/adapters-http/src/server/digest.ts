/**
 * SHA-256, and comparing secrets.
 *
 * @packageDocumentation
 */

/** SHA-256 of the UTF-8 octets of a text, lower-case hex. */
export type Digest = (text: string) => string | Promise<string>;

const utf8 = new TextEncoder();

/** By WebCrypto, which every environment has; in Node each is a way to another thread and back. */
export const webDigest: Digest = async (text) => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
};

/** Compares without telling by its time where two texts part. Lengths may be told. */
export const sameText = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  let different = 0;
  for (let at = 0; at < a.length; at++) different |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return different === 0;
};
