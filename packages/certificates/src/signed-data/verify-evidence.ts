/** Evidence judged again, at whatever later date, from pinned anchors and what was kept. */
import * as E from 'fp-ts/lib/Either.js';
import type { Task } from 'fp-ts/lib/Task.js';
import { equalBytes } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { decodeCertificates } from '../decode.js';
import { type CertificateError, certificateError } from '../errors.js';
import type { GpkiFacts } from '../gpki/facts.js';
import type { CertificateProfile } from '../gpki/profile.js';
import { type TrustStore, type TrustStoreInput, trustStore } from '../path/trust-store.js';
import {
  type CheckResult,
  indicationOf,
  passedCheck,
  refusedCheck,
  type ValidationReport,
} from '../report.js';
import { type KeptProofs, type KeptTerms, keptRevocation } from '../revocation/kept.js';
import type { RevocationAnswer } from '../revocation/source.js';
import { validateDecoded } from '../verify-certificate.js';
import { type SignedAnswer, signedAnswer } from './answer.js';
import type { SignerAttributes } from './attributes.js';
import type { Evidence } from './evidence.js';
import { evidenceProblem } from './evidence-shape.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What is trusted when evidence is judged: the anchors, each with its fingerprint. `issuers` say which CA a key belongs to;
 * without them that is taken from the record, and the anchors vouch for no more than the issuer's name.
 */
export type EvidenceTrust = Pick<TrustStoreInput, 'anchors'> & Partial<TrustStoreInput>;

/** It was so. */
export interface ProvedEvidence extends ValidationReport {
  readonly indication: 'passed';
  /** `signed`: the holder of the card signed the content. `read`: the card held the certificate, and no more. */
  readonly proved: 'signed' | 'read';
  /** When the card was judged, as the record says; the kept answers about revocation speak of this time. */
  readonly at: Date;
  /** By whom: with issuer's name and serial number. */
  readonly facts: GpkiFacts;
  /** For which role, as the record says: whoever knows what the role accepted compares it, for a record could say less. */
  readonly profile: CertificateProfile;
  /** The card's certificate first, the pinned anchor last. */
  readonly path: ReadonlyArray<Certificate>;
  /** Judged anew from what was kept. */
  readonly revocation: ReadonlyArray<RevocationAnswer>;
  /** What was signed; absent where nothing was. */
  readonly content?: Uint8Array;
  /** Advice, as ever. */
  readonly attributes?: SignerAttributes;
}

/** It was not shown to have been so. */
export interface RefusedEvidence extends ValidationReport {
  readonly indication: 'failed' | 'indeterminate';
  readonly error: CertificateError;
  /** Fingerprints of the certificates about whose revocation nothing was kept that can be shown. */
  readonly missing: ReadonlyArray<string>;
}

export type EvidenceReport = ProvedEvidence | RefusedEvidence;

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

const malformed = (detail: string): E.Either<CertificateError, never> =>
  E.left(certificateError('EVIDENCE_MALFORMED', detail));

const refused = (
  error: CertificateError,
  checks: ReadonlyArray<CheckResult>,
  missing: ReadonlyArray<string> = [],
): RefusedEvidence => ({ indication: indicationOf(error.code), error, checks, missing });

/** The pinned anchors; where no issuers are given, the one of the record by the name that the record gives it. */
const trustOf = (pinned: EvidenceTrust, evidence: Evidence) => {
  const [, issuer] = evidence.path;
  const recorded =
    issuer === undefined || evidence.issuer === undefined ? [] : [{ ...evidence.issuer, der: issuer }];
  return trustStore({ ...pinned, issuers: pinned.issuers ?? recorded })();
};

// -------------------------------------------------------------------------------------
// verify
// -------------------------------------------------------------------------------------

interface Judging {
  readonly evidence: Evidence;
  readonly profile: CertificateProfile;
  readonly trust: TrustStore;
  readonly path: ReadonlyArray<Certificate>;
  readonly terms: KeptTerms;
}

/** The certificate that is judged, and what proves that its holder was there. */
type Holder = Pick<SignedAnswer, 'certificate' | 'extra'> & Partial<Pick<SignedAnswer, 'attributes'>>;

