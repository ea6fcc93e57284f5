/** A CRL as this package holds it: own, immutable, read once. A complete list of the GPKI has 412,000 entries. */
import type { AlgorithmIdentifier, Extension } from '../../certificate.js';
import type {
  DistributionPoint,
  GeneralName,
  PointName,
  ReasonFlag,
  RevocationReason,
} from '../../general-name.js';
import type { Name } from '../../name.js';

/** What a CRL says of one certificate (RFC 5280 5.3). */
export interface CrlEntry {
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  /** Absent in the list: `unspecified`. */
  readonly reason: RevocationReason;
  /** When the key is believed to have been lost: advice (RFC 5280 5.3.2). Milliseconds since 1970. */
  readonly invalidityDate?: number;
}

/** issuingDistributionPoint (RFC 5280 5.2.5): what a CRL speaks of. All false and absent: everything of its issuer. */
export interface IssuingDistributionPoint {
  readonly name?: PointName;
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlyAttributeCertificates: boolean;
  readonly onlySomeReasons?: ReadonlySet<ReasonFlag>;
  readonly indirect: boolean;
}

export interface Crl {
  /** Exactly the octets that were read. The record's own: nobody may change them. */
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly issuer: Name;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  /** RFC 5280 5.1.2.5 demands it; a list without one is never fresh. */
  readonly nextUpdate?: number;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** DER of TBSCertList: what the issuer signed. */
  readonly tbs: Uint8Array;
  readonly aki?: string;
  readonly akiIssuer?: { readonly names: ReadonlyArray<GeneralName>; readonly serialNumber: string };
  /** Upper-case hexadecimal without leading zeros. */
  readonly crlNumber?: string;
  /** Number of the complete list that a delta builds on; present in deltas alone. */
  readonly baseCrlNumber?: string;
  readonly issuingPoint?: IssuingDistributionPoint;
  /** Where deltas of this list are found (RFC 5280 5.2.6). */
  readonly freshestCrl: ReadonlyArray<DistributionPoint>;
  readonly extensions: ReadonlyArray<Extension>;
  /** A critical extension, of the list or of an entry, whose meaning is not known here: the list must not be used. */
  readonly unknownCritical?: string;
  /** How many entries it has. */
  readonly size: number;
  /**
   * What it says of one certificate, by the name of its issuer and its serial (`Certificate.serialNumber`). Where a
   * list names it more than once: the earliest date and the gravest reason. Under 10 µs, whatever the size.
   */
  readonly entry: (issuer: Name, serialNumber: string) => CrlEntry | undefined;
  /** Octets of all of the record beside `der`: for a cache that is bounded by size. */
  readonly indexBytes: number;
}
