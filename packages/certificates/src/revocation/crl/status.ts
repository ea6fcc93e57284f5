import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { allReasons } from '../../der/distribution-points.js';
import { type CertificateError, certificateError } from '../../errors.js';
import { type DistributionPoint, type ReasonFlag, uriOfPoint } from '../../general-name.js';
import type { Name } from '../../name.js';
import type { CrlSource } from '../material.js';
import type { RevocationAnswer, RevocationProof, RevocationQuestion } from '../source.js';
import { type Attempt, refusalOf } from './attempts.js';
import type { CrlContext, Judging } from './context.js';
import type { Crl, CrlEntry } from './crl.js';
import { type Combined, combined } from './delta.js';
import { freshnessFault, grantedSkew } from './freshness.js';
import { issuersOfPoint, pointsOf, reasonsOf, scopeFault } from './scope.js';
import { signerOf } from './signer.js';

// -------------------------------------------------------------------------------------
// fetching
// -------------------------------------------------------------------------------------

const unknown = (detail: string): CertificateError => certificateError('REVOCATION_UNKNOWN', detail);

/** What a source has of one issuer at these addresses. A source that throws had nothing. */
const listsAt = async (
  issuer: Name,
  uris: ReadonlyArray<string>,
  at: Date,
  crls: CrlSource,
): Promise<E.Either<CertificateError, ReadonlyArray<Crl>>> => {
  try {
    const found = await crls.find({ issuer, uris, at })();
    if (E.isRight(found) && !Array.isArray(found.right))
      return E.left(unknown('the source brought no lists'));
    return E.isLeft(found) ? E.left(unknown(`${found.left.code} ${found.left.detail}`)) : found;
  } catch {
    return E.left(unknown('the source threw'));
  }
};

/** The lists of a point: newest first, so that an older one that has not ended yet does not hide a revocation. */
const listsOfPoint = async (
  point: DistributionPoint,
  { certificate, at }: RevocationQuestion,
  crls: CrlSource,
): Promise<{ readonly lists: ReadonlyArray<Crl>; readonly faults: ReadonlyArray<CertificateError> }> => {
  const lists: Crl[] = [];
  const faults: CertificateError[] = [];
  for (const issuer of issuersOfPoint(point, certificate)) {
    const found = await listsAt(issuer, uriOfPoint(point), at, crls);
    if (E.isLeft(found)) faults.push(found.left);
    else lists.push(...found.right);
  }
  if (lists.length === 0 && faults.length === 0) faults.push(unknown('nothing there'));
  return { lists: lists.sort((a, b) => b.thisUpdate - a.thisUpdate), faults };
};

/** Deltas: those that came with the list, and those of the points that it or the certificate names for them. */
const deltasFor = async (
  list: Crl,
  together: ReadonlyArray<Crl>,
  { certificate, at }: RevocationQuestion,
  crls: CrlSource,
): Promise<ReadonlyArray<Crl>> => {
  const deltas = together.filter((one) => one.baseCrlNumber !== undefined);
  for (const point of [...certificate.freshestCrl, ...list.freshestCrl]) {
    const found = await listsAt(list.issuer, uriOfPoint(point), at, crls);
    if (E.isRight(found)) deltas.push(...found.right.filter((one) => one.baseCrlNumber !== undefined));
  }
  return deltas;
};

// -------------------------------------------------------------------------------------
// one list
// -------------------------------------------------------------------------------------

/** What a list is refused for before its signature is looked at: cheap, and decided by the list and the question alone. */
const listFault = (
  list: Crl,
  point: DistributionPoint,
  { certificate, at }: RevocationQuestion,
  skew: number,
): CertificateError | undefined =>
  scopeFault(list, point, certificate) ??
  (list.baseCrlNumber === undefined
    ? undefined
    : certificateError('CRL_DELTA_MISMATCH', 'a delta without its complete list')) ??
  (list.unknownCritical === undefined
    ? undefined
    : certificateError('CRL_EXTENSION_UNKNOWN', list.unknownCritical)) ??
  freshnessFault(list, at.getTime(), skew);

interface ListAnswer extends Combined {
  readonly proofs: ReadonlyArray<RevocationProof>;
}

const listProof = ({ fingerprint, der }: Crl): RevocationProof => ({ kind: 'crl', fingerprint, der });

const askList = async (
  list: Crl,
  together: ReadonlyArray<Crl>,
  point: DistributionPoint,
  question: RevocationQuestion,
  judging: Judging,
): Promise<E.Either<CertificateError, ListAnswer>> => {
  const fault = listFault(list, point, question, grantedSkew(judging.context.clockSkew));
  if (fault !== undefined) return E.left(fault);
  // In scope and of another name: the certificate itself names this issuer of lists.
  const named = list.issuer.normal !== question.certificate.issuer.normal;
  const signer = await signerOf(list, question, named, judging);
  if (E.isLeft(signer)) return signer;
  const deltas = await deltasFor(list, together, question, judging.crls);
  const answer = await combined(list, deltas, signer.right.certificate, question, judging);
  if (E.isLeft(answer)) return answer;
  const { delta } = answer.right;
  const lists = [listProof(list), ...(delta === undefined ? [] : [listProof(delta)])];
  return E.right({ ...answer.right, proofs: [...lists, ...signer.right.proofs] });
};

