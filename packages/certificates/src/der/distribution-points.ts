import type { DistributionPoint, PointName, ReasonFlag } from '../general-name.js';
import { generalNamesIn } from './general-names.js';
import { relativeNameOf } from './name.js';
import { namedBitsProblem } from './primitives.js';
import { contentOf, contextTag, type DerNode, tags } from './reader.js';

/** Bit 0 is `unused`. */
const reasonBits: ReadonlyArray<ReasonFlag | undefined> = [
  undefined,
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
];

/** Every reason that ReasonFlags can name. */
export const allReasons: ReadonlySet<ReasonFlag> = new Set(reasonBits.flatMap((reason) => reason ?? []));

/** ReasonFlags under an implicit tag: the content of a bit string. Undefined when it is none or names no reason. */
export const reasonFlagsOf = (node: DerNode): ReadonlySet<ReasonFlag> | undefined => {
  // The gate looks into universal types only; this one has a context tag.
  if (namedBitsProblem(node.bytes, node.content, node.end) !== undefined) return undefined;
  const octets = contentOf(node).subarray(1);
  const reasons = reasonBits.flatMap((reason, i) =>
    reason !== undefined && ((octets[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0 ? [reason] : [],
  );
  return reasons.length === 0 ? undefined : new Set(reasons);
};

/** DistributionPointName ::= CHOICE { fullName [0], nameRelativeToCRLIssuer [1] }. */
export const pointNameOf = (node: DerNode | undefined): PointName | undefined => {
  if (node?.tag === contextTag(0, true)) {
    const fullName = generalNamesIn(node.children);
    return fullName && { fullName };
  }
  if (node?.tag === contextTag(1, true)) {
    const relativeName = relativeNameOf(node.children);
    return relativeName && { relativeName };
  }
  return undefined;
};

/** The fields [0], [1], [2] of a structure: each at most once, in order. Undefined when another field stands there. */
export const taggedFields = (
  node: DerNode,
  allowed: ReadonlyArray<number>,
): ReadonlyMap<number, DerNode> | undefined => {
  if (node.tag !== tags.sequence) return undefined;
  const fields = new Map<number, DerNode>();
  let last = -1;
  for (const child of node.children) {
    const position = allowed.indexOf(child.tag);
    if (position <= last) return undefined;
    last = position;
    fields.set(child.tag, child);
  }
  return fields;
};

const nameTag = contextTag(0, true);
const reasonsTag = contextTag(1, false);
const issuerTag = contextTag(2, true);

const pointOf = (node: DerNode): DistributionPoint | undefined => {
  const fields = taggedFields(node, [nameTag, reasonsTag, issuerTag]);
  if (fields === undefined) return undefined;
  const nameNode = fields.get(nameTag);
  const reasonsNode = fields.get(reasonsTag);
  const issuerNode = fields.get(issuerTag);
  const name = nameNode?.children.length === 1 ? pointNameOf(nameNode.children[0]) : undefined;
  const reasons = reasonsNode && reasonFlagsOf(reasonsNode);
  const crlIssuer = issuerNode && generalNamesIn(issuerNode.children);
  const unreadable =
    (nameNode !== undefined && name === undefined) ||
    (reasonsNode !== undefined && reasons === undefined) ||
    (issuerNode !== undefined && crlIssuer === undefined);
  // A point with reasons alone says where nothing is (RFC 5280 4.2.1.13).
  if (unreadable || (name === undefined && crlIssuer === undefined)) return undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(reasons === undefined ? {} : { reasons }),
    ...(crlIssuer === undefined ? {} : { crlIssuer }),
  };
};

/** Points in one certificate: two in the GPKI. */
const maxPoints = 32;

/** CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint. */
export const distributionPointsOf = (node: DerNode): ReadonlyArray<DistributionPoint> | undefined => {
  if (node.tag !== tags.sequence || node.children.length === 0 || node.children.length > maxPoints) {
    return undefined;
  }
  const points = node.children.flatMap((child) => pointOf(child) ?? []);
  return points.length === node.children.length ? points : undefined;
};