/** The signer of the answer, which must be the card of the path; or the card that was read. */
const holderOf = async ({ evidence, trust, path }: Judging): Promise<E.Either<CertificateError, Holder>> => {
  const [certificate, ...extra] = path;
  if (certificate === undefined) return malformed('path');
  if (evidence.answer === undefined) return E.right({ certificate, extra });
  const answer = await signedAnswer(evidence.answer.cms, evidence.answer.content, trust);
  if (E.isLeft(answer)) return answer;
  return equalBytes(answer.right.certificate.der, certificate.der)
    ? E.right({ ...answer.right, extra: [...extra, ...answer.right.extra] })
    : malformed('the signer is not the first certificate of the path');
};

const keptOf = ({ evidence, path }: Judging): ReadonlyArray<KeptProofs> =>
  evidence.revocation.flatMap(({ proofs = [] }, index) => {
    const fingerprint = path[index]?.fingerprint;
    return fingerprint === undefined ? [] : [{ fingerprint, proofs }];
  });

/** What an answer rests on is a list or an answer of a responder; a certificate alone says nothing. */
const missingOf = (kept: ReadonlyArray<KeptProofs>): ReadonlyArray<string> =>
  kept
    .filter(({ proofs }) => proofs.every(({ kind }) => kind === 'certificate'))
    .map((one) => one.fingerprint);

const judge = async (judging: Judging): Promise<EvidenceReport> => {
  const { evidence, profile, trust, terms, path } = judging;
  const subject = path[0]?.fingerprint ?? '';
  const signed = evidence.answer !== undefined;
  const rule = ['answer', subject, 'RFC 5652 5.4, 5.6'] as const;
  const holder = await holderOf(judging);
  if (E.isLeft(holder)) return refused(holder.left, [refusedCheck(...rule, holder.left)]);
  const before = signed ? [passedCheck(...rule)] : [];

  const kept = keptOf(judging);
  const source = await keptRevocation(kept, trust, terms);
  if (E.isLeft(source))
    return refused(source.left, [...before, refusedCheck('revocation', subject, 'kept proofs', source.left)]);
  const { certificate, extra, attributes } = holder.right;
  const report = await validateDecoded(certificate, extra, {
    trust,
    at: evidence.at,
    revocation: source.right,
    profile: signed ? { ...profile, use: 'sign' } : profile,
  })();
  const checks = [...before, ...report.checks];
  if (report.indication !== 'passed') return refused(report.error, checks, missingOf(kept));
  const { facts, path: proved, revocation } = report.verified;
  return {
    indication: 'passed',
    checks,
    proved: signed ? 'signed' : 'read',
    at: evidence.at,
    facts,
    profile,
    path: proved,
    revocation,
    ...(evidence.answer === undefined ? {} : { content: evidence.answer.content }),
    ...(attributes === undefined ? {} : { attributes }),
  };
};

/**
 * Judges evidence again: the answer over the challenge, the path at the time of then, the role, and revocation from the
 * lists and answers that were kept. Nobody is asked, and nothing is trusted but the pinned anchors; that the card has
 * expired or was revoked since changes nothing. It never rejects, whatever the evidence is.
 *
 * `terms` are those under which the register believes lists and answers, where they are not the default ones.
 *
 * Codes: `EVIDENCE_MALFORMED` where it has not the shape of evidence or speaks of two cards; *indeterminate*
 * `EVIDENCE_INCOMPLETE` where the role was not kept, or of a certificate nothing that shows that it was not revoked
 * (`missing` names them); those of `trustStore`, `verifySignedData`, CRLs and OCSP.
 */
export const verifyEvidence =
  (evidence: Evidence, pinned: EvidenceTrust, terms: KeptTerms = {}): Task<EvidenceReport> =>
  async () => {
    const problem = evidenceProblem(evidence);
    if (problem !== undefined) return refused(certificateError('EVIDENCE_MALFORMED', problem), []);
    const trust = await trustOf(pinned, evidence);
    if (E.isLeft(trust)) return refused(trust.left, []);
    const path = await decodeCertificates(evidence.path, trust.right.cache)();
    if (E.isLeft(path)) return refused(path.left, []);
    const { profile } = evidence;
    if (profile === undefined || trust.right.issuers.length === 0) {
      const what = profile === undefined ? 'role' : 'issuer';
      return refused(certificateError('EVIDENCE_INCOMPLETE', `the ${what} was not kept`), []);
    }
    return judge({ evidence, profile, trust: trust.right, path: path.right, terms });
  };
