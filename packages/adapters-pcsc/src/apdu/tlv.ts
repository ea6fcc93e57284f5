/**
 * BER-TLV as cards write it (ISO/IEC 7816-4 5.2.2): PKCS#15 directories, PIV objects.
 *
 * Not the strict gate of certificates: cards write lengths as they like and pad their files. Nothing is read beyond the
 * octets that are given, whatever a length claims.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';

export interface Tlv {
  /** The identifier octets as one number: `0x53`, `0x7f61`. */
  readonly tag: number;
  readonly value: Uint8Array;
}

/** Elements of one level. */
const maxElements = 1_000;

type Header = { readonly tag: number; readonly content: number; readonly end: number };

const tagAt = (octets: Uint8Array, at: number): { tag: number; next: number } | undefined => {
  const first = octets[at];
  if (first === undefined) return undefined;
  if ((first & 0x1f) !== 0x1f) return { tag: first, next: at + 1 };
  let tag = first;
  // Two more octets are as many as any card has.
  for (let i = 1; i <= 2; i += 1) {
    const octet = octets[at + i];
    if (octet === undefined) return undefined;
    tag = tag * 256 + octet;
    if (octet < 0x80) return { tag, next: at + i + 1 };
  }
  return undefined;
};

const headerAt = (octets: Uint8Array, at: number): Header | undefined => {
  const head = tagAt(octets, at);
  const first = head === undefined ? undefined : octets[head.next];
  if (head === undefined || first === undefined) return undefined;
  let length = first;
  let content = head.next + 1;
  if (first > 0x7f) {
    const count = first & 0x7f;
    if (count === 0 || count > 3) return undefined;
    length = 0;
    for (let i = 0; i < count; i += 1) {
      const octet = octets[content];
      if (octet === undefined) return undefined;
      length = length * 256 + octet;
      content += 1;
    }
  }
  const end = content + length;
  return end <= octets.length ? { tag: head.tag, content, end } : undefined;
};

const isFiller = (octet: number | undefined): boolean => octet === 0x00 || octet === 0xff;

/**
 * The elements of one level, up to the end or to filler (00, FF). What is inside an element is read by asking again of
 * its value, so depth is the caller's to bound.
 */
export const readTlvs = (octets: Uint8Array): E.Either<string, ReadonlyArray<Tlv>> => {
  const elements: Tlv[] = [];
  let at = 0;
  while (at < octets.length && !isFiller(octets[at])) {
    const header = headerAt(octets, at);
    if (header === undefined) return E.left(`element at ${at} of ${octets.length}`);
    if (elements.length === maxElements) return E.left(`more than ${maxElements} elements`);
    elements.push({ tag: header.tag, value: octets.subarray(header.content, header.end) });
    at = header.end;
  }
  return E.right(elements);
};

/** The value of the first element of a tag. */
export const elementValue = (octets: Uint8Array, tag: number): Uint8Array | undefined => {
  const elements = readTlvs(octets);
  return E.isLeft(elements) ? undefined : elements.right.find((element) => element.tag === tag)?.value;
};

/** The value at the end of a path of tags. */
export const nestedValue = (octets: Uint8Array, ...path: ReadonlyArray<number>): Uint8Array | undefined =>
  path.reduce<Uint8Array | undefined>(
    (inside, tag) => (inside === undefined ? undefined : elementValue(inside, tag)),
    octets,
  );

/** One element: the shortest length. */
export const tlv = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const tagOctets = tag > 0xff ? [tag >> 8, tag & 0xff] : [tag];
  const lengthOctets =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const whole = new Uint8Array(tagOctets.length + lengthOctets.length + length);
  whole.set([...tagOctets, ...lengthOctets]);
  let at = whole.length - length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
