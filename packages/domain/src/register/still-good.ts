/**
 * Whether cards that were confirmed minutes ago have been revoked since. What is valid by its dates is asked of each step
 * (`step.ts`); this asks the source of revocation.
 *
 * @packageDocumentation
 */
import { type Certificate, checkRevocation, decodeCertificate } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../errors.js';
import { fromBase64 } from './bytes.js';
import type { ActingCard } from './confirmation.js';
import type { RegisterContext } from './context.js';
import { findEvidence } from './evidence.js';
import { fromCertificateError } from './identify.js';

/** That the source was asked about a card, when, and what came of it: commands that come together share one question. */
export interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly answer: Result<void>;
}

type Result<A> = Promise<E.Either<RegisterError, A>>;

/** Notes that a card was found good at `at` (ISO, UTC), when its answer was verified. */
export const noteGood = (context: RegisterContext, card: ActingCard, at: string): void => {
  context.asked.put(card.evidence, { at: Date.parse(at), answer: Promise.resolve(E.right(undefined)) });
};

/**
 * Right where none of these cards is revoked at `at` (ISO, UTC), as the source said no longer ago than `seconds`. As when
 * a card is shown, no answer is a no: `CERTIFICATE_REVOKED`, `CERTIFICATE_ON_HOLD`, `ISSUER_REVOKED`, `REVOCATION_UNKNOWN`.
 */
export const stillGood = async (
  context: RegisterContext,
  cards: ReadonlyArray<ActingCard>,
  at: string,
  seconds: number = context.policy.revocationSeconds,
): Result<void> => {
  for (const card of cards) {
    const good = await answerFor(context, card, at, seconds);
    if (E.isLeft(good)) return good;
  }
  return E.right(undefined);
};

const answerFor = (context: RegisterContext, card: ActingCard, at: string, seconds: number): Result<void> => {
  const now = Date.parse(at);
  const known = context.asked.get(card.evidence);
  // An answer from the future is one of a clock that has been put back since.
  if (known !== undefined && known.at <= now && now < known.at + seconds * 1000) return known.answer;
  const answer = ask(context, card, at);
  context.asked.put(card.evidence, { at: now, answer });
  return forgettingRefusals(context, card, answer);
};

/** The next who asks after a refusal asks the source: it may only have been out of reach. */
const forgettingRefusals = async (
  context: RegisterContext,
  card: ActingCard,
  asked: Result<void>,
): Result<void> => {
  const answer = await asked;
  if (E.isLeft(answer) && context.asked.get(card.evidence)?.answer === asked) {
    context.asked.drop(card.evidence);
  }
  return answer;
};

/** Asks about the path that was verified when the card was shown. */
const ask = async (context: RegisterContext, card: ActingCard, at: string): Result<void> => {
  const found = await findEvidence(context, card.evidence);
  if (E.isLeft(found)) return found;
  const { ca } = card.credential;
  if (found.right._tag !== 'Bundle') {
    return E.left(registerError('REVOCATION_UNKNOWN', { ca, detail: 'the evidence of the card is gone' }));
  }
  const path: Certificate[] = [];
  for (const der of found.right.bundle.path) {
    const certificate = await decodeCertificate(fromBase64(der), context.trust.cache)();
    if (E.isLeft(certificate)) return E.left(fromCertificateError(certificate.left));
    path.push(certificate.right);
  }
  const answers = await checkRevocation(path, context.revocation, new Date(at))();
  return E.isLeft(answers) ? E.left({ ...fromCertificateError(answers.left), ca }) : E.right(undefined);
};
