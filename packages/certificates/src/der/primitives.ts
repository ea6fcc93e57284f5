/** The canonical form of each primitive type (X.690 8, 10 and 11): what the gate asks of the content. */
import { tags } from './tags.js';

/** Why the gate refused: a short technical phrase, in the end with an offset. */
export type DerProblem = string;

type Check = (bytes: Uint8Array, content: number, end: number) => DerProblem | undefined;

// -------------------------------------------------------------------------------------
// numbers, bits, identifiers
// -------------------------------------------------------------------------------------

const booleanProblem: Check = (bytes, content, end) => {
  const value = bytes[content];
  return end - content === 1 && (value === 0 || value === 0xff) ? undefined : 'boolean not canonical';
};

/** An integer, under whatever tag: at least one octet, and none that says nothing (X.690 8.3). */
export const integerProblem: Check = (bytes, content, end) => {
  const first = bytes[content];
  const second = bytes[content + 1];
  if (first === undefined || content === end) return 'empty integer';
  if (end - content === 1 || second === undefined) return undefined;
  const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  return padded ? 'integer not minimal' : undefined;
};

/** A bit string, under whatever tag: unused bits are there, few and zero (X.690 8.6, 11.2.1). */
export const bitStringProblem: Check = (bytes, content, end) => {
  const unused = bytes[content];
  if (unused === undefined || content === end) return 'empty bit string';
  if (unused > 7 || (unused > 0 && end - content === 1)) return 'bit string with impossible padding';
  const last = bytes[end - 1] ?? 0;
  return unused > 0 && (last & ((1 << unused) - 1)) !== 0 ? 'bit string padding not zero' : undefined;
};

/** A list of named bits: a bit string that ends in a bit which is set (X.690 11.2.2). */
export const namedBitsProblem: Check = (bytes, content, end) => {
  const problem = bitStringProblem(bytes, content, end);
  if (problem !== undefined) return problem;
  const unused = bytes[content] ?? 0;
  const last = bytes[end - 1] ?? 0;
  // Without a bit the content is the count of unused bits alone, which is zero.
  if (end - content === 1) return undefined;
  return (last & (1 << unused)) === 0 ? 'named bits end in a zero' : undefined;
};

const maxOidOctets = 64;

/** What is wrong with the content of an object identifier, from `content` to `end`. */
export const oidProblem: Check = (bytes, content, end) => {
  if (content === end || ((bytes[end - 1] ?? 0x80) & 0x80) !== 0) return 'object identifier cut short';
  // Arcs are turned into decimal text, which costs the square of their length.
  if (end - content > maxOidOctets) return 'object identifier too long';
  let startOfArc = true;
  for (let i = content; i < end; i += 1) {
    const octet = bytes[i] ?? 0;
    if (startOfArc && octet === 0x80) return 'object identifier arc not minimal';
    startOfArc = octet < 0x80;
  }
  return undefined;
};

// -------------------------------------------------------------------------------------
// strings
// -------------------------------------------------------------------------------------

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

const utf8Problem: Check = (bytes, content, end) => {
  try {
    strictUtf8.decode(bytes.subarray(content, end));
    return undefined;
  } catch {
    return 'not UTF-8';
  }
};

const octetsOf = (text: string): ReadonlySet<number> => new Set([...text].map((c) => c.charCodeAt(0)));

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const printableOctets = octetsOf(`${letters}0123456789 '()+,-./:=?`);
const numericOctets = octetsOf('0123456789 ');

const alphabetProblem =
  (name: string, allowed: (octet: number) => boolean): Check =>
  (bytes, content, end) => {
    for (let i = content; i < end; i += 1) if (!allowed(bytes[i] ?? 0)) return `octet that no ${name} has`;
    return undefined;
  };

/** The first 65,536 characters and no others: a surrogate is half of one (X.680 41.15). */
const bmpProblem: Check = (bytes, content, end) => {
  if ((end - content) % 2 !== 0) return 'BMPString of odd length';
  for (let i = content; i < end; i += 2) {
    const high = bytes[i] ?? 0;
    if (high >= 0xd8 && high <= 0xdf) return 'surrogate in a BMPString';
  }
  return undefined;
};

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

const never =
  (problem: DerProblem): Check =>
  () =>
    problem;

/**
 * By identifier octet. TeletexString is not here: T.61 has no alphabet that two programs agree on. Certificates of before
 * 2004 have it, and it is read as Latin-1, as everybody reads it. Times are judged where they are read (`timeOf`).
 */
const checks: ReadonlyMap<number, Check> = new Map<number, Check>([
  [tags.boolean, booleanProblem],
  [tags.integer, integerProblem],
  [tags.enumerated, integerProblem],
  [tags.bitString, bitStringProblem],
  [tags.null, (_, content, end) => (content === end ? undefined : 'null with content')],
  [tags.oid, oidProblem],
  [tags.utf8String, utf8Problem],
  [tags.printableString, alphabetProblem('PrintableString', (octet) => printableOctets.has(octet))],
  [tags.numericString, alphabetProblem('NumericString', (octet) => numericOctets.has(octet))],
  [tags.ia5String, alphabetProblem('IA5String', (octet) => octet < 0x80)],
  [tags.visibleString, alphabetProblem('VisibleString', (octet) => octet >= 0x20 && octet < 0x7f)],
  [tags.bmpString, bmpProblem],
  [0x10, never('primitive sequence or set')],
  [0x11, never('primitive sequence or set')],
]);

/** What is wrong with a primitive element of this identifier octet. */
export const primitiveProblem = (
  tag: number,
  bytes: Uint8Array,
  content: number,
  end: number,
): DerProblem | undefined => checks.get(tag)?.(bytes, content, end);
