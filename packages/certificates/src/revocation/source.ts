import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Certificate } from '../certificate.js';
import { type CertificateError, type CertificateErrorCode, certificateError } from '../errors.js';

/** What a source of revocation says of one certificate at one time. */
export interface RevocationAnswer {
  readonly status: 'good' | 'revoked' | 'hold' | 'unknown';
  /** The time that the answer speaks of. A revocation after it is not yet one: past evidence stays valid. */
  readonly at: Date;
  readonly reason?: string;
  /** Who answered: a name for the record, such as the address of a responder. */
  readonly source: string;
  /** When the CA revoked or suspended it; absent when it is good or unknown. */
  readonly revokedAt?: Date;
  /** What the answer rests on, to be kept as evidence; absent when a source has nothing to show. */
  readonly proofs?: ReadonlyArray<RevocationProof>;
}

/** A CRL, an OCSP answer, or a certificate of whoever signed one (where it is not the issuer's own). DER. */
export interface RevocationProof {
  readonly kind: 'crl' | 'ocsp' | 'certificate';
  /** SHA-256 of `der`, lower-case hexadecimal. A CRL is shared by many answers and is kept once. */
  readonly fingerprint: string;
  readonly der: Uint8Array;
}

/** Whose status is asked, and what is known of it: a path of which `certificate` and `issuer` are one step. */
export interface RevocationQuestion {
  readonly certificate: Certificate;
  /** Whose key signed `certificate`. */
  readonly issuer: Certificate;
  /** What the path ends in: whoever answers must lead to the same (RFC 5280 6.3.3 (f)). */
  readonly anchor: Certificate;
  readonly at: Date;
}

/** The port: who answers from CRLs, from OCSP responders, from memory; `unknown` or an error when it cannot tell. */
export interface RevocationSource {
  readonly status: (question: RevocationQuestion) => TaskEither<CertificateError, RevocationAnswer>;
}

const judge = (answer: RevocationAnswer, isSubject: boolean): CertificateError | undefined => {
  switch (answer.status) {
    case 'good':
      return undefined;
    case 'revoked':
      return certificateError(isSubject ? 'CERTIFICATE_REVOKED' : 'ISSUER_REVOKED', answer.source);
    case 'hold':
      return certificateError(isSubject ? 'CERTIFICATE_ON_HOLD' : 'ISSUER_REVOKED', answer.source);
    default:
      return certificateError('REVOCATION_UNKNOWN', answer.source);
  }
};

/**
 * Asks about one certificate of a path, and refuses unless the answer is *good*. `isSubject`: it is the one that is
 * judged, and not an issuer above it.
 *
 * Errors: those of `checkRevocation`.
 */
export const askRevocation =
  (
    question: RevocationQuestion,
    source: RevocationSource,
    isSubject: boolean,
  ): TaskEither<CertificateError, RevocationAnswer> =>
  async () => {
    const answer = await answerOf(source, question);
    if (E.isLeft(answer)) return answer;
    const fault = judge(answer.right, isSubject);
    return fault === undefined ? answer : E.left(fault);
  };

/**
 * Asks for every certificate of a path below the anchor, and refuses unless every answer is *good*: no answer,
 * an error and an exception of an adapter are all a no.
 *
 * Errors: `CERTIFICATE_REVOKED`, `CERTIFICATE_ON_HOLD`, `ISSUER_REVOKED`, `REVOCATION_UNKNOWN`, and the `CRL_…` and
 * `OCSP_…` codes of a source that had an answer and could not accept it.
 */
export const checkRevocation =
  (
    path: ReadonlyArray<Certificate>,
    source: RevocationSource,
    at: Date,
  ): TaskEither<CertificateError, ReadonlyArray<RevocationAnswer>> =>
  async () => {
    const answers: RevocationAnswer[] = [];
    const anchor = path.at(-1);
    for (const [index, certificate] of path.slice(0, -1).entries()) {
      const issuer = path[index + 1];
      if (issuer === undefined || anchor === undefined) continue;
      const answer = await askRevocation({ certificate, issuer, anchor, at }, source, index === 0)();
      if (E.isLeft(answer)) return answer;
      answers.push(answer.right);
    }
    return E.right(answers);
  };

/** A source speaks of revocation alone: another code from it would be taken for a fault of the certificate. */
const tellsOfRevocation = (code: CertificateErrorCode): boolean =>
  code === 'REVOCATION_UNKNOWN' ||
  code === 'EVIDENCE_INCOMPLETE' ||
  code.startsWith('CRL_') ||
  code.startsWith('OCSP_');

/** A source is somebody else's code: what it brings may be nothing at all. */
const isAnswer = (answer: unknown): boolean => typeof answer === 'object' && answer !== null;

const answerOf = async (
  source: RevocationSource,
  question: RevocationQuestion,
): Promise<E.Either<CertificateError, RevocationAnswer>> => {
  try {
    const answer = await source.status(question)();
    if (E.isRight(answer) && !isAnswer(answer.right)) {
      return E.left(certificateError('REVOCATION_UNKNOWN', 'the source answered nothing'));
    }
    return E.isLeft(answer) && !tellsOfRevocation(answer.left.code)
      ? E.left(certificateError('REVOCATION_UNKNOWN', answer.left.detail))
      : answer;
  } catch {
    return E.left(certificateError('REVOCATION_UNKNOWN', 'the source threw'));
  }
};
