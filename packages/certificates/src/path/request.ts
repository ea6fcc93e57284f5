import type { Certificate, NameConstraints } from '../certificate.js';
import type { AlgorithmPolicy } from '../crypto/algorithms.js';
import type { TrustStore } from './trust-store.js';

/** What a search may cost, whatever certificates a stranger sends along. */
export const pathBudget = {
  /** Certificates in a path, the anchor included. The GPKI has three, with a link four. */
  certificates: 8,
  /** Pairs (certificate, possible issuer) whose signature is looked at, in one search. */
  signatures: 24,
  /** Certificates that a caller may send along. */
  extra: 16,
  /** Pairs (name, subtree) that the name constraints of one path ask to compare. */
  nameComparisons: 10_000,
} as const;

/** Which policies a path must hold for; absent fields demand nothing (RFC 5280 6.1.1 c, e, f, g). */
export interface PolicyDemands {
  /** user-initial-policy-set, in the anchor's domain. Absent, or with anyPolicy in it: whatever there is. */
  readonly accepted?: ReadonlyArray<string>;
  /** initial-explicit-policy: the path must hold for one of `accepted`. */
  readonly explicit?: boolean;
  /** initial-policy-mapping-inhibit. */
  readonly inhibitMapping?: boolean;
  /** initial-any-policy-inhibit. */
  readonly inhibitAny?: boolean;
}

/** What a caller demands of a path beyond its being one. */
export interface PathDemands {
  readonly policies?: PolicyDemands;
  /**
   * Purposes, one of which the certificate must serve: object identifiers of extended key usage. Only certificates that
   * have the extension are narrowed by it. Absent: no purpose in particular, and a certificate that insists on its own
   * (a critical extension) is refused.
   */
  readonly purposes?: ReadonlyArray<string>;
  /** initial-permitted-subtrees and initial-excluded-subtrees (RFC 5280 6.1.1 h, i): an anchor's limits, told here. */
  readonly names?: NameConstraints;
}

export interface PathRequest extends PathDemands {
  readonly certificate: Certificate;
  /** Certificates that came with it, untrusted. */
  readonly extra?: ReadonlyArray<Certificate>;
  readonly trust: TrustStore;
  readonly at: Date;
  /** Default: `standardAlgorithms`. */
  readonly algorithms?: AlgorithmPolicy;
}
