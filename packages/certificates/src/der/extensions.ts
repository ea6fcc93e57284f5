import { toHex } from '../bytes.js';
import {
  type Certificate,
  type DirectoryAttribute,
  type Extension,
  extensionOids,
  type KeyUsage,
} from '../certificate.js';
import {
  inhibitAnyPolicyOf,
  nameConstraintsOf,
  policiesOf,
  policyConstraintsOf,
  policyMappingsOf,
} from './constraints.js';
import { distributionPointsOf, taggedFields } from './distribution-points.js';
import { generalNameOf, generalNamesIn, generalNamesOf } from './general-names.js';
import { namedBitsProblem } from './primitives.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, contextTag, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { serialContentOf } from './serial.js';
import { booleanOf, oidOf, smallIntegerOf, textOf } from './values.js';

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
  if (node.tag !== tags.bitString || namedBitsProblem(node.bytes, node.content, node.end)) return undefined;
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

const keyTag = contextTag(0, false);
const issuerTag = contextTag(1, true);
const serialTag = contextTag(2, false);

/** AuthorityKeyIdentifier (RFC 5280 4.2.1.1). */
export const authorityKeyOf = (node: DerNode): Pick<Certificate, 'aki' | 'akiIssuer'> | undefined => {
  const fields = taggedFields(node, [keyTag, issuerTag, serialTag]);
  if (fields === undefined) return undefined;
  const key = fields.get(keyTag);
  const issuer = fields.get(issuerTag);
  const serial = fields.get(serialTag);
  // Issuer and serial name one certificate together (RFC 5280 4.2.1.1).
  if ((issuer === undefined) !== (serial === undefined)) return undefined;
  const names = issuer && generalNamesIn(issuer.children);
  if (issuer !== undefined && names === undefined) return undefined;
  const serialNumber = serial && serialContentOf(contentOf(serial));
  if (serial !== undefined && serialNumber === undefined) return undefined;
  return {
    ...(key === undefined ? {} : { aki: toHex(contentOf(key)) }),
    ...(names === undefined || serialNumber === undefined ? {} : { akiIssuer: { names, serialNumber } }),
  };
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
// purposes and addresses
// -------------------------------------------------------------------------------------

/** Parts of a list that no certificate needs more of. */
const maxParts = 64;

const purposesOf = (node: DerNode): ReadonlyArray<string> | undefined => {
  if (node.tag !== tags.sequence || node.children.length === 0 || node.children.length > maxParts) {
    return undefined;
  }
  const purposes = node.children.flatMap((child) => oidOf(child) ?? []);
  return purposes.length === node.children.length ? purposes : undefined;
};

const ocspMethod = '1.3.6.1.5.5.7.48.1';

/** Where to ask is advice: what cannot be read leaves no address, and the octets stay. */
const ocspUrisOf = (node: DerNode): ReadonlyArray<string> =>
  node.tag !== tags.sequence || node.children.length > maxParts
    ? []
    : node.children.flatMap((access) => {
        const place = generalNameOf(access.children[1]);
        return oidOf(access.children[0]) === ocspMethod && place?.type === 'uri' ? [place.value] : [];
      });

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

type ExtensionValues = Pick<
  Certificate,
  | 'aki'
  | 'akiIssuer'
  | 'ski'
  | 'basicConstraints'
  | 'keyUsage'
  | 'extKeyUsage'
  | 'policies'
  | 'policyMappings'
  | 'policyConstraints'
  | 'inhibitAnyPolicy'
  | 'nameConstraints'
  | 'subjectAltNames'
  | 'directoryAttributes'
  | 'crlPoints'
  | 'freshestCrl'
  | 'ocspUris'
>;

const valueLimits = { maxBytes: 8192, maxDepth: 12, maxNodes: 1000 };

type Reader = (node: DerNode) => Partial<ExtensionValues> | undefined;

/** A reader whose value is one field of the record. */
const field =
  <K extends keyof ExtensionValues>(
    name: K,
    read: (node: DerNode) => ExtensionValues[K] | undefined,
  ): Reader =>
  (node) => {
    const value = read(node);
    return value === undefined ? undefined : { [name]: value };
  };

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [extensionOids.keyUsage, field('keyUsage', keyUsageOf)],
  [extensionOids.basicConstraints, field('basicConstraints', basicConstraintsOf)],
  [
    extensionOids.subjectKeyIdentifier,
    field('ski', (node) => (node.tag === tags.octetString ? toHex(contentOf(node)) : undefined)),
  ],
  [extensionOids.authorityKeyIdentifier, authorityKeyOf],
  [extensionOids.subjectDirectoryAttributes, field('directoryAttributes', directoryAttributesOf)],
  [extensionOids.subjectAltName, field('subjectAltNames', generalNamesOf)],
  [extensionOids.certificatePolicies, field('policies', policiesOf)],
  [extensionOids.policyMappings, field('policyMappings', policyMappingsOf)],
  [extensionOids.policyConstraints, field('policyConstraints', policyConstraintsOf)],
  [extensionOids.inhibitAnyPolicy, field('inhibitAnyPolicy', inhibitAnyPolicyOf)],
  [extensionOids.nameConstraints, field('nameConstraints', nameConstraintsOf)],
  [extensionOids.extKeyUsage, field('extKeyUsage', purposesOf)],
  [extensionOids.crlDistributionPoints, field('crlPoints', distributionPointsOf)],
  [extensionOids.freshestCrl, field('freshestCrl', distributionPointsOf)],
  [extensionOids.authorityInfoAccess, field('ocspUris', ocspUrisOf)],
]);

const nothing: ExtensionValues = {
  policies: [],
  policyMappings: [],
  subjectAltNames: [],
  directoryAttributes: [],
  crlPoints: [],
  freshestCrl: [],
  ocspUris: [],
};

/** The values this package judges by. An extension that it knows and cannot read is refused. */
export const extensionValuesOf = (list: ReadonlyArray<Extension>): Read<ExtensionValues> => {
  let values = nothing;
  for (const { oid, value } of list) {
    const reader = readers.get(oid);
    if (reader === undefined) continue;
    const node = readDer(value, valueLimits);
    if (E.isLeft(node)) return refuse(`extension ${oid}: ${node.left}`);
    const read = reader(node.right);
    if (read === undefined) return refuse(`extension ${oid}`);
    values = { ...values, ...read };
  }
  return E.right(values);
};