// -------------------------------------------------------------------------------------
// all lists
// -------------------------------------------------------------------------------------

/** The address where there is one; a list without address is known by its fingerprint. */
const placeOf = (point: DistributionPoint, list?: Crl): string =>
  [uriOfPoint(point)[0] ?? 'CRL', ...(list === undefined ? [] : [list.fingerprint.slice(0, 16)])].join(' ');

const eachOnce = (proofs: ReadonlyArray<RevocationProof>): ReadonlyArray<RevocationProof> => [
  ...new Map(proofs.map((proof) => [proof.fingerprint, proof])).values(),
];

/** By a CA's clock that is ahead of ours a revocation of this minute has a time to come, and must count at once. */
const isRevocation = (entry: CrlEntry | undefined, at: Date, skew: number): entry is CrlEntry =>
  entry !== undefined && entry.revokedAt <= at.getTime() + skew;

const answerOf = (
  entry: CrlEntry,
  at: Date,
  source: string,
  proofs: ReadonlyArray<RevocationProof>,
): RevocationAnswer => ({
  status: entry.reason === 'certificateHold' ? 'hold' : 'revoked',
  at,
  reason: entry.reason,
  source,
  revokedAt: new Date(entry.revokedAt),
  proofs: eachOnce(proofs),
});

const ask = async (
  question: RevocationQuestion,
  judging: Judging,
): Promise<E.Either<CertificateError, RevocationAnswer>> => {
  const { certificate, at } = question;
  if (Number.isNaN(at.getTime())) return E.left(unknown('no such time'));
  const covered = new Set<ReasonFlag>();
  const attempts: Attempt[] = [];
  const proofs: RevocationProof[] = [];
  const sources: string[] = [];
  let hold: RevocationAnswer | undefined;
  for (const point of pointsOf(certificate)) {
    if (covered.size === allReasons.size) break;
    const { lists, faults } = await listsOfPoint(point, question, judging.crls);
    attempts.push(...faults.map((error) => ({ place: placeOf(point), error })));
    for (const list of lists) {
      const reasons = [...reasonsOf(list, point)].filter((reason) => !covered.has(reason));
      if (reasons.length === 0) continue;
      const place = placeOf(point, list);
      const answer = await askList(list, lists, point, question, judging);
      if (E.isLeft(answer)) {
        attempts.push({ place, error: answer.left });
        continue;
      }
      const { entry } = answer.right;
      if (isRevocation(entry, at, grantedSkew(judging.context.clockSkew))) {
        const found = answerOf(entry, at, place, answer.right.proofs);
        if (found.status === 'revoked') return E.right(found);
        hold ??= found;
      }
      for (const reason of reasons) covered.add(reason);
      proofs.push(...answer.right.proofs);
      sources.push(place);
    }
  }
  if (hold !== undefined) return E.right(hold);
  if (covered.size === allReasons.size) {
    return E.right({ status: 'good', at, source: sources.join(', '), proofs: eachOnce(proofs) });
  }
  const missing = [...allReasons].filter((reason) => !covered.has(reason));
  const incomplete = certificateError('CRL_REASONS_INCOMPLETE', `nothing on ${missing.join(', ')}`);
  return E.left(
    refusalOf(
      covered.size === 0 ? attempts : [...attempts, { place: sources.join(', '), error: incomplete }],
    ),
  );
};

/**
 * What CRLs say of a certificate at a time (RFC 5280 section 6.3.3). Its distribution points are taken in their order, and
 * then whatever else its issuer publishes, until every reason is answered for: in the GPKI the partition, and the complete
 * list where the partition cannot be had. A place that does not answer, and a list that is refused, lead on to the next.
 *
 * A list is believed when its scope has the certificate in it, it is fresh at `at` (which is `question.at`, never a clock
 * of this package), has no critical extension that is unknown, in an entry either, and is signed by the issuer's own key, or by
 * a signer that `CrlContext` admits, whose path leads to the question's anchor and who is not revoked. Deltas are applied.
 *
 * *revoked* and *hold* are told from the date of the entry on, as far as clocks agree: a revocation after `at` is not yet one,
 * so that what was signed before stays valid. An entry that is gone from a fresh list was released.
 *
 * Errors, the most telling one with all attempts in `detail`: `REVOCATION_UNKNOWN` when nothing was there, `CRL_…` when
 * something was and is refused. No error and no empty answer ever means *good*.
 */
export const crlStatus =
  (
    question: RevocationQuestion,
    crls: CrlSource,
    context: CrlContext,
  ): TaskEither<CertificateError, RevocationAnswer> =>
  () =>
    ask(question, { crls, context, depth: 0, spent: { signatures: 0 }, ask });
