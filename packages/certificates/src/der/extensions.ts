import * as pkijs from 'pkijs';
import { ownBytes, toHex } from '../bytes.js';
import {
  type Certificate,
  type DirectoryAttribute,
  type Extension,
  extensionOids,
  type KeyUsage,
} from '../certificate.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, contextTag, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { booleanOf, oidOf, smallIntegerOf, textOf } from './values.js';

// -------------------------------------------------------------------------------------
// the list
// -------------------------------------------------------------------------------------

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

// -------------------------------------------------------------------------------------
// values that decide a path: read from the checked octets themselves
// -------------------------------------------------------------------------------------

const keyUsageBits: ReadonlyArray<KeyUsage> = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const keyUsageOf = (node: DerNode): ReadonlySet<KeyUsage> | undefined => {
  if (node.tag !== tags.bitString) return undefined;
  const bits = contentOf(node).subarray(1);
  const usage = keyUsageBits.filter((_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0);
  return usage.length === 0 ? undefined : new Set(usage);
};

const basicConstraintsOf = (node: DerNode): Certificate['basicConstraints'] => {
  if (node.tag !== tags.sequence || node.children.length > 2) return undefined;
  const [first, second] = node.children;
  if (first === undefined) return { ca: false };
  const ca = booleanOf(first);
  const lengthNode = ca === undefined ? first : second;
  if (ca === undefined && second !== undefined) return undefined;
  if (ca === false) return undefined;
  if (lengthNode === undefined) return { ca: ca === true };
  const pathLength = smallIntegerOf(lengthNode);
  // A path length on a certificate that is no CA says nothing that could be obeyed (RFC 5280 4.2.1.9).
  return pathLength === undefined || ca !== true ? undefined : { ca: true, pathLength };
};

const authorityKeyOf = (node: DerNode): { readonly aki?: string } | undefined => {
  if (node.tag !== tags.sequence) return undefined;
  const key = node.children.find((child) => child.tag === contextTag(0, false));
  return key === undefined ? {} : { aki: toHex(contentOf(key)) };
};

/** Attributes whose values are object identifiers or strings; another type is kept as `#` and its octets. */
const directoryAttributesOf = (node: DerNode): ReadonlyArray<DirectoryAttribute> | undefined => {
  if (node.tag !== tags.sequence) return undefined;
  const attributes: DirectoryAttribute[] = [];
  for (const child of node.children) {
    const type = oidOf(child.children[0]);
    const set = child.children[1];
    if (child.children.length !== 2 || type === undefined || set?.tag !== tags.set) return undefined;
    const values = set.children.map((value) => oidOf(value) ?? textOf(value) ?? `#${toHex(wholeOf(value))}`);
    attributes.push({ type, values });
  }
  return attributes;
};

// -------------------------------------------------------------------------------------
// values with deep structure: the library reads them, after the gate
// -------------------------------------------------------------------------------------

const policiesOf = (value: Uint8Array): ReadonlyArray<string> =>
  pkijs.CertificatePolicies.fromBER(ownBytes(value)).certificatePolicies.map((p) => p.policyIdentifier);

const purposesOf = (value: Uint8Array): ReadonlyArray<string> =>
  pkijs.ExtKeyUsage.fromBER(ownBytes(value)).keyPurposes;

const uriOf = (name: { readonly type: number; readonly value: unknown }): ReadonlyArray<string> =>
  name.type === 6 && typeof name.value === 'string' ? [name.value] : [];

const crlUrisOf = (value: Uint8Array): ReadonlyArray<string> =>
  pkijs.CRLDistributionPoints.fromBER(ownBytes(value)).distributionPoints.flatMap(({ distributionPoint }) =>
    Array.isArray(distributionPoint) ? distributionPoint.flatMap(uriOf) : [],
  );

const ocspUrisOf = (value: Uint8Array): ReadonlyArray<string> =>
  pkijs.InfoAccess.fromBER(ownBytes(value)).accessDescriptions.flatMap((access) =>
    access.accessMethod === '1.3.6.1.5.5.7.48.1' ? uriOf(access.accessLocation) : [],
  );

/** Elements in a value that the library reads: it takes a quarter of a millisecond for some of them. */
const maxLibraryNodes = 128;

const countOf = (node: DerNode): number => node.children.reduce((count, child) => count + countOf(child), 1);

const guarded = <A>(node: DerNode, read: () => A): A | undefined => {
  if (countOf(node) > maxLibraryNodes) return undefined;
  try {
    return read();
  } catch {
    return undefined;
  }
};

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

type ExtensionValues = Pick<
  Certificate,
  | 'aki'
  | 'ski'
  | 'basicConstraints'
  | 'keyUsage'
  | 'extKeyUsage'
  | 'policies'
  | 'directoryAttributes'
  | 'crlUris'
  | 'ocspUris'
>;

const valueLimits = { maxBytes: 8192, maxDepth: 12, maxNodes: 1000 };

const oneValue = ({ oid, value }: Extension, node: DerNode): Partial<ExtensionValues> | undefined => {
  switch (oid) {
    case extensionOids.keyUsage: {
      const keyUsage = keyUsageOf(node);
      return keyUsage && { keyUsage };
    }
    case extensionOids.basicConstraints: {
      const basicConstraints = basicConstraintsOf(node);
      return basicConstraints && { basicConstraints };
    }
    case extensionOids.subjectKeyIdentifier:
      return node.tag === tags.octetString ? { ski: toHex(contentOf(node)) } : undefined;
    case extensionOids.authorityKeyIdentifier:
      return authorityKeyOf(node);
    case extensionOids.subjectDirectoryAttributes: {
      const directoryAttributes = directoryAttributesOf(node);
      return directoryAttributes && { directoryAttributes };
    }
    case extensionOids.certificatePolicies: {
      const policies = guarded(node, () => policiesOf(value));
      return policies && new Set(policies).size === policies.length ? { policies } : undefined;
    }
    case extensionOids.extKeyUsage: {
      const extKeyUsage = guarded(node, () => purposesOf(value));
      return extKeyUsage && { extKeyUsage };
    }
    // Where to ask for revocation is advice: a form that cannot be read leaves no address, and the octets stay.
    case extensionOids.crlDistributionPoints:
      return { crlUris: guarded(node, () => crlUrisOf(value)) ?? [] };
    case extensionOids.authorityInfoAccess:
      return { ocspUris: guarded(node, () => ocspUrisOf(value)) ?? [] };
    default:
      return {};
  }
};

const known: ReadonlySet<string> = new Set(Object.values(extensionOids));

/** The values this package judges by. An extension that it knows and cannot read is refused. */
export const extensionValuesOf = (list: ReadonlyArray<Extension>): Read<ExtensionValues> => {
  let values: ExtensionValues = { policies: [], directoryAttributes: [], crlUris: [], ocspUris: [] };
  for (const extension of list) {
    if (!known.has(extension.oid)) continue;
    const node = readDer(extension.value, valueLimits);
    if (E.isLeft(node)) return refuse(`extension ${extension.oid}: ${node.left}`);
    const value = oneValue(extension, node.right);
    if (value === undefined) return refuse(`extension ${extension.oid}`);
    values = { ...values, ...value };
  }
  return E.right(values);
};
