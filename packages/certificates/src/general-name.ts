/** GeneralName (RFC 5280 4.2.1.6): how extensions name a subject, an issuer or a place. */
import type { Name, NameAttribute } from './name.js';

export type GeneralName =
  | { readonly type: 'rfc822' | 'dns' | 'uri'; readonly value: string }
  | { readonly type: 'directory'; readonly name: Name }
  /** 4 or 16 octets; twice as many (address and mask) in a name constraint. */
  | { readonly type: 'ip'; readonly octets: Uint8Array }
  | { readonly type: 'registeredId'; readonly oid: string }
  /** otherName (0), x400Address (3) and ediPartyName (5): kept as their octets, and compared by nobody. */
  | { readonly type: 'other'; readonly number: 0 | 3 | 5; readonly der: Uint8Array };

/** Reasons that a CRL can be limited to (RFC 5280 4.2.1.13, 5.3.1). `removeFromCrl` stands in entries of deltas alone. */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCrl'
  | 'privilegeWithdrawn'
  | 'aACompromise';

/** What ReasonFlags can say: every reason that a CRL can be asked about. */
export type ReasonFlag = Exclude<RevocationReason, 'unspecified' | 'removeFromCrl'>;

/** Where a CRL is found, by its full name or by the name relative to its issuer's (RFC 5280 4.2.1.13). */
export interface PointName {
  readonly fullName?: ReadonlyArray<GeneralName>;
  /** One relative distinguished name, to be appended to the name of the CRL's issuer. */
  readonly relativeName?: ReadonlyArray<NameAttribute>;
}

/** One point of cRLDistributionPoints or freshestCRL. At least one of `name` and `crlIssuer` is there. */
export interface DistributionPoint {
  readonly name?: PointName;
  /** Absent: all reasons. */
  readonly reasons?: ReadonlySet<ReasonFlag>;
  /** Absent: the CRL is the certificate issuer's own. */
  readonly crlIssuer?: ReadonlyArray<GeneralName>;
}

/** The addresses of a point, in its order. */
export const uriOfPoint = (point: DistributionPoint): ReadonlyArray<string> =>
  (point.name?.fullName ?? []).flatMap((name) => (name.type === 'uri' ? [name.value] : []));
