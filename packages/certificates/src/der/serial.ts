import { normalSerial } from '../bytes.js';
import { integerProblem } from './primitives.js';
import { contentOf, type DerNode, tags } from './reader.js';

/** Content of a serial number under whatever tag: minimal, positive, at most 20 octets (RFC 5280 4.1.2.2). */
export const serialContentOf = (content: Uint8Array): string | undefined => {
  if (integerProblem(content, 0, content.length) !== undefined) return undefined;
  const magnitude = content[0] === 0 ? content.subarray(1) : content;
  const negative = (content[0] ?? 0) >= 0x80;
  return negative || magnitude.length === 0 || magnitude.length > 20 ? undefined : normalSerial(magnitude);
};

/** The same as an element. */
export const serialOf = (node: DerNode | undefined): string | undefined =>
  node === undefined || node.tag !== tags.integer ? undefined : serialContentOf(contentOf(node));
