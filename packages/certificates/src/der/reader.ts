/**
 * The strict gate: definite-length DER (X.690 clause 10 and 11) and nothing else.
 *
 * Every structure passes here before anything interprets it. What leaves is a tree of positions in the octets
 * that were checked, so the octets that were checked are the octets that are judged.
 */
import * as E from 'fp-ts/lib/Either.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One element. `start` is the offset of its identifier octet, `content` of its first content octet. */
export interface DerNode {
  readonly bytes: Uint8Array;
  /** The whole identifier octet: class, constructed bit and number (low-tag form only). */
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly end: number;
  /** Empty for a primitive element. */
  readonly children: ReadonlyArray<DerNode>;
}

/** What the gate allows. All three are needed: each stops another shape of bomb. */
export interface DerLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxNodes: number;
}

/** Why the gate refused: a short technical phrase with an offset. */
export type DerProblem = string;

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The identifier octet of a context-specific element. */
export const contextTag = (number: number, constructed: boolean): number =>
  0x80 | (constructed ? 0x20 : 0) | number;

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

interface Header {
  readonly tag: number;
  readonly content: number;
  readonly end: number;
}

const readHeader = (bytes: Uint8Array, at: number, limit: number): E.Either<DerProblem, Header> => {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > limit) return E.left(`truncated header at ${at}`);
  if ((tag & 0x1f) === 0x1f) return E.left(`high tag number at ${at}`);
  if (tag === 0) return E.left(`end-of-contents at ${at}`);
  let length = first;
  let content = at + 2;
  if (first === 0x80) return E.left(`indefinite length at ${at}`);
  if (first > 0x80) {
    const octets = first & 0x7f;
    // Four octets already say 4 GiB; longer forms only serve to overflow arithmetic.
    if (octets > 4) return E.left(`length of ${octets} octets at ${at}`);
    length = 0;
    for (let i = 0; i < octets; i += 1) {
      const octet = bytes[content];
      if (octet === undefined || content >= limit) return E.left(`truncated length at ${at}`);
      length = length * 256 + octet;
      content += 1;
    }
    const shortest = length < 0x80 ? 0 : Math.ceil(Math.log2(length + 1) / 8);
    if (octets !== shortest) return E.left(`length not minimal at ${at}`);
  }
  const end = content + length;
  return end > limit ? E.left(`length runs past the end at ${at}`) : E.right({ tag, content, end });
};

const isConstructed = (tag: number): boolean => (tag & 0x20) !== 0;
const isUniversal = (tag: number): boolean => (tag & 0xc0) === 0;

const integerProblem = (bytes: Uint8Array, { content, end }: Header): DerProblem | undefined => {
  const first = bytes[content];
  const second = bytes[content + 1];
  if (first === undefined || content === end) return 'empty integer';
  if (end - content === 1 || second === undefined) return undefined;
  const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  return padded ? 'integer not minimal' : undefined;
};

const bitStringProblem = (bytes: Uint8Array, { content, end }: Header): DerProblem | undefined => {
  const unused = bytes[content];
  if (unused === undefined || content === end) return 'empty bit string';
  if (unused > 7 || (unused > 0 && end - content === 1)) return 'bit string with impossible padding';
  const last = bytes[end - 1] ?? 0;
  return unused > 0 && (last & ((1 << unused) - 1)) !== 0 ? 'bit string padding not zero' : undefined;
};

const maxOidOctets = 64;

/** What is wrong with the content of an object identifier, from `content` to `end`. */
export const oidProblem = (bytes: Uint8Array, content: number, end: number): DerProblem | undefined => {
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

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

const utf8Problem = (bytes: Uint8Array, { content, end }: Header): DerProblem | undefined => {
  try {
    strictUtf8.decode(bytes.subarray(content, end));
    return undefined;
  } catch {
    return 'not UTF-8';
  }
};

const primitiveProblem = (bytes: Uint8Array, header: Header): DerProblem | undefined => {
  const length = header.end - header.content;
  switch (header.tag) {
    case tags.boolean: {
      const value = bytes[header.content];
      return length === 1 && (value === 0 || value === 0xff) ? undefined : 'boolean not canonical';
    }
    case tags.integer:
    case tags.enumerated:
      return integerProblem(bytes, header);
    case tags.bitString:
      return bitStringProblem(bytes, header);
    case tags.null:
      return length === 0 ? undefined : 'null with content';
    case tags.oid:
      return oidProblem(bytes, header.content, header.end);
    case tags.utf8String:
      return utf8Problem(bytes, header);
    case 0x10:
    case 0x11:
      return 'primitive sequence or set';
    default:
      return undefined;
  }
};

/** Reads exactly one element that fills `input`. */
export const readDer = (input: Uint8Array, limits: DerLimits): E.Either<DerProblem, DerNode> => {
  if (input.length > limits.maxBytes) return E.left(`${input.length} octets, at most ${limits.maxBytes}`);
  let nodes = 0;

  const element = (at: number, limit: number, depth: number): E.Either<DerProblem, DerNode> => {
    nodes += 1;
    if (nodes > limits.maxNodes) return E.left(`more than ${limits.maxNodes} elements`);
    if (depth > limits.maxDepth) return E.left(`nested deeper than ${limits.maxDepth}`);
    const header = readHeader(input, at, limit);
    if (E.isLeft(header)) return header;
    const { tag, content, end } = header.right;
    if (!isConstructed(tag)) {
      const problem = primitiveProblem(input, header.right);
      return problem === undefined
        ? E.right({ bytes: input, tag, start: at, content, end, children: [] })
        : E.left(`${problem} at ${at}`);
    }
    if (isUniversal(tag) && tag !== tags.sequence && tag !== tags.set) {
      return E.left(`constructed form of a primitive type at ${at}`);
    }
    const children: DerNode[] = [];
    for (let next = content; next < end; ) {
      const child = element(next, end, depth + 1);
      if (E.isLeft(child)) return child;
      children.push(child.right);
      next = child.right.end;
    }
    return E.right({ bytes: input, tag, start: at, content, end, children });
  };

  const root = element(0, input.length, 1);
  if (E.isLeft(root)) return root;
  return root.right.end === input.length
    ? root
    : E.left(`${input.length - root.right.end} octets after the structure`);
};

// -------------------------------------------------------------------------------------
// views
// -------------------------------------------------------------------------------------

/** The octets of the whole element, header included. */
export const wholeOf = (node: DerNode): Uint8Array => node.bytes.subarray(node.start, node.end);

/** The content octets. */
export const contentOf = (node: DerNode): Uint8Array => node.bytes.subarray(node.content, node.end);
