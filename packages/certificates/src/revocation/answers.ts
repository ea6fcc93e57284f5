/** What follows from several answers about one certificate. */
import * as E from 'fp-ts/lib/Either.js';
import { type CertificateError, certificateError } from '../errors.js';
import { severalFaults } from './attempts.js';
import type { RevocationAnswer } from './source.js';

export type Answered = E.Either<CertificateError, RevocationAnswer>;

/** Somebody who can be asked. */
export type Ask = () => Promise<Answered>;

/** An exception of an adapter is no answer. */
export const guarded =
  (ask: Ask): Ask =>
  async () => {
    try {
      return await ask();
    } catch {
      return E.left(certificateError('REVOCATION_UNKNOWN', 'the source threw'));
    }
  };

/** An answer that decides: it says more than that nobody knows. */
const isConclusive = (answered: Answered): boolean =>
  E.isRight(answered) && answered.right.status !== 'unknown';

const faultOf = (answered: Answered): CertificateError | undefined => {
  if (E.isLeft(answered)) return answered.left;
  return answered.right.status === 'unknown'
    ? certificateError('REVOCATION_UNKNOWN', answered.right.source)
    : undefined;
};

const allFaults = (answers: ReadonlyArray<Answered>): Answered =>
  E.left(
    severalFaults(
      answers.flatMap((answered) => faultOf(answered) ?? []),
      'nobody to ask',
    ),
  );

/** A responder that spoke twice of the certificate may have said the worse: nobody else may say better. */
const contradictsItself = (answered: Answered): boolean =>
  E.isLeft(answered) && answered.left.code === 'OCSP_ANSWER_COUNT';

/** One after the other, until one decides; what stands before it is not told any more. */
export const firstConclusive = async (asks: ReadonlyArray<Ask>): Promise<Answered> => {
  const answers: Answered[] = [];
  for (const ask of asks) {
    const answered = await ask();
    if (isConclusive(answered)) return answered;
    answers.push(answered);
    if (contradictsItself(answered)) break;
  }
  return allFaults(answers);
};

/** How bad an answer is: one that is worse wins over one that is better. */
const badness = (answered: Answered): number => {
  if (E.isLeft(answered)) {
    // Nothing was brought, or nothing that could be believed: that is no answer. These two are one, and no yes.
    return answered.left.code === 'OCSP_STATUS_UNKNOWN' || contradictsItself(answered) ? 2 : 0;
  }
  switch (answered.right.status) {
    case 'good':
      return 1;
    case 'unknown':
      return 2;
    case 'hold':
      return 3;
    case 'revoked':
      return 4;
  }
};

/**
 * All at once, and the worst of their answers wins: revoked, hold, unknown, good. Who cannot be reached, or is not
 * believed, has not answered; the others decide. What each answer rests on is kept.
 */
export const worstOfAll = async (asks: ReadonlyArray<Ask>): Promise<Answered> => {
  const answers = await Promise.all(asks.map((ask) => ask()));
  const worst = answers.reduce<Answered | undefined>(
    (a, b) => (a === undefined || badness(b) > badness(a) ? b : a),
    undefined,
  );
  if (worst === undefined || !isConclusive(worst) || E.isLeft(worst)) return allFaults(answers);
  const others = answers.filter((answered) => answered !== worst && isConclusive(answered));
  const proofs = [worst, ...others].flatMap((answered) =>
    E.isRight(answered) ? (answered.right.proofs ?? []) : [],
  );
  return E.right(proofs.length === 0 ? worst.right : { ...worst.right, proofs });
};
