import type { Either } from 'fp-ts/lib/Either.js';
import type { Certificate } from '../../certificate.js';
import type { AlgorithmPolicy } from '../../crypto/algorithms.js';
import type { CertificateError } from '../../errors.js';
import type { TrustStore } from '../../path/trust-store.js';
import type { CrlSource } from '../material.js';
import type { RevocationAnswer, RevocationQuestion } from '../source.js';

/** Under which terms lists are believed. */
export interface CrlContext {
  /** Its issuers and links, too, may have signed a list; they are proved like any certificate. */
  readonly trust: TrustStore;
  /** Other certificates that may have signed a list, untrusted: of CRL issuers, or kept as proofs of an answer. */
  readonly extra?: ReadonlyArray<Certificate>;
  /** Default: `standardAlgorithms`. */
  readonly algorithms?: AlgorithmPolicy;
  /** Milliseconds by which clocks may differ; default five minutes, at most an hour. */
  readonly clockSkew?: number;
  /**
   * `issuerKey` (default): a list speaks for the certificates of the key that signed it, as in the GPKI, where each
   * generation of a CA has a list of its own under one name. `issuerName`: for all certificates of its issuer's name,
   * whichever of the CA's keys signed it, as RFC 5280 has it. Whom a certificate names as cRLIssuer may sign in both.
   */
  readonly signers?: 'issuerKey' | 'issuerName';
}

/** One question being judged, with the questions about signers that it leads to. */
export interface Judging {
  readonly crls: CrlSource;
  readonly context: CrlContext;
  readonly depth: number;
  /** What the question and all below it have cost. */
  readonly spent: { signatures: number };
  readonly ask: (
    question: RevocationQuestion,
    judging: Judging,
  ) => Promise<Either<CertificateError, RevocationAnswer>>;
}
