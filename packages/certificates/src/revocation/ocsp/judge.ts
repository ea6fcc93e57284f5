import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { standardAlgorithms } from '../../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../../errors.js';
import type { RevocationAnswer, RevocationProof, RevocationQuestion } from '../source.js';
import { entryFor } from './checks/entry.js';
import { answerFault } from './checks/index.js';
import { nonceFault } from './checks/nonce.js';
import { responderFault, responderOf } from './checks/responder.js';
import { responderStanding } from './checks/responder-revocation.js';
import { signatureFault } from './checks/signature.js';
import { decodeOcspResponse } from './decode.js';
import { meaningOf } from './meaning.js';
import type { OcspResponse } from './response.js';
import type { OcspTerms } from './terms.js';

const minute = 60_000;

/** One answer to be judged. */
export interface OcspJudgement extends OcspTerms {
  readonly question: RevocationQuestion;
  /** DER of the OCSPResponse, as it came or as it was kept. */
  readonly response: Uint8Array;
  /** What the request was sent with; absent where it had none, and when evidence is read again. */
  readonly asked?: Uint8Array;
  /** Where it came from, for the record. Default `OCSP`. */
  readonly source?: string;
}

/** Who answered, and that it was they and may; answers what that rests on beside the answer itself. */
const provenance = async (
  response: OcspResponse,
  judgement: OcspJudgement,
): Promise<E.Either<CertificateError, ReadonlyArray<RevocationProof>>> => {
  const { question, algorithms = standardAlgorithms } = judgement;
  const responder = await responderOf(response, question);
  if (E.isLeft(responder)) return responder;
  const fault =
    (await responderFault(responder.right, response, question, judgement)) ??
    (await signatureFault(response, responder.right, algorithms));
  // Asked last: nobody fetches a list because of an answer that anyone could have written.
  return fault === undefined ? responderStanding(responder.right, question, judgement) : E.left(fault);
};

const judge = async (judgement: OcspJudgement): Promise<E.Either<CertificateError, RevocationAnswer>> => {
  const { question, asked, source = 'OCSP', nonce = 'required' } = judgement;
  const { clockSkew = 5 * minute, maxAge = 15 * minute } = judgement;
  const at = question.at.getTime();
  const skew = Math.min(clockSkew, 60 * minute);
  if (Number.isNaN(at)) return E.left(certificateError('TIME_INVALID', 'no such time'));

  const decoded = await decodeOcspResponse(judgement.response, judgement.cache)();
  if (E.isLeft(decoded)) return decoded;
  const response = decoded.right;

  const others = await provenance(response, judgement);
  if (E.isLeft(others)) return others;
  const replayed = nonceFault(response, asked, nonce);
  if (replayed !== undefined) return E.left(replayed);

  const entry = await entryFor(response, question);
  if (E.isLeft(entry)) return entry;
  const fault = answerFault({ response, answer: entry.right, question, at, skew, maxAge });
  if (fault !== undefined) return E.left(fault);

  const answer = meaningOf(response, entry.right, question.at, Math.max(skew, 0), source);
  const proof: RevocationProof = { kind: 'ocsp', fingerprint: response.fingerprint, der: response.der };
  return E.isLeft(answer) ? answer : E.right({ ...answer.right, proofs: [proof, ...others.right] });
};

/**
 * What one OCSP answer says of one certificate at one time, or why it says nothing (RFC 6960 3.2). It asks nobody,
 * unless `responderRevocation` does: octets that were kept are judged as those that have just come.
 *
 * Its signer is the issuer, or a certificate that this issuer's key has signed for OCSP; the certificate is named by
 * digests that are computed again here, once and only once; the answer has the nonce of the request, and is neither
 * from the future nor outdated. A revocation after `question.at`, by more than clocks may differ, is answered as *good*: it
 * was, then.
 *
 * Errors: `TIME_INVALID` and the `OCSP_…` codes.
 */
export const judgeOcsp =
  (judgement: OcspJudgement): TaskEither<CertificateError, RevocationAnswer> =>
  () =>
    judge(judgement);
