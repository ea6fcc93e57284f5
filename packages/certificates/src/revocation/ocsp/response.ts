/** An OCSP answer as this package holds it (RFC 6960 4.2.1): own, immutable, read once. Reading it proves nothing. */
import type { AlgorithmIdentifier, Certificate, Extension } from '../../certificate.js';
import type { RevocationReason } from '../../general-name.js';
import type { Name } from '../../name.js';

/** Which certificate is asked about, or spoken of: its issuer by two digests, and its serial (RFC 6960 4.1.1). */
export interface CertId {
  readonly hashAlgorithm: AlgorithmIdentifier;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** As `Certificate.serialNumber`. */
  readonly serialNumber: string;
}

export type OcspCertStatus =
  | { readonly type: 'good' }
  | { readonly type: 'unknown' }
  | {
      readonly type: 'revoked';
      /** Milliseconds since 1970. */
      readonly revokedAt: number;
      readonly reason?: RevocationReason;
    };

/** What is said of one certificate (SingleResponse). */
export interface SingleAnswer {
  readonly certId: CertId;
  readonly status: OcspCertStatus;
  /** Milliseconds since 1970: when the status was known to be right. */
  readonly thisUpdate: number;
  /** Milliseconds since 1970: when newer information is there at the latest. */
  readonly nextUpdate?: number;
  readonly extensions: ReadonlyArray<Extension>;
}

/** Who says that it answered: the name of a certificate, or the SHA-1 of its key. */
export type ResponderId =
  | { readonly by: 'name'; readonly name: Name }
  | { readonly by: 'key'; readonly hash: Uint8Array };

export interface OcspResponse {
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** DER of ResponseData: what the responder signed. */
  readonly tbs: Uint8Array;
  readonly responderId: ResponderId;
  /** Milliseconds since 1970. */
  readonly producedAt: number;
  readonly answers: ReadonlyArray<SingleAnswer>;
  readonly extensions: ReadonlyArray<Extension>;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** What was sent along to find the responder's key; untrusted. */
  readonly certificates: ReadonlyArray<Certificate>;
}

/** Object identifiers of OCSP (RFC 6960 appendix B.1). */
export const ocspOids = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  noCheck: '1.3.6.1.5.5.7.48.1.5',
  extendedRevoke: '1.3.6.1.5.5.7.48.1.9',
  /** id-kp-OCSPSigning, the extended key usage of a responder that a CA has named. */
  signing: '1.3.6.1.5.5.7.3.9',
} as const;
