/** The parts of an OCSP answer: who answers, and what is said of one certificate (RFC 6960 4.1.1, 4.2.1). */
import type { RevocationReason } from '../general-name.js';
import type { CertId, OcspCertStatus, ResponderId, SingleAnswer } from '../revocation/ocsp/response.js';
import { algorithmOf } from './algorithm.js';
import { reasonOfCode } from './crl-extensions.js';
import { extensionListOf } from './extension-list.js';
import { nameOf } from './name.js';
import { E } from './read.js';
import { contentOf, contextTag, type DerNode, tags } from './reader.js';
import { serialOf } from './serial.js';
import { timeOf } from './values.js';

/** The one element under an explicit tag. */
const inside = (node: DerNode | undefined): DerNode | undefined =>
  node?.children.length === 1 ? node.children[0] : undefined;

const generalizedTimeOf = (node: DerNode | undefined): number | undefined =>
  node?.tag === tags.generalizedTime ? timeOf(node) : undefined;

/** ResponderID ::= CHOICE { byName [1] Name, byKey [2] KeyHash }. */
export const responderIdOf = (node: DerNode | undefined): ResponderId | undefined => {
  const value = inside(node);
  if (node?.tag === contextTag(1, true)) {
    const name = nameOf(value);
    return name && { by: 'name', name };
  }
  return node?.tag === contextTag(2, true) && value?.tag === tags.octetString
    ? { by: 'key', hash: contentOf(value) }
    : undefined;
};

/** CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }. */
export const certIdOf = (node: DerNode | undefined): CertId | undefined => {
  const [algorithmNode, nameHash, keyHash, serialNode] = node?.children ?? [];
  const hashAlgorithm = algorithmOf(algorithmNode);
  const serialNumber = serialOf(serialNode);
  return node?.tag === tags.sequence &&
    node.children.length === 4 &&
    hashAlgorithm !== undefined &&
    nameHash?.tag === tags.octetString &&
    keyHash?.tag === tags.octetString &&
    serialNumber !== undefined
    ? {
        hashAlgorithm,
        issuerNameHash: contentOf(nameHash),
        issuerKeyHash: contentOf(keyHash),
        serialNumber,
      }
    : undefined;
};

const reasonOf = (node: DerNode | undefined): RevocationReason | undefined =>
  node?.tag === tags.enumerated && node.end - node.content === 1
    ? reasonOfCode(contentOf(node)[0])
    : undefined;

/** RevokedInfo ::= SEQUENCE { revocationTime, revocationReason [0] OPTIONAL } under an implicit tag. */
const revokedOf = (node: DerNode): OcspCertStatus | undefined => {
  const [timeNode, reasonNode] = node.children;
  const revokedAt = generalizedTimeOf(timeNode);
  if (node.children.length > 2 || revokedAt === undefined) return undefined;
  if (reasonNode === undefined) return { type: 'revoked', revokedAt };
  const reason = reasonNode.tag === contextTag(0, true) ? reasonOf(inside(reasonNode)) : undefined;
  return reason && { type: 'revoked', revokedAt, reason };
};

/** CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] UnknownInfo }. */
const certStatusOf = (node: DerNode | undefined): OcspCertStatus | undefined => {
  if (node?.tag === contextTag(1, true)) return revokedOf(node);
  if (node === undefined || node.end !== node.content) return undefined;
  if (node.tag === contextTag(0, false)) return { type: 'good' };
  return node.tag === contextTag(2, false) ? { type: 'unknown' } : undefined;
};

/** SingleResponse. Undefined when anything in it cannot be read. */
export const singleAnswerOf = (node: DerNode): SingleAnswer | undefined => {
  const fields = [...node.children];
  const certId = certIdOf(fields.shift());
  const status = certStatusOf(fields.shift());
  const thisUpdate = generalizedTimeOf(fields.shift());
  const nextNode = fields[0]?.tag === contextTag(0, true) ? fields.shift() : undefined;
  const extensionsNode = fields[0]?.tag === contextTag(1, true) ? fields.shift() : undefined;
  const nextUpdate = generalizedTimeOf(inside(nextNode));
  const extensions = extensionsNode === undefined ? E.right([]) : extensionListOf(inside(extensionsNode));
  if (node.tag !== tags.sequence || fields.length > 0 || E.isLeft(extensions)) return undefined;
  if (certId === undefined || status === undefined || thisUpdate === undefined) return undefined;
  if (nextNode !== undefined && nextUpdate === undefined) return undefined;
  return {
    certId,
    status,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    extensions: extensions.right,
  };
};
