/**
 * How an answer is known to be the service's own.
 *
 * @packageDocumentation
 */
import type { KeyObject } from 'node:crypto';
import type { Sealed } from './codec.js';
import {
  type CertificateFile,
  readCertificateFile,
  type SignatureAlgorithm,
  signatureHolds,
} from './signatures.js';

/** By TLS: whoever answers at the address is believed. By signature: whoever has the key of this certificate. */
export type AnswerProof =
  | { readonly by: 'tls' }
  | {
      readonly by: 'signature';
      /** The service's own, pinned: its dates and issuer are not judged. */
      readonly certificate: CertificateFile;
      /** Default `SHA256withRSA`. An answer that names another is refused. */
      readonly algorithm?: SignatureAlgorithm;
    };

/** Says what is wrong with an answer's origin, in words, or nothing. */
export type CheckOrigin = (answer: Sealed) => string | undefined;

const bySignature =
  (key: KeyObject, algorithm: SignatureAlgorithm): CheckOrigin =>
  (answer) => {
    if (answer.signature === undefined) return 'the answer is not signed';
    if (answer.algorithm !== algorithm) return 'the answer is signed by another algorithm';
    return signatureHolds(key, algorithm, answer.payload, answer.signature)
      ? undefined
      : 'the signature of the answer does not hold';
  };

/** A proof that cannot be had refuses every answer. */
export const originCheck = (proof: AnswerProof, uri: string): CheckOrigin => {
  if (proof.by === 'tls') {
    return URL.canParse(uri) && new URL(uri).protocol === 'https:'
      ? () => undefined
      : () => 'an answer over plain HTTP must be signed';
  }
  const certificate = readCertificateFile(proof.certificate);
  return certificate === undefined
    ? () => 'the certificate of the service cannot be read'
    : bySignature(certificate.publicKey, proof.algorithm ?? 'SHA256withRSA');
};
