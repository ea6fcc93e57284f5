import { toHex } from '../bytes.js';
import { type Name, type NameAttribute, nameNormal, nameText } from '../name.js';
import { type DerNode, tags, wholeOf } from './reader.js';
import { oidOf, textOf } from './values.js';

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
  // A value of no string type keeps its octets, so that two different ones never compare equal.
  return { type, value: textOf(valueNode) ?? `#${toHex(wholeOf(valueNode))}` };
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
