import type { CertificateCache } from '../../certificate-cache.js';
import type { AlgorithmPolicy } from '../../crypto/algorithms.js';
import type { RevocationSource } from '../source.js';

/** How answers of responders are judged. All have defaults, and the defaults are the strict ones. */
export interface OcspTerms {
  /** Signatures and keys that are accepted. Default `standardAlgorithms`: no SHA-1. */
  readonly algorithms?: AlgorithmPolicy;
  /** Milliseconds by which clocks may differ. Default five minutes, at most an hour. */
  readonly clockSkew?: number;
  /**
   * How old an answer without nextUpdate may be, in milliseconds. Default a quarter of an hour: such a responder says that it always has
   * newer information (RFC 6960 4.2.2.1), so an old answer of its is somebody else's.
   */
  readonly maxAge?: number;
  /**
   * What an answer without the nonce that was asked with is worth. Default `required`: nothing. `optional` is for
   * responders that prepare their answers (RFC 5019 3.1): whoever stands between can then repeat one until it ends.
   * A nonce that is there and differs is refused in any case.
   */
  readonly nonce?: 'required' | 'optional';
  /**
   * Who tells whether a responder's own certificate is revoked, where it has no id-pkix-ocsp-nocheck (RFC 6960
   * 4.2.2.2.1). It must not ask the responder again: CRLs. `accepted` trusts it unasked. Default: it is refused.
   */
  readonly responderRevocation?: RevocationSource | 'accepted';
  /** Where decoded certificates and checked signatures are kept. Default: nowhere. */
  readonly cache?: CertificateCache;
}
