/** What the tests share: one small PKI, the terms of two roles, and short ways to an answer. */
import type { Either } from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import {
  type Certificate,
  type CertificateError,
  type CertificateErrorCode,
  type CertificateProfile,
  decodeCertificate,
  gpkiPolicies,
  type TrustStore,
  type VerificationTerms,
} from '../src/index.js';
import { createTestPki, type TestPki } from '../src/test-pki/index.js';

/** A day on which everything that the test PKI issues by default is valid. */
export const today = new Date('2026-03-02T01:00:00Z');

export const citizenProfile: CertificateProfile = {
  subjectTypes: ['citizen'],
  cas: ['MOICA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

export const agencyProfile: CertificateProfile = {
  subjectTypes: ['agency', 'unit', 'company', 'firm', 'branch', 'school', 'medicalInstitution'],
  cas: ['GCA', 'XCA', 'MOEACA', 'HCA'],
  policies: [gpkiPolicies.level3],
  use: 'sign',
  minRsaBits: 2048,
};

let shared: Promise<TestPki> | undefined;

/** One PKI for all tests of a file; cards share four keys. */
export const sharedPki = (): Promise<TestPki> => {
  shared ??= createTestPki({ keyPool: 4 });
  return shared;
};

export const termsOf = (pki: TestPki, change: Partial<VerificationTerms> = {}): VerificationTerms => ({
  trust: pki.trust,
  at: today,
  revocation: pki.revocation,
  profile: citizenProfile,
  ...change,
});

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The value; fails the test when it was refused. */
export const rightOf = <A>(either: Either<CertificateError, A>): A => {
  if (either._tag === 'Left') throw new Error(`refused: ${either.left.code}: ${either.left.detail}`);
  return either.right;
};

export const accepted = async <A>(task: TaskEither<CertificateError, A>): Promise<A> => rightOf(await task());

/** The code of the refusal, or `accepted`. */
export const codeOf = <A>(either: Either<CertificateError, A>): CertificateErrorCode | 'accepted' =>
  either._tag === 'Left' ? either.left.code : 'accepted';

export const refusal = async <A>(
  task: TaskEither<CertificateError, A>,
): Promise<CertificateErrorCode | 'accepted'> => codeOf(await task());

export const decoded = (der: Uint8Array): Promise<Certificate> => accepted(decodeCertificate(der));

/** The fingerprint of the anchor that a path ends in. */
export const anchorOf = (path: ReadonlyArray<Certificate>): string | undefined => path.at(-1)?.fingerprint;

export const withTrust = (trust: TrustStore, change: Partial<TrustStore>): TrustStore => ({
  ...trust,
  ...change,
});

/** Octets with one of them changed. */
export const flipped = (octets: Uint8Array, index: number, mask: number): Uint8Array => {
  const copy = octets.slice();
  copy[index] = (copy[index] ?? 0) ^ mask;
  return copy;
};

/** Where `part` begins in `whole`, or -1. */
export const indexOfOctets = (whole: Uint8Array, part: Uint8Array): number => {
  for (let at = 0; at + part.length <= whole.length; at += 1) {
    if (part.every((octet, i) => whole[at + i] === octet)) return at;
  }
  return -1;
};

/** The answer of a function for each key, worked out once. */
export const memoise = <A>(make: (key: string) => A): ((key: string) => A) => {
  const made = new Map<string, A>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
};
