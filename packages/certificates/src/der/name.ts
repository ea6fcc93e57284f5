import { toHex } from '../bytes.js';
import { type Name, type NameAttribute, nameNormal, nameText } from '../name.js';
import { type DerNode, tags, wholeOf } from './reader.js';
import { oidOf, textOf } from './values.js';

/**
 * Characters in one value. RFC 5280 appendix A.1 allows 64 to 255 for nearly all attributes (and 32,768 for a name that
 * nobody has). Names are compared in a normal form, and putting combining marks in order costs the square of their number.
 */
export const maxValueLength = 512;

const attributeOf = (node: DerNode): NameAttribute | undefined => {
  const [typeNode, valueNode] = node.children;
  const type = oidOf(typeNode);
  if (
    node.tag !== tags.sequence ||
    node.children.length !== 2 ||
    type === undefined ||
    valueNode === undefined
  ) {
    return undefined;
  }
  const read = textOf(valueNode);
  // A value of no string type keeps its octets, so that two different ones never compare equal.
  const value = read ?? `#${toHex(wholeOf(valueNode))}`;
  if (value.length > maxValueLength) return undefined;
  return read === undefined ? { type, value, encoded: true } : { type, value };
};

/** RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue, from its members. */
export const relativeNameOf = (nodes: ReadonlyArray<DerNode>): ReadonlyArray<NameAttribute> | undefined => {
  const attributes = nodes.flatMap((node) => attributeOf(node) ?? []);
  return attributes.length === 0 || attributes.length !== nodes.length ? undefined : attributes;
};

/** Name ::= SEQUENCE OF SET OF { type, value } (RFC 5280 4.1.2.4). Undefined when it is something else. */
export const nameOf = (node: DerNode | undefined): Name | undefined => {
  if (node === undefined || node.tag !== tags.sequence) return undefined;
  const rdns: ReadonlyArray<NameAttribute>[] = [];
  for (const set of node.children) {
    const rdn = set.tag === tags.set ? relativeNameOf(set.children) : undefined;
    if (rdn === undefined) return undefined;
    rdns.push(rdn);
  }
  return { rdns, text: nameText(rdns), normal: nameNormal(rdns), der: wholeOf(node) };
};
