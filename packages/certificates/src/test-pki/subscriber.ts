/** Subscriber certificates in the profiles of the GPKI (docs/gpki.md 3 to 6). */
import type { Extension, KeyUsage } from '../certificate.js';
import type { DigestName } from '../crypto/digest.js';
import { sha256 } from '../crypto/digest.js';
import {
  authorityAccessExtension,
  authorityKeyExtension,
  crlPointsExtension,
  type DirectoryAttributeSpec,
  directoryAttributesExtension,
  encodeName,
  keyUsageExtension,
  type NameSpec,
  policiesExtension,
  subjectKeyExtension,
} from '../der/encode-certificate.js';
import { gpkiAttributes, gpkiPolicies, type SubjectType, subjectTypeOids } from '../gpki/oids.js';
import { nameTypes } from '../name.js';
import { addressesOf } from './addresses.js';
import type { TestAuthority } from './authorities.js';
import type { TestKey } from './keys.js';
import { makeCertificate } from './make-certificate.js';

type Octets = Uint8Array<ArrayBuffer>;

/** Whom a card is for: what goes into the name and the directory attributes. */
export interface SubscriberIdentity {
  readonly subjectType: Exclude<SubjectType, 'unknown'>;
  readonly name: string;
  /** Further units below the organisation. */
  readonly units?: ReadonlyArray<string>;
  readonly localities?: ReadonlyArray<string>;
  readonly subjectSerialNumber?: string;
  readonly last4?: string;
  readonly cardRank?: 'primary' | 'secondary' | 'mobile';
  readonly businessNumber?: string;
  readonly organisationOid?: string;
}

/** Shapes that a right certificate does not have; for tests of refusal. */
export interface Defects {
  /** In place of assurance level 3; empty for none. */
  readonly policies?: ReadonlyArray<string>;
  readonly keyUsage?: ReadonlyArray<KeyUsage>;
  /** A critical extension that nobody knows. */
  readonly unknownCriticalExtension?: boolean;
  readonly subjectTypeOid?: string;
  readonly rsaBits?: 1024 | 2048;
  /** Digest of the CA's signature. */
  readonly digest?: DigestName;
  readonly withoutAuthorityKey?: boolean;
  /** Further directory attributes. */
  readonly directoryAttributes?: ReadonlyArray<DirectoryAttributeSpec>;
  readonly extensions?: ReadonlyArray<Extension>;
}

export interface SubscriberSpec {
  readonly authority: TestAuthority;
  readonly identity: SubscriberIdentity;
  readonly key: TestKey;
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsage: ReadonlyArray<KeyUsage>;
  readonly defects: Defects;
}

const isPerson = ({ subjectType }: SubscriberIdentity): boolean =>
  subjectType === 'citizen' || subjectType === 'medicalPerson';

const subjectName = (identity: SubscriberIdentity): ReadonlyArray<NameSpec> => [
  { type: nameTypes.country, value: 'TW' },
  ...(identity.localities ?? []).map((value) => ({ type: nameTypes.locality, value })),
  { type: isPerson(identity) ? nameTypes.commonName : nameTypes.organisation, value: identity.name },
  ...(identity.units ?? []).map((value) => ({ type: nameTypes.organisationalUnit, value })),
  ...(identity.subjectSerialNumber === undefined
    ? []
    : [{ type: nameTypes.serialNumber, value: identity.subjectSerialNumber }]),
];

const optional = (
  type: string,
  form: DirectoryAttributeSpec['form'],
  value: string | undefined,
): ReadonlyArray<DirectoryAttributeSpec> => (value === undefined ? [] : [{ type, form, value }]);

const directoryAttributes = (
  identity: SubscriberIdentity,
  defects: Defects,
): ReadonlyArray<DirectoryAttributeSpec> => [
  {
    type: gpkiAttributes.subjectType,
    form: 'oid',
    value: defects.subjectTypeOid ?? subjectTypeOids[identity.subjectType],
  },
  ...optional(gpkiAttributes.cardRank, 'printable', identity.cardRank),
  ...optional(gpkiAttributes.last4, 'utf8', identity.last4),
  ...optional(gpkiAttributes.businessNumber, 'utf8', identity.businessNumber),
  ...optional(gpkiAttributes.organisationOid, 'oid', identity.organisationOid),
  ...(defects.directoryAttributes ?? []),
];

/** DER of one of the two certificates of a card. */
export const makeSubscriberCertificate = async (spec: SubscriberSpec): Promise<Octets> => {
  const { authority, defects, identity } = spec;
  const addresses = addressesOf(authority.id);
  const policies = defects.policies ?? [gpkiPolicies.level3];
  const keyIdentifier = (await sha256(spec.key.publicKey)).slice(0, 20);
  return makeCertificate({
    serial: spec.serial,
    issuer: authority.name,
    subject: encodeName(subjectName(identity)),
    notBefore: spec.notBefore,
    notAfter: spec.notAfter,
    publicKey: spec.key.publicKey,
    extensions: [
      ...(defects.withoutAuthorityKey === true ? [] : [authorityKeyExtension(authority.keyIdentifier)]),
      subjectKeyExtension(keyIdentifier),
      keyUsageExtension(spec.keyUsage),
      ...(policies.length === 0 ? [] : [policiesExtension(policies)]),
      directoryAttributesExtension(directoryAttributes(identity, defects)),
      crlPointsExtension([addresses.partition, addresses.complete]),
      authorityAccessExtension(addresses.certificates, addresses.ocsp),
      ...(defects.unknownCriticalExtension === true
        ? [{ oid: '2.16.886.1.100.99.1', critical: true, value: Uint8Array.of(5, 0) }]
        : []),
      ...(defects.extensions ?? []),
    ],
    signer: authority.key,
    ...(defects.digest === undefined ? {} : { digest: defects.digest }),
  });
};
