import type { Certificate } from '../certificate.js';
import type { RevocationAnswer } from '../revocation/source.js';
import type { VerifiedSignature } from './verify.js';

/**
 * What to keep so that *valid when used* can be shown years later: the answer itself, the path it was judged by,
 * and what was said of revocation. With the pinned anchors and the challenge these are all the inputs of
 * `verifySignedData`.
 */
export interface SignatureEvidence {
  readonly cms: Uint8Array;
  /** DER, the signer's certificate first, the anchor last. */
  readonly path: ReadonlyArray<Uint8Array>;
  readonly revocation: ReadonlyArray<RevocationAnswer>;
  /** The time that the signature was judged at. */
  readonly at: Date;
}

export const evidenceOf = ({ cms, path, revocation, at }: VerifiedSignature): SignatureEvidence => ({
  cms,
  path: path.map((certificate: Certificate) => certificate.der),
  revocation,
  at,
});
