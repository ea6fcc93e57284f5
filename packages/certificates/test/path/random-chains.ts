/** Chains of certificates at random, as data. Most are right but for a thing or two. */
import * as fc from 'fast-check';
import type { KeyUsage, PolicyMapping } from '../../src/certificate.js';
import type { NameSpec } from '../../src/der/encode-certificate.js';
import type { PolicyDemands } from '../../src/index.js';
import type { Limits, NameOf } from './extensions.js';

export const clientAuth = '1.3.6.1.5.5.7.3.2';
const serverAuth = '1.3.6.1.5.5.7.3.1';

type Period = 'now' | 'past' | 'future';

/** A CA or, as the last of a chain, an end certificate. */
export interface RandomCertificate {
  readonly organisation: 'a' | 'b';
  readonly period: Period;
  readonly policies: ReadonlyArray<string>;
  readonly alternativeNames: ReadonlyArray<NameOf>;
  readonly purposes?: ReadonlyArray<string> | undefined;
  readonly unknownCritical?: boolean | undefined;
  /** Signed by another key than its issuer's. */
  readonly forged?: boolean | undefined;
}

export interface RandomCa extends RandomCertificate {
  /** A new key for the name of its issuer. */
  readonly selfIssued: boolean;
  /** A second certificate of this name and another key comes along. */
  readonly decoy: boolean;
  readonly notCa?: boolean | undefined;
  readonly pathLength?: number | undefined;
  readonly keyUsage: ReadonlyArray<KeyUsage>;
  readonly mappings: ReadonlyArray<PolicyMapping>;
  readonly requireExplicitPolicy?: number | undefined;
  readonly inhibitPolicyMapping?: number | undefined;
  readonly inhibitAnyPolicy?: number | undefined;
  readonly limits?: Limits | undefined;
}

export interface RandomChain {
  readonly cas: ReadonlyArray<RandomCa>;
  readonly end: RandomCertificate;
  readonly demands: PolicyDemands;
  /** Whether a certificate for logging in is wanted. */
  readonly purpose: boolean;
  /** In which order certificates come along. */
  readonly reversed: boolean;
}

const rarely = <A>(arbitrary: fc.Arbitrary<A>, weight = 8): fc.Arbitrary<A | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

export const policyNames = ['1.2.3.1', '1.2.3.2', '1.2.3.3'];
export const anyPolicy = '2.5.29.32.0';

export const country: NameSpec = { type: '2.5.4.6', value: 'TW' };
export const organisation = (value: string): NameSpec => ({ type: '2.5.4.10', value });

const texts = (type: 'rfc822' | 'dns' | 'uri', values: ReadonlyArray<string>): ReadonlyArray<NameOf> =>
  values.map((value) => ({ type, value }));

const names: ReadonlyArray<NameOf> = [
  ...texts('dns', ['a.invalid', 'X.a.invalid', 'b.invalid', 'xa.invalid']),
  ...texts('rfc822', ['p@a.invalid', 'P@A.invalid', 'q@x.a.invalid', 'p@b.invalid']),
  ...texts('uri', ['http://a.invalid/p', 'https://x.a.invalid:81/', 'ldap://b.invalid']),
  { type: 'ip', octets: [10, 0, 0, 1] },
  { type: 'ip', octets: [10, 1, 0, 1] },
  { type: 'ip', octets: [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
  { type: 'directory', name: [country, organisation('a')] },
  { type: 'directory', name: [country, organisation('B')] },
  { type: 'registeredId', oid: '1.2.3' },
];

const bases: ReadonlyArray<NameOf> = [
  ...texts('dns', ['a.invalid', 'x.a.invalid', '.a.invalid', '']),
  ...texts('rfc822', ['a.invalid', '.a.invalid', 'p@a.invalid']),
  ...texts('uri', ['a.invalid', '.a.invalid']),
  { type: 'ip', octets: [10, 0, 0, 0, 255, 0, 0, 0] },
  { type: 'ip', octets: [10, 0, 0, 0, 255, 255, 0, 0] },
  { type: 'ip', octets: [32, 1, 13, 184, ...Array(12).fill(0), 255, 255, 255, 255, ...Array(12).fill(0)] },
  { type: 'directory', name: [country] },
  { type: 'directory', name: [country, organisation('A')] },
  { type: 'registeredId', oid: '1.2.3' },
];

const policies = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.constant([anyPolicy]) },
  { weight: 6, arbitrary: fc.subarray(policyNames, { minLength: 1 }) },
);

const period = fc.oneof(
  { weight: 24, arbitrary: fc.constant<Period>('now') },
  { weight: 1, arbitrary: fc.constantFrom<Period>('past', 'future') },
);

const certificateFields = {
  organisation: fc.constantFrom('a' as const, 'b' as const),
  period,
  policies,
  alternativeNames: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }) },
  ),
  purposes: rarely(fc.constantFrom([clientAuth], [serverAuth], [clientAuth, serverAuth]), 5),
  unknownCritical: rarely(fc.constant(true), 60),
  forged: rarely(fc.constant(true), 60),
};

const mapping = fc.record({
  issuerDomainPolicy: fc.constantFrom(...policyNames),
  subjectDomainPolicy: fc.constantFrom(...policyNames),
});

const skip = fc.integer({ min: 0, max: 3 });
const someBases = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...bases), { minLength: 1, maxLength: 2 }) },
);

const ca: fc.Arbitrary<RandomCa> = fc.record({
  ...certificateFields,
  selfIssued: fc.oneof(
    { weight: 7, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  decoy: fc.boolean(),
  notCa: rarely(fc.constant(true), 60),
  pathLength: rarely(fc.integer({ min: 0, max: 3 }), 4),
  keyUsage: fc.oneof(
    { weight: 40, arbitrary: fc.constant<ReadonlyArray<KeyUsage>>(['keyCertSign', 'cRLSign']) },
    { weight: 2, arbitrary: fc.constant<ReadonlyArray<KeyUsage>>([]) },
    { weight: 1, arbitrary: fc.constant<ReadonlyArray<KeyUsage>>(['cRLSign', 'digitalSignature']) },
  ),
  mappings: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(mapping, { minLength: 1, maxLength: 3 }) },
  ),
  requireExplicitPolicy: rarely(skip, 5),
  inhibitPolicyMapping: rarely(skip, 5),
  inhibitAnyPolicy: rarely(skip, 5),
  limits: rarely(fc.record({ permitted: someBases, excluded: someBases }), 4),
});

export const randomChain: fc.Arbitrary<RandomChain> = fc.record({
  cas: fc.array(ca, { minLength: 0, maxLength: 5 }),
  end: fc.record(certificateFields),
  demands: fc.record(
    {
      accepted: fc.subarray(policyNames, { minLength: 1 }),
      explicit: fc.boolean(),
      inhibitMapping: fc.boolean(),
      inhibitAny: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  purpose: fc.boolean(),
  reversed: fc.boolean(),
});
