/**
 * CMS SignedData (RFC 5652 section 5) read from the checked octets themselves. Not through a library's model: the
 * profile must see a second value, a stray field and the exact octets that were signed.
 */
import type { AlgorithmIdentifier } from '../certificate.js';
import { algorithmOf } from './algorithm.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, contextTag, type DerLimits, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { serialOf } from './serial.js';
import { oidOf, smallIntegerOf } from './values.js';

/** An answer of a card has 2–4 kB. */
export const signedDataLimits: DerLimits = { maxBytes: 65_536, maxDepth: 20, maxNodes: 4_000 };

/** Certificates in one SignedData. */
const maxCertificates = 10;

export interface SignedAttribute {
  readonly type: string;
  readonly values: ReadonlyArray<DerNode>;
}

/** How a signer names its certificate. */
export type SignerIdentifier =
  | { readonly by: 'issuerAndSerial'; readonly issuer: Uint8Array; readonly serialNumber: string }
  | { readonly by: 'subjectKeyIdentifier'; readonly ski: Uint8Array };

export interface SignerInfo {
  readonly version: number;
  readonly sid: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** Undefined when the signature is directly over the content. */
  readonly signedAttributes?: {
    readonly list: ReadonlyArray<SignedAttribute>;
    /** The octets that were signed: the attributes as a SET OF (RFC 5652 5.4). */
    readonly signed: Uint8Array;
  };
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

export interface SignedData {
  readonly version: number;
  readonly digestAlgorithms: ReadonlyArray<AlgorithmIdentifier>;
  readonly contentType: string;
  /** Undefined when the content is detached. */
  readonly content?: Uint8Array;
  /** DER of each certificate. */
  readonly certificates: ReadonlyArray<Uint8Array>;
  readonly signers: ReadonlyArray<SignerInfo>;
}

const signedDataOid = '1.2.840.113549.1.7.2';

// -------------------------------------------------------------------------------------
// signer
// -------------------------------------------------------------------------------------

const signerIdentifierOf = (node: DerNode | undefined): SignerIdentifier | undefined => {
  if (node?.tag === contextTag(0, false)) return { by: 'subjectKeyIdentifier', ski: contentOf(node) };
  const issuer = node?.children[0];
  const serialNumber = serialOf(node?.children[1]);
  // The name is not read: it must be, octet for octet, the one in a certificate, and that one is.
  return node?.tag === tags.sequence &&
    node.children.length === 2 &&
    issuer?.tag === tags.sequence &&
    serialNumber !== undefined
    ? { by: 'issuerAndSerial', issuer: wholeOf(issuer), serialNumber }
    : undefined;
};

const attributesOf = (node: DerNode): Read<NonNullable<SignerInfo['signedAttributes']>> => {
  const seen = new Set<string>();
  const list: SignedAttribute[] = [];
  for (const child of node.children) {
    const type = oidOf(child.children[0]);
    const set = child.children[1];
    if (
      child.tag !== tags.sequence ||
      child.children.length !== 2 ||
      type === undefined ||
      set?.tag !== tags.set
    ) {
      return refuse('signed attribute');
    }
    if (seen.has(type)) return refuse(`signed attribute ${type} twice`);
    seen.add(type);
    list.push({ type, values: set.children });
  }
  // [0] IMPLICIT in the structure, SET OF under the signature.
  const signed = wholeOf(node).slice();
  signed[0] = tags.set;
  return E.right({ list, signed });
};

const signerInfoOf = (node: DerNode): Read<SignerInfo> => {
  const fields = [...node.children];
  const version = smallIntegerOf(fields.shift());
  const sid = signerIdentifierOf(fields.shift());
  const digestAlgorithm = algorithmOf(fields.shift());
  const attributesNode = fields[0]?.tag === contextTag(0, true) ? fields.shift() : undefined;
  const signatureAlgorithm = algorithmOf(fields.shift());
  const signatureNode = fields.shift();
  // Unsigned attributes are allowed and never read.
  if (fields[0]?.tag === contextTag(1, true)) fields.shift();
  if (node.tag !== tags.sequence || fields.length > 0) return refuse('signer info');
  if (version === undefined || sid === undefined) return refuse('signer identifier');
  if (digestAlgorithm === undefined || signatureAlgorithm === undefined) return refuse('signer algorithm');
  if (signatureNode?.tag !== tags.octetString) return refuse('signature value');
  // The version follows from the form of the identifier (RFC 5652 5.3).
  if (version !== (sid.by === 'issuerAndSerial' ? 1 : 3)) return refuse('signer info version');
  const signer = { version, sid, digestAlgorithm, signatureAlgorithm, signature: contentOf(signatureNode) };
  if (attributesNode === undefined) return E.right(signer);
  const signedAttributes = attributesOf(attributesNode);
  return E.isLeft(signedAttributes)
    ? signedAttributes
    : E.right({ ...signer, signedAttributes: signedAttributes.right });
};

// -------------------------------------------------------------------------------------
// the whole
// -------------------------------------------------------------------------------------

const contentInfoOf = (root: DerNode): DerNode | undefined => {
  const [type, explicit] = root.children;
  return root.tag === tags.sequence &&
    root.children.length === 2 &&
    oidOf(type) === signedDataOid &&
    explicit?.tag === contextTag(0, true) &&
    explicit.children.length === 1 &&
    explicit.children[0]?.tag === tags.sequence
    ? explicit.children[0]
    : undefined;
};

const encapsulatedOf = (
  node: DerNode | undefined,
): Pick<SignedData, 'contentType' | 'content'> | undefined => {
  const contentType = oidOf(node?.children[0]);
  const explicit = node?.children[1];
  if (node?.tag !== tags.sequence || node.children.length > 2 || contentType === undefined) return undefined;
  if (explicit === undefined) return { contentType };
  const octets = explicit.children[0];
  return explicit.tag === contextTag(0, true) &&
    explicit.children.length === 1 &&
    octets?.tag === tags.octetString
    ? { contentType, content: contentOf(octets) }
    : undefined;
};

const allOf = <A>(
  nodes: ReadonlyArray<DerNode>,
  read: (node: DerNode) => Read<A>,
): Read<ReadonlyArray<A>> => {
  const values: A[] = [];
  for (const node of nodes) {
    const value = read(node);
    if (E.isLeft(value)) return value;
    values.push(value.right);
  }
  return E.right(values);
};

const algorithmRead = (node: DerNode): Read<AlgorithmIdentifier> => {
  const algorithm = algorithmOf(node);
  return algorithm === undefined ? refuse('digest algorithm') : E.right(algorithm);
};

const certificateRead = (node: DerNode): Read<Uint8Array> =>
  node.tag === tags.sequence ? E.right(wholeOf(node)) : refuse('certificate of another kind');

/** ContentInfo with SignedData, from octets that the caller owns. */
export const signedDataOf = (der: Uint8Array): Read<SignedData> => {
  const read = readDer(der, signedDataLimits);
  if (E.isLeft(read)) return refuse(read.left);
  const node = contentInfoOf(read.right);
  if (node === undefined) return refuse('not SignedData');
  const fields = [...node.children];
  const version = smallIntegerOf(fields.shift());
  const digestsNode = fields.shift();
  const encapsulated = encapsulatedOf(fields.shift());
  const bag = fields[0]?.tag === contextTag(0, true) ? fields.shift() : undefined;
  const signersNode = fields.shift();
  // A card sends no revocation lists ([1]); what is not read must not be there.
  if (signersNode?.tag !== tags.set || digestsNode?.tag !== tags.set || fields.length > 0)
    return refuse('SignedData');
  if (encapsulated === undefined) return refuse('encapsulated content');

  const digestAlgorithms = allOf(digestsNode.children, algorithmRead);
  if (E.isLeft(digestAlgorithms)) return digestAlgorithms;
  if ((bag?.children.length ?? 0) > maxCertificates)
    return refuse(`more than ${maxCertificates} certificates`);
  const certificates = allOf(bag?.children ?? [], certificateRead);
  if (E.isLeft(certificates)) return certificates;
  const signers = allOf(signersNode.children, signerInfoOf);
  if (E.isLeft(signers)) return signers;

  // RFC 5652 5.1: version 3 when the content is not plain data or a signer is version 3, else 1.
  const plain =
    encapsulated.contentType === '1.2.840.113549.1.7.1' && signers.right.every((s) => s.version === 1);
  if (version !== (plain ? 1 : 3)) return refuse('SignedData version');
  return E.right({
    version,
    digestAlgorithms: digestAlgorithms.right,
    ...encapsulated,
    certificates: certificates.right,
    signers: signers.right,
  });
};
