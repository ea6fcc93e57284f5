import { type Extension, extensionOids, type KeyUsage } from '../certificate.js';
import * as w from './writer.js';

type Octets = Uint8Array<ArrayBuffer>;

/** One attribute of a name to be written; countries and numbers are PrintableString, the rest UTF8String. */
export interface NameSpec {
  readonly type: string;
  readonly value: string;
}

export interface TbsSpec {
  /** Magnitude of the serial number. */
  readonly serial: Uint8Array;
  /** DER of an AlgorithmIdentifier. */
  readonly signatureAlgorithm: Uint8Array;
  /** DER of a Name, as `encodeName` makes it. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly extensions: ReadonlyArray<Extension>;
}

const printableTypes: ReadonlySet<string> = new Set(['2.5.4.5', '2.5.4.6']);

export const encodeName = (attributes: ReadonlyArray<NameSpec>): Octets =>
  w.sequence(
    ...attributes.map(({ type, value }) =>
      w.setOf(w.sequence(w.oid(type), printableTypes.has(type) ? w.printable(value) : w.utf8(value))),
    ),
  );

export const encodeExtension = ({ oid, critical, value }: Extension): Octets =>
  w.sequence(w.oid(oid), ...(critical ? [w.boolean(true)] : []), w.octetString(value));

/** TBSCertificate, version 3. */
export const encodeTbs = (spec: TbsSpec): Octets =>
  w.sequence(
    w.context(0, w.smallInteger(2)),
    w.unsigned(spec.serial),
    spec.signatureAlgorithm,
    spec.issuer,
    w.sequence(w.time(spec.notBefore), w.time(spec.notAfter)),
    spec.subject,
    spec.publicKey,
    ...(spec.extensions.length === 0
      ? []
      : [w.context(3, w.sequence(...spec.extensions.map(encodeExtension)))]),
  );

export const encodeCertificate = (tbs: Uint8Array, algorithm: Uint8Array, signature: Uint8Array): Octets =>
  w.sequence(tbs, algorithm, w.bitString(signature));

// -------------------------------------------------------------------------------------
// extensions
// -------------------------------------------------------------------------------------

const extension = (oid: string, critical: boolean, value: Uint8Array): Extension => ({
  oid,
  critical,
  value,
});

const usageBits: ReadonlyArray<KeyUsage> = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
];

/** Critical, as every GPKI certificate has it; trailing zero bits dropped (X.690 11.2.2). */
export const keyUsageExtension = (usage: ReadonlyArray<KeyUsage>): Extension => {
  const numbers = usage.map((name) => usageBits.indexOf(name)).filter((bit) => bit >= 0);
  const octet = numbers.reduce((bits, bit) => bits | (0x80 >> bit), 0);
  const unused = 7 - Math.max(...numbers);
  return extension(extensionOids.keyUsage, true, w.bitString(Uint8Array.of(octet), unused));
};

export const basicConstraintsExtension = (ca: boolean, pathLength?: number, critical = true): Extension =>
  extension(
    extensionOids.basicConstraints,
    critical,
    w.sequence(
      ...(ca ? [w.boolean(true)] : []),
      ...(pathLength === undefined ? [] : [w.smallInteger(pathLength)]),
    ),
  );

export const authorityKeyExtension = (keyIdentifier: Uint8Array): Extension =>
  extension(extensionOids.authorityKeyIdentifier, false, w.sequence(w.contextPrimitive(0, keyIdentifier)));

export const subjectKeyExtension = (keyIdentifier: Uint8Array): Extension =>
  extension(extensionOids.subjectKeyIdentifier, false, w.octetString(keyIdentifier));

export const policiesExtension = (policies: ReadonlyArray<string>): Extension =>
  extension(
    extensionOids.certificatePolicies,
    false,
    w.sequence(...policies.map((policy) => w.sequence(w.oid(policy)))),
  );

export const extKeyUsageExtension = (purposes: ReadonlyArray<string>, critical = false): Extension =>
  extension(extensionOids.extKeyUsage, critical, w.sequence(...purposes.map((purpose) => w.oid(purpose))));

/** Each point its own DistributionPoint, as the GPKI does: either suffices. */
export const crlPointsExtension = (uris: ReadonlyArray<string>): Extension =>
  extension(
    extensionOids.crlDistributionPoints,
    false,
    w.sequence(...uris.map((uri) => w.sequence(w.context(0, w.context(0, w.ia5Context(6, uri)))))),
  );

export const authorityAccessExtension = (caIssuers: string, ocsp?: string): Extension =>
  extension(
    extensionOids.authorityInfoAccess,
    false,
    w.sequence(
      w.sequence(w.oid('1.3.6.1.5.5.7.48.2'), w.ia5Context(6, caIssuers)),
      ...(ocsp === undefined ? [] : [w.sequence(w.oid('1.3.6.1.5.5.7.48.1'), w.ia5Context(6, ocsp))]),
    ),
  );

/** A directory attribute to be written: an object identifier, or text in one of two string types. */
export interface DirectoryAttributeSpec {
  readonly type: string;
  readonly form: 'oid' | 'utf8' | 'printable';
  readonly value: string;
}

const writers = { oid: w.oid, utf8: w.utf8, printable: w.printable } as const;

export const directoryAttributesExtension = (attributes: ReadonlyArray<DirectoryAttributeSpec>): Extension =>
  extension(
    extensionOids.subjectDirectoryAttributes,
    false,
    w.sequence(
      ...attributes.map(({ type, form, value }) => w.sequence(w.oid(type), w.setOf(writers[form](value)))),
    ),
  );
