/**
 * The octets of a file that is DER, or PEM of one list (RFC 7468 section 6).
 *
 * @packageDocumentation
 */
const begin = '-----BEGIN X509 CRL-----';
const end = '-----END X509 CRL-----';

const looksLikeText = (octets: Uint8Array): boolean =>
  Buffer.from(octets.subarray(0, 4096)).includes(begin, 0, 'latin1');

/** `undefined` for a PEM that holds other than one list. What is no PEM is taken for DER, and read as such. */
export const derOf = (octets: Uint8Array): Uint8Array | undefined => {
  // DER of a list begins with SEQUENCE, which is '0' and stands in no line of a PEM's beginning.
  if (octets[0] === 0x30 || !looksLikeText(octets)) return octets;
  const text = Buffer.from(octets).toString('latin1');
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end, from);
  if (to < 0 || text.includes(begin, from)) return undefined;
  const body = text.slice(from, to).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body) || body.length % 4 !== 0) return undefined;
  return new Uint8Array(Buffer.from(body, 'base64'));
};
