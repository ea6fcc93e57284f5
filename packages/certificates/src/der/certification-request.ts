/** PKCS#10 (RFC 2986): what a holder signs to be given a certificate, written and read. */
import type { AlgorithmIdentifier, Extension, PublicKeyInfo } from '../certificate.js';
import type { Name } from '../name.js';
import { algorithmOf, publicKeyInfoOf } from './algorithm.js';
import { encodeExtension } from './encode-certificate.js';
import { extensionListOf } from './extension-list.js';
import { nameOf } from './name.js';
import { E, type Read, refuse } from './read.js';
import { contextTag, type DerLimits, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { bitOctetsOf, oidOf, smallIntegerOf } from './values.js';
import * as w from './writer.js';

type Octets = Uint8Array<ArrayBuffer>;

/** A request has less in it than the certificate that it asks for. */
export const requestLimits: DerLimits = { maxBytes: 16_384, maxDepth: 16, maxNodes: 2_000 };

/** PKCS #9 extensionRequest (RFC 2985 5.4.2). */
const extensionRequest = '1.2.840.113549.1.9.14';
const sha256WithRsa = '1.2.840.113549.1.1.11';

export interface RequestInfoSpec {
  /** DER of a Name. */
  readonly subject: Uint8Array;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: ReadonlyArray<Extension>;
}

/** CertificationRequestInfo (RFC 2986 4.1): what is signed. */
export const encodeRequestInfo = ({ subject, publicKey, extensions }: RequestInfoSpec): Octets =>
  w.sequence(
    w.smallInteger(0),
    subject,
    publicKey,
    w.context(
      0,
      ...(extensions.length === 0
        ? []
        : [w.sequence(w.oid(extensionRequest), w.setOf(w.sequence(...extensions.map(encodeExtension))))]),
    ),
  );

/** CertificationRequest, signed by RSASSA-PKCS1-v1_5 with SHA-256. */
export const encodeRequest = (info: Uint8Array, signature: Uint8Array): Octets =>
  w.sequence(info, w.sequence(w.oid(sha256WithRsa), w.nullValue), w.bitString(signature));

/** What a request says. */
export interface RequestInfo {
  readonly subject: Name;
  readonly publicKeyInfo: PublicKeyInfo;
  /** Those that are asked for. */
  readonly extensions: ReadonlyArray<Extension>;
}

export interface SignedRequest extends RequestInfo {
  /** DER of CertificationRequestInfo: what was signed. */
  readonly info: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** Attributes ::= SET OF Attribute, under [0] IMPLICIT. Others than the request for extensions say nothing here. */
const extensionsOf = (node: DerNode): Read<ReadonlyArray<Extension>> => {
  const seen = new Set<string>();
  let found: Read<ReadonlyArray<Extension>> = E.right([]);
  for (const attribute of node.children) {
    const [typeNode, values] = attribute.children;
    const type = oidOf(typeNode);
    if (attribute.tag !== tags.sequence || attribute.children.length !== 2 || type === undefined) {
      return refuse('attribute');
    }
    if (values?.tag !== tags.set || seen.has(type)) return refuse(`attribute ${type}`);
    seen.add(type);
    if (type !== extensionRequest) continue;
    if (values.children.length !== 1) return refuse('request for extensions');
    found = extensionListOf(values.children[0]);
    if (E.isLeft(found)) return found;
  }
  return found;
};

const infoOf = (node: DerNode): Read<RequestInfo> => {
  const [version, subjectNode, keyNode, attributes] = node.children;
  const subject = nameOf(subjectNode);
  if (node.tag !== tags.sequence || node.children.length !== 4) return refuse('request info');
  if (smallIntegerOf(version) !== 0) return refuse('version');
  if (subject === undefined) return refuse('subject');
  const publicKeyInfo = publicKeyInfoOf(keyNode);
  if (E.isLeft(publicKeyInfo)) return publicKeyInfo;
  if (attributes?.tag !== contextTag(0, true)) return refuse('attributes');
  const extensions = extensionsOf(attributes);
  return E.isLeft(extensions)
    ? extensions
    : E.right({ subject, publicKeyInfo: publicKeyInfo.right, extensions: extensions.right });
};

/** CertificationRequestInfo from octets that the caller owns. */
export const requestInfoOf = (der: Uint8Array): Read<RequestInfo> => {
  const read = readDer(der, requestLimits);
  return E.isLeft(read) ? refuse(read.left) : infoOf(read.right);
};

/** CertificationRequest from octets that the caller owns; its signature is not looked at. */
export const requestOf = (der: Uint8Array): Read<SignedRequest> => {
  const read = readDer(der, requestLimits);
  if (E.isLeft(read)) return refuse(read.left);
  const [infoNode, algorithmNode, signatureNode] = read.right.children;
  const signatureAlgorithm = algorithmOf(algorithmNode);
  const signature = bitOctetsOf(signatureNode);
  if (read.right.tag !== tags.sequence || read.right.children.length !== 3 || infoNode === undefined) {
    return refuse('not a certification request');
  }
  if (signatureAlgorithm === undefined || signature === undefined) return refuse('signature');
  const info = infoOf(infoNode);
  return E.isLeft(info)
    ? info
    : E.right({ ...info.right, info: wholeOf(infoNode), signatureAlgorithm, signature });
};
