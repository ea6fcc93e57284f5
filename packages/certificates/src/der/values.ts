/** Values out of elements that have passed the gate. Each answers undefined for another type. */
import { oidProblem } from './primitives.js';
import { contentOf, type DerNode, tags } from './reader.js';

/** Arcs of which none has more than four octets: nearly all there are. */
const dottedShort = (content: Uint8Array): string | undefined => {
  let text = '';
  let arc = 0;
  let length = 0;
  for (const octet of content) {
    length += 1;
    if (length > 4) return undefined;
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (text === '') text = arc < 40 ? `0.${arc}` : arc < 80 ? `1.${arc - 40}` : `2.${arc - 80}`;
    else text += `.${arc}`;
    arc = 0;
    length = 0;
  }
  return text;
};

const dottedLong = (content: Uint8Array): string => {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const first = arcs[0] ?? 0n;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...arcs.slice(1)].join('.');
};

const dotted = (content: Uint8Array): string => dottedShort(content) ?? dottedLong(content);

/** Dotted text of an object identifier. Arcs of any size (2.25.<UUID> needs 128 bits). */
export const oidOf = (node: DerNode | undefined): string | undefined =>
  node === undefined || node.tag !== tags.oid ? undefined : dotted(contentOf(node));

/** The same under an implicit tag, where the gate could not know that it is one. */
export const oidContentOf = (content: Uint8Array): string | undefined =>
  oidProblem(content, 0, content.length) === undefined ? dotted(content) : undefined;

/** IA5String under an implicit tag: visible ASCII and spaces. No NUL: what follows one is hidden from others. */
export const textOctetsOf = (content: Uint8Array): string | undefined =>
  content.every((octet) => octet >= 0x20 && octet < 0x7f) ? latin1(content) : undefined;

/** A small non-negative integer (up to 2³¹ − 1), such as a version or a path length. */
export const smallIntegerOf = (node: DerNode | undefined): number | undefined => {
  if (node === undefined || node.tag !== tags.integer) return undefined;
  const content = contentOf(node);
  if (content.length > 4 || (content[0] ?? 0x80) >= 0x80) return undefined;
  return content.reduce((value, octet) => value * 256 + octet, 0);
};

export const booleanOf = (node: DerNode | undefined): boolean | undefined =>
  node === undefined || node.tag !== tags.boolean ? undefined : contentOf(node)[0] === 0xff;

/** Content of a bit string that is a whole number of octets. */
export const bitOctetsOf = (node: DerNode | undefined): Uint8Array | undefined => {
  if (node === undefined || node.tag !== tags.bitString) return undefined;
  const content = contentOf(node);
  return content[0] === 0 ? content.subarray(1) : undefined;
};

/** A mark at the beginning stays: without it two values would read alike that are not. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const utf16 = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0));
  }
  return text;
};

const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Text of any of the ASN.1 string types that names and attributes use. */
export const textOf = (node: DerNode | undefined): string | undefined => {
  if (node === undefined) return undefined;
  switch (node.tag) {
    case tags.utf8String:
      return utf8.decode(contentOf(node));
    case tags.bmpString:
      return utf16(contentOf(node));
    case tags.printableString:
    case tags.ia5String:
    case tags.numericString:
    case tags.visibleString:
    case tags.teletexString:
      return latin1(contentOf(node));
    default:
      return undefined;
  }
};

/**
 * UTCTime or GeneralizedTime in the only forms RFC 5280 4.1.2.5 allows (seconds present, Z, no fraction), as
 * milliseconds since 1970. A day or hour that does not exist is undefined.
 */
export const timeOf = (node: DerNode | undefined): number | undefined => {
  if (node === undefined) return undefined;
  const text = latin1(contentOf(node));
  const match =
    node.tag === tags.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
      : node.tag === tags.generalizedTime
        ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
        : null;
  if (match === null) return undefined;
  const [y = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const year = node.tag === tags.utcTime ? (y < 50 ? 2000 + y : 1900 + y) : y;
  const iso = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.000Z`;
  const time = Date.parse(iso);
  // Date.parse rolls 31 February over to March; the round trip does not.
  return Number.isNaN(time) || new Date(time).toISOString() !== iso ? undefined : time;
};

const two = (value: number): string => String(value).padStart(2, '0');
