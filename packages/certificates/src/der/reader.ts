/**
 * The strict gate: definite-length DER (X.690 clause 10 and 11) and nothing else.
 *
 * Every structure passes here before anything interprets it. What leaves is a tree of positions in the octets
 * that were checked, so the octets that were checked are the octets that are judged.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type DerProblem, primitiveProblem } from './primitives.js';
import { tags } from './tags.js';

export { contextTag, tags } from './tags.js';

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

export type { DerProblem };

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

/** Tag and extent of one element, its content not yet looked at. */
export interface DerHeader {
  readonly tag: number;
  readonly content: number;
  readonly end: number;
}

/** The header at `at`, of an element that ends at `limit` or before: definite, minimal length. */
export const readHeader = (bytes: Uint8Array, at: number, limit: number): E.Either<DerProblem, DerHeader> => {
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

/** Whether `a` comes strictly before `b`. No element is the beginning of another, so the first difference decides. */
const comesBefore = (bytes: Uint8Array, a: DerNode, b: DerNode): boolean => {
  for (let i = 0; a.start + i < a.end && b.start + i < b.end; i += 1) {
    const difference = (bytes[a.start + i] ?? 0) - (bytes[b.start + i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
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
      const problem = primitiveProblem(tag, input, content, end);
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
      const previous = children.at(-1);
      // One set has one spelling: its members stand in the order of their octets (X.690 11.6).
      if (tag === tags.set && previous !== undefined && comesBefore(input, child.right, previous)) {
        return E.left(`set not in order at ${next}`);
      }
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
