/** Writes DER. For the test PKI, and for tests that need structures which are wrong on purpose. */
import { concatBytes } from '../bytes.js';
import { contextTag, tags } from './reader.js';

type Octets = Uint8Array<ArrayBuffer>;

const lengthOctets = (length: number): ReadonlyArray<number> => {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
};

/** One element with this identifier octet. */
export const element = (tag: number, ...parts: ReadonlyArray<Uint8Array>): Octets => {
  const content = concatBytes(...parts);
  return concatBytes(Uint8Array.from([tag, ...lengthOctets(content.length)]), content);
};

export const sequence = (...parts: ReadonlyArray<Uint8Array>): Octets => element(tags.sequence, ...parts);

const compareOctets = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** SET OF, sorted as DER wants it (X.690 11.6). */
export const setOf = (...parts: ReadonlyArray<Uint8Array>): Octets =>
  element(tags.set, ...[...parts].sort(compareOctets));

/** A constructed context-specific element: an EXPLICIT tag, or an IMPLICIT one of a sequence or set. */
export const context = (number: number, ...parts: ReadonlyArray<Uint8Array>): Octets =>
  element(contextTag(number, true), ...parts);

/** A primitive context-specific element. */
export const contextPrimitive = (number: number, content: Uint8Array): Octets =>
  element(contextTag(number, false), content);

/** A non-negative integer from its magnitude, most significant octet first. */
export const unsigned = (magnitude: Uint8Array): Octets => {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1;
  const minimal = magnitude.subarray(start);
  const padded = minimal.length === 0 || (minimal[0] ?? 0) >= 0x80;
  return element(tags.integer, padded ? Uint8Array.of(0) : new Uint8Array(0), minimal);
};

export const smallInteger = (value: number): Octets => {
  const octets: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return unsigned(Uint8Array.from(octets));
};

export const boolean = (value: boolean): Octets => element(tags.boolean, Uint8Array.of(value ? 0xff : 0));

export const nullValue: Octets = element(tags.null);

export const octetString = (content: Uint8Array): Octets => element(tags.octetString, content);

export const bitString = (content: Uint8Array, unused = 0): Octets =>
  element(tags.bitString, Uint8Array.of(unused), content);

export const oid = (text: string): Octets => {
  const [first = 0n, second = 0n, ...rest] = text.split('.').map(BigInt);
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const base128 = [Number(arc & 0x7fn)];
    for (let higher = arc >> 7n; higher > 0n; higher >>= 7n) base128.unshift(Number(higher & 0x7fn) | 0x80);
    octets.push(...base128);
  }
  return element(tags.oid, Uint8Array.from(octets));
};

const encoder = new TextEncoder();

export const utf8 = (text: string): Octets => element(tags.utf8String, encoder.encode(text));

export const printable = (text: string): Octets => element(tags.printableString, encoder.encode(text));

/** A URI or an e-mail address inside GeneralName. */
export const ia5Context = (number: number, text: string): Octets =>
  contextPrimitive(number, encoder.encode(text));

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280 4.1.2.5). Fractions of a second are dropped. */
export const time = (date: Date): Octets => {
  const text = `${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? element(tags.utcTime, encoder.encode(text.slice(2)))
    : element(tags.generalizedTime, encoder.encode(text));
};
