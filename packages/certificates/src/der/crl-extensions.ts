/** Extensions of a CRL and of its entries (RFC 5280 5.2, 5.3). */
import { normalSerial } from '../bytes.js';
import { type Extension, extensionOids } from '../certificate.js';
import type { GeneralName, RevocationReason } from '../general-name.js';
import type { Crl, IssuingDistributionPoint } from '../revocation/crl/crl.js';
import { distributionPointsOf, pointNameOf, reasonFlagsOf, taggedFields } from './distribution-points.js';
import { authorityKeyOf } from './extensions.js';
import { generalNamesOf } from './general-names.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, contextTag, type DerNode, readDer, tags } from './reader.js';
import { timeOf } from './values.js';

/** Object identifiers of extensions that stand in CRLs alone. */
export const crlExtensionOids = {
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
} as const;

const valueLimits = { maxBytes: 8192, maxDepth: 12, maxNodes: 1000 };

// -------------------------------------------------------------------------------------
// of the list
// -------------------------------------------------------------------------------------

/** A number of at most 20 octets (RFC 5280 5.2.3). */
const numberOf = (node: DerNode): string | undefined => {
  const content = contentOf(node);
  const negative = (content[0] ?? 0x80) >= 0x80;
  return node.tag !== tags.integer || negative || content.length > 20 ? undefined : normalSerial(content);
};

const pointTag = contextTag(0, true);
const userTag = contextTag(1, false);
const caTag = contextTag(2, false);
const reasonsTag = contextTag(3, false);
const indirectTag = contextTag(4, false);
const attributeTag = contextTag(5, false);
const flagTags = [userTag, caTag, indirectTag, attributeTag];

/** BOOLEAN DEFAULT FALSE under an implicit tag: DER writes it only when it is true. */
const isTrue = (node: DerNode): boolean => node.end - node.content === 1 && contentOf(node)[0] === 0xff;

const issuingPointOf = (node: DerNode): IssuingDistributionPoint | undefined => {
  const fields = taggedFields(node, [pointTag, userTag, caTag, reasonsTag, indirectTag, attributeTag]);
  if (fields === undefined) return undefined;
  const point = fields.get(pointTag);
  const reasons = fields.get(reasonsTag);
  const name = point?.children.length === 1 ? pointNameOf(point.children[0]) : undefined;
  const onlySomeReasons = reasons && reasonFlagsOf(reasons);
  const flags = flagTags.flatMap((tag) => fields.get(tag) ?? []);
  const unreadable =
    (point !== undefined && name === undefined) ||
    (reasons !== undefined && onlySomeReasons === undefined) ||
    !flags.every(isTrue);
  // Only one kind of certificate can be the only one.
  const kinds = [userTag, caTag, attributeTag].filter((tag) => fields.has(tag));
  if (unreadable || kinds.length > 1) return undefined;
  return {
    ...(name === undefined ? {} : { name }),
    onlyUserCertificates: fields.has(userTag),
    onlyCaCertificates: fields.has(caTag),
    onlyAttributeCertificates: fields.has(attributeTag),
    ...(onlySomeReasons === undefined ? {} : { onlySomeReasons }),
    indirect: fields.has(indirectTag),
  };
};

type CrlValues = Pick<
  Crl,
  'aki' | 'akiIssuer' | 'crlNumber' | 'baseCrlNumber' | 'issuingPoint' | 'freshestCrl' | 'unknownCritical'
>;

type Reader = (node: DerNode) => Partial<CrlValues> | undefined;

const field =
  <K extends keyof CrlValues>(name: K, read: (node: DerNode) => CrlValues[K] | undefined): Reader =>
  (node) => {
    const value = read(node);
    return value === undefined ? undefined : { [name]: value };
  };

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [extensionOids.authorityKeyIdentifier, authorityKeyOf],
  [crlExtensionOids.crlNumber, field('crlNumber', numberOf)],
  [crlExtensionOids.deltaCrlIndicator, field('baseCrlNumber', numberOf)],
  [crlExtensionOids.issuingDistributionPoint, field('issuingPoint', issuingPointOf)],
  [extensionOids.freshestCrl, field('freshestCrl', distributionPointsOf)],
]);

/** The values that a list is judged by. An extension that is known and cannot be read is refused. */
export const crlValuesOf = (list: ReadonlyArray<Extension>): Read<CrlValues> => {
  let values: CrlValues = { freshestCrl: [] };
  for (const { oid, critical, value } of list) {
    const reader = readers.get(oid);
    if (reader === undefined) {
      if (critical) values = { ...values, unknownCritical: oid };
      continue;
    }
    const node = readDer(value, valueLimits);
    if (E.isLeft(node)) return refuse(`extension ${oid}: ${node.left}`);
    const read = reader(node.right);
    if (read === undefined) return refuse(`extension ${oid}`);
    values = { ...values, ...read };
  }
  return E.right(values);
};

// -------------------------------------------------------------------------------------
// of an entry
// -------------------------------------------------------------------------------------

/** CRLReason ::= ENUMERATED; 7 is not used. */
const reasons: ReadonlyArray<RevocationReason | undefined> = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCrl',
  'privilegeWithdrawn',
  'aACompromise',
];

/** The reason of a code; undefined for a number that is none. */
export const reasonOfCode = (code: number | undefined): RevocationReason | undefined => reasons[code ?? 7];

/** The code of a reason. */
export const codeOfReason = (reason: RevocationReason): number => reasons.indexOf(reason);

export interface EntryValues {
  readonly reason: RevocationReason;
  readonly invalidityDate?: number;
  /** Names of the issuer of this and the following entries (RFC 5280 5.3.3). */
  readonly certificateIssuer?: ReadonlyArray<GeneralName>;
  readonly unknownCritical?: string;
}

const reasonOf = (node: DerNode): RevocationReason | undefined =>
  node.tag === tags.enumerated && node.end - node.content === 1
    ? reasonOfCode(contentOf(node)[0])
    : undefined;

/** Values of the extensions of an entry, which are already a list with each identifier once. */
export const entryValuesOf = (list: ReadonlyArray<Extension>): Read<EntryValues> => {
  let values: EntryValues = { reason: 'unspecified' };
  for (const { oid, critical, value } of list) {
    const node = readDer(value, valueLimits);
    if (oid === crlExtensionOids.reasonCode) {
      const reason = E.isRight(node) ? reasonOf(node.right) : undefined;
      if (reason === undefined) return refuse('reason code');
      values = { ...values, reason };
    } else if (oid === crlExtensionOids.invalidityDate) {
      const isTime = E.isRight(node) && node.right.tag === tags.generalizedTime;
      const invalidityDate = isTime ? timeOf(node.right) : undefined;
      if (invalidityDate === undefined) return refuse('invalidity date');
      values = { ...values, invalidityDate };
    } else if (oid === crlExtensionOids.certificateIssuer) {
      const certificateIssuer = E.isRight(node) ? generalNamesOf(node.right) : undefined;
      if (certificateIssuer === undefined) return refuse('certificate issuer of an entry');
      values = { ...values, certificateIssuer };
    } else if (critical) {
      values = { ...values, unknownCritical: oid };
    }
  }
  return E.right(values);
};
