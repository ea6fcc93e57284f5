/** Chains of any shape, for the tests of paths. Keys are few and shared: what differs is what a test is about. */
import type { Extension } from '../../src/certificate.js';
import {
  authorityKeyExtension,
  basicConstraintsExtension,
  encodeName,
  keyUsageExtension,
  subjectKeyExtension,
} from '../../src/der/encode-certificate.js';
import { type Certificate, type TrustStore, trustStore } from '../../src/index.js';
import { type CertificateSpec, makeCertificate, makeKey, type TestKey } from '../../src/test-pki/index.js';
import { accepted, decoded, text } from '../support.js';

const keys = new Map<string, Promise<TestKey>>();

/** The key of this name: made once. */
export const keyNamed = (name: string): Promise<TestKey> => {
  const key = keys.get(name) ?? makeKey();
  keys.set(name, key);
  return key;
};

export interface Link {
  readonly subject: string;
  readonly issuer: string;
  /** Names of keys; by default those of the subject and of the issuer. */
  readonly key?: string;
  readonly signer?: string;
  /** Default: a CA that may sign. */
  readonly extensions?: ReadonlyArray<Extension>;
  readonly change?: Partial<CertificateSpec>;
  /** Whether key identifiers are written. Default true. */
  readonly identifiers?: boolean;
}

export const caExtensions: ReadonlyArray<Extension> = [
  basicConstraintsExtension(true),
  keyUsageExtension(['keyCertSign', 'cRLSign']),
];

let serial = 0;

const nameOf = (unit: string): Uint8Array =>
  encodeName([
    { type: '2.5.4.6', value: 'TW' },
    { type: '2.5.4.11', value: unit },
  ]);

/** One certificate, signed. */
export const link = async (spec: Link): Promise<Certificate> => {
  const keyName = spec.key ?? spec.subject;
  const signerName = spec.signer ?? spec.issuer;
  serial += 1;
  const identifiers =
    spec.identifiers === false
      ? []
      : [subjectKeyExtension(text(keyName)), authorityKeyExtension(text(signerName))];
  const der = await makeCertificate({
    serial: Uint8Array.of(1, serial >> 8, serial & 255),
    issuer: nameOf(spec.issuer),
    subject: nameOf(spec.subject),
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2030-01-01T15:59:59Z'),
    publicKey: (await keyNamed(keyName)).publicKey,
    signer: await keyNamed(signerName),
    extensions: [...identifiers, ...(spec.extensions ?? caExtensions)],
    ...spec.change,
  });
  return decoded(der);
};

/** An end certificate. */
export const leaf = (issuer: string, change: Partial<Link> = {}): Promise<Certificate> =>
  link({ subject: 'leaf', issuer, extensions: [keyUsageExtension(['digitalSignature'])], ...change });

export const trusting = async (...anchors: ReadonlyArray<Certificate>): Promise<TrustStore> =>
  accepted(
    trustStore({ anchors: anchors.map(({ der, fingerprint }) => ({ der, fingerprint })), issuers: [] }),
  );
