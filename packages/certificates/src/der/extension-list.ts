/** Extensions as they stand (RFC 5280 4.2): identifier, whether critical, and octets that nobody has read yet. */
import type { Extension } from '../certificate.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, type DerNode, tags } from './reader.js';
import { booleanOf, oidOf } from './values.js';

const extensionOf = (node: DerNode): Extension | undefined => {
  const [first, second, third] = node.children;
  const oid = oidOf(first);
  const explicit = third === undefined ? undefined : booleanOf(second);
  const value = third ?? second;
  if (node.tag !== tags.sequence || node.children.length > 3 || oid === undefined) return undefined;
  if (value?.tag !== tags.octetString) return undefined;
  // `critical` is DEFAULT FALSE: DER writes it only when it is true (X.690 11.5).
  if (third !== undefined && explicit !== true) return undefined;
  return { oid, critical: explicit === true, value: contentOf(value) };
};

/** Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension, each object identifier once (RFC 5280 4.2). */
export const extensionListOf = (node: DerNode | undefined): Read<ReadonlyArray<Extension>> => {
  if (node === undefined || node.tag !== tags.sequence || node.children.length === 0) {
    return refuse('extensions');
  }
  const seen = new Set<string>();
  const list: Extension[] = [];
  for (const child of node.children) {
    const extension = extensionOf(child);
    if (extension === undefined) return refuse('extension');
    if (seen.has(extension.oid)) return refuse(`extension ${extension.oid} twice`);
    seen.add(extension.oid);
    list.push(extension);
  }
  return E.right(list);
};
