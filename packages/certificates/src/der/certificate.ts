import { equalBytes } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { algorithmOf, publicKeyInfoOf } from './algorithm.js';
import { extensionListOf } from './extension-list.js';
import { extensionValuesOf } from './extensions.js';
import { nameOf } from './name.js';
import { bitStringProblem } from './primitives.js';
import { E, type Read, refuse } from './read.js';
import { contextTag, type DerLimits, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { serialOf } from './serial.js';
import { bitOctetsOf, smallIntegerOf, timeOf } from './values.js';

/** Certificates of the GPKI have 1–2 kB; the caps leave room and stop a bomb. */
export const certificateLimits: DerLimits = { maxBytes: 16_384, maxDepth: 16, maxNodes: 2_000 };

type Decoded = Omit<Certificate, 'fingerprint'>;

const versionOf = (node: DerNode | undefined): 1 | 2 | 3 | undefined => {
  if (node === undefined || node.tag !== contextTag(0, true)) return 1;
  const value = node.children.length === 1 ? smallIntegerOf(node.children[0]) : undefined;
  // v1 is the DEFAULT: DER never writes it.
  return value === 1 ? 2 : value === 2 ? 3 : undefined;
};

const validityOf = (node: DerNode | undefined): readonly [number, number] | undefined => {
  const notBefore = timeOf(node?.children[0]);
  const notAfter = timeOf(node?.children[1]);
  return node?.tag === tags.sequence &&
    node.children.length === 2 &&
    notBefore !== undefined &&
    notAfter !== undefined
    ? [notBefore, notAfter]
    : undefined;
};

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature } from octets that the caller owns. */
export const certificateOf = (der: Uint8Array): Read<Decoded> => {
  const read = readDer(der, certificateLimits);
  if (E.isLeft(read)) return refuse(read.left);
  const root = read.right;
  const [tbs, outerAlgorithm, signatureNode] = root.children;
  const signature = bitOctetsOf(signatureNode);
  const signatureAlgorithm = algorithmOf(outerAlgorithm);
  if (root.tag !== tags.sequence || root.children.length !== 3 || tbs?.tag !== tags.sequence) {
    return refuse('not a certificate');
  }
  if (!signature || !signatureAlgorithm || !outerAlgorithm) return refuse('signature');

  const version = versionOf(tbs.children[0]);
  if (version === undefined) return refuse('version');
  const fields = tbs.children.slice(version === 1 ? 0 : 1);
  const [serialNode, innerAlgorithm, issuerNode, validityNode, subjectNode, keyNode, ...optional] = fields;

  const serialNumber = serialOf(serialNode);
  if (serialNumber === undefined) return refuse('serial number not positive or longer than 20 octets');
  if (innerAlgorithm === undefined || !equalBytes(wholeOf(innerAlgorithm), wholeOf(outerAlgorithm))) {
    return refuse('signature algorithm inside and outside differ');
  }
  const issuer = nameOf(issuerNode);
  const subject = nameOf(subjectNode);
  if (issuer === undefined || subject === undefined || issuer.rdns.length === 0) return refuse('name');
  const validity = validityOf(validityNode);
  if (validity === undefined) return refuse('validity');
  const publicKeyInfo = publicKeyInfoOf(keyNode);
  if (E.isLeft(publicKeyInfo)) return publicKeyInfo;

  const extensions = optionalFields(optional, version);
  if (E.isLeft(extensions)) return extensions;
  const values = extensionValuesOf(extensions.right);
  if (E.isLeft(values)) return values;

  return E.right({
    der,
    version,
    serialNumber,
    issuer,
    subject,
    notBefore: validity[0],
    notAfter: validity[1],
    publicKeyInfo: publicKeyInfo.right,
    signatureAlgorithm,
    signature,
    tbs: wholeOf(tbs),
    ...values.right,
    extensions: extensions.right,
  });
};

/** issuerUniqueID [1], subjectUniqueID [2], extensions [3]: in this order, each once, the last only in version 3. */
const optionalFields = (
  nodes: ReadonlyArray<DerNode>,
  version: 1 | 2 | 3,
): Read<Certificate['extensions']> => {
  let last = 0;
  let list: Read<Certificate['extensions']> = E.right([]);
  for (const node of nodes) {
    const number = node.tag === contextTag(1, false) ? 1 : node.tag === contextTag(2, false) ? 2 : 3;
    if (number === 3 && (node.tag !== contextTag(3, true) || version !== 3 || node.children.length !== 1)) {
      return refuse('field after the public key');
    }
    if (number <= last || version === 1) return refuse('order of the fields after the public key');
    last = number;
    if (number < 3 && bitStringProblem(node.bytes, node.content, node.end) !== undefined) {
      return refuse('unique identifier');
    }
    if (number === 3) list = extensionListOf(node.children[0]);
  }
  return list;
};
