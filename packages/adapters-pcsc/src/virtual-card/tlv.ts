import { concat } from './octets.js';

const lengthOctets = (length: number): Uint8Array => {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
};

/** BER-TLV (ISO/IEC 7816-4 5.2.2) of a tag of any number of octets, for content of under 64 KiB. */
export const tlv = (tag: number, ...content: ReadonlyArray<Uint8Array>): Uint8Array => {
  const value = concat(...content);
  const tagOctets = tag.toString(16);
  return concat(
    new Uint8Array(Buffer.from(tagOctets.padStart(tagOctets.length + (tagOctets.length % 2), '0'), 'hex')),
    lengthOctets(value.length),
    value,
  );
};

export interface Element {
  readonly tag: number;
  readonly value: Uint8Array;
}

/** Elements with tags of one octet and lengths of up to two; `undefined` where they do not fill the octets exactly. */
export const elementsOf = (octets: Uint8Array): ReadonlyArray<Element> | undefined => {
  const found: Element[] = [];
  for (let at = 0; at < octets.length; ) {
    const tag = octets[at] ?? 0;
    const first = octets[at + 1] ?? 0xff;
    if (first > 0x82 || first === 0x80) return undefined;
    const more = first > 0x80 ? first - 0x80 : 0;
    const start = at + 2 + more;
    const length =
      more === 0 ? first : octets.subarray(at + 2, start).reduce((sum, one) => sum * 256 + one, 0);
    if (start + length > octets.length) return undefined;
    found.push({ tag, value: octets.subarray(start, start + length) });
    at = start + length;
  }
  return found;
};
