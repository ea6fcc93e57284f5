/** Which signatures are accepted, as data, and how an algorithm identifier names one. */
import type { AlgorithmIdentifier, PublicKeyInfo } from '../certificate.js';
import type { DigestName } from './digest.js';

/** A signature scheme that this package can check. */
export interface SignatureScheme {
  readonly key: 'rsa' | 'ec';
  readonly digest: DigestName;
}

/** What is strong enough. Digests that are not listed, and shorter RSA keys, are refused. */
export interface AlgorithmPolicy {
  readonly digests: ReadonlyArray<DigestName>;
  readonly minRsaBits: number;
}

/** For every decision made today: SHA-2 and RSA of 2048 bits or a NIST curve. */
export const standardAlgorithms: AlgorithmPolicy = {
  digests: ['SHA-256', 'SHA-384', 'SHA-512'],
  minRsaBits: 2048,
};

/** For reading the past only (the first generation of the GPKI signed with SHA-1); never for a login. */
export const historicAlgorithms: AlgorithmPolicy = {
  digests: ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'],
  minRsaBits: 2048,
};

interface Entry extends SignatureScheme {
  /** RFC 4055 asks for NULL with RSA, RFC 5758 for nothing with ECDSA; anything else is another algorithm. */
  readonly parameters: 'null' | 'absent';
}

const schemes: ReadonlyMap<string, Entry> = new Map([
  ['1.2.840.113549.1.1.5', { key: 'rsa', digest: 'SHA-1', parameters: 'null' }],
  ['1.2.840.113549.1.1.11', { key: 'rsa', digest: 'SHA-256', parameters: 'null' }],
  ['1.2.840.113549.1.1.12', { key: 'rsa', digest: 'SHA-384', parameters: 'null' }],
  ['1.2.840.113549.1.1.13', { key: 'rsa', digest: 'SHA-512', parameters: 'null' }],
  ['1.2.840.10045.4.1', { key: 'ec', digest: 'SHA-1', parameters: 'absent' }],
  ['1.2.840.10045.4.3.2', { key: 'ec', digest: 'SHA-256', parameters: 'absent' }],
  ['1.2.840.10045.4.3.3', { key: 'ec', digest: 'SHA-384', parameters: 'absent' }],
  ['1.2.840.10045.4.3.4', { key: 'ec', digest: 'SHA-512', parameters: 'absent' }],
]);

/** The scheme of an algorithm identifier, exact in its parameters. */
export const schemeOf = ({ oid, parameters }: AlgorithmIdentifier): SignatureScheme | undefined => {
  const entry = schemes.get(oid);
  return entry !== undefined && entry.parameters === parameters ? entry : undefined;
};

/** CMS may name only the key's algorithm and leave the digest to digestAlgorithm (RFC 3370 3.2, RFC 5754 3.2). */
export const signerSchemeOf = (
  algorithm: AlgorithmIdentifier,
  digest: DigestName,
): SignatureScheme | undefined => {
  if (algorithm.oid === '1.2.840.113549.1.1.1' && algorithm.parameters === 'null')
    return { key: 'rsa', digest };
  const scheme = schemeOf(algorithm);
  return scheme?.digest === digest ? scheme : undefined;
};

/** Longer keys than this prove nothing more and cost the verifier whatever the sender likes. */
const maxRsaBits = 8192;

/** A NIST curve, or RSA of enough bits (and not absurdly many) with an odd, short exponent. */
export const keyIsStrong = ({ key }: PublicKeyInfo, policy: AlgorithmPolicy): boolean =>
  key.type === 'ec' ||
  (key.type === 'rsa' &&
    key.bits >= policy.minRsaBits &&
    key.bits <= maxRsaBits &&
    key.exponent !== undefined &&
    key.exponent >= 3 &&
    key.exponent % 2 === 1);
