/** Whether kept evidence has the shape of evidence at all, whoever read it from wherever. */
import { isOctets } from '../bytes.js';
import { type Ca, cas as knownCas } from '../gpki/oids.js';
import type { CertificateProfile } from '../gpki/profile.js';
import { pathBudget } from '../path/request.js';
import type { RevocationAnswer, RevocationProof } from '../revocation/source.js';
import type { Evidence } from './evidence.js';

/** Lists, answers and signers behind one answer about one certificate: three or four in the worst case. */
const maxProofs = 32;

type Unread<A> = { readonly [K in keyof A]?: unknown };

const isObject = <A>(value: unknown): value is Unread<A> => typeof value === 'object' && value !== null;

/** Members of any list here: paths, proofs, policies. */
const mostMembers = 64;

/** A list without gaps: a gap is passed over by whoever asks about every member, and not by whoever reads them. */
const isListOf = (value: unknown, isMember: (member: unknown) => boolean, most = mostMembers): boolean =>
  Array.isArray(value) && value.length <= most && [...value].every(isMember);
const isText = (value: unknown): boolean => typeof value === 'string';
const isTexts = (value: unknown): boolean => isListOf(value, isText);
const kinds: ReadonlySet<unknown> = new Set<RevocationProof['kind']>(['crl', 'ocsp', 'certificate']);

const isProof = (proof: unknown): boolean =>
  isObject<RevocationProof>(proof) &&
  kinds.has(proof.kind) &&
  typeof proof.fingerprint === 'string' &&
  isOctets(proof.der);

const isAnswer = (answer: unknown): boolean => {
  if (!isObject<RevocationAnswer>(answer)) return false;
  const { proofs = [] } = answer;
  const readable = isListOf(proofs, isProof, maxProofs);
  // Evidence is kept of cards that were good: another answer stands in it because somebody put it there.
  return readable && answer.status === 'good';
};

const isProfile = (profile: unknown): boolean => {
  if (!isObject<CertificateProfile>(profile)) return false;
  const { cas, subjectTypes, policies, purposes = [], minRsaBits, use } = profile;
  return (
    [cas, subjectTypes, policies, purposes].every(isTexts) &&
    // Compared with a number that is none, every key would be long enough.
    Number.isFinite(minRsaBits) &&
    (use === 'sign' || use === 'any')
  );
};

const isIssuer = (issuer: unknown): boolean =>
  isObject<NonNullable<Evidence['issuer']>>(issuer) &&
  isText(issuer.ca) &&
  knownCas.includes(issuer.ca as Ca) &&
  isText(issuer.generation);

/** What is wrong with the shape: the name of a field. */
export const evidenceProblem = (evidence: unknown): string | undefined => {
  if (!isObject<Evidence>(evidence)) return 'evidence';
  const { answer, path, revocation, at, profile, issuer } = evidence;
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) return 'at';
  if (!Array.isArray(path) || path.length < 2 || path.length > pathBudget.certificates) return 'path';
  if (!isListOf(path, isOctets)) return 'path';
  // One answer for each certificate of the path but the anchor.
  if (!Array.isArray(revocation) || revocation.length !== path.length - 1) return 'revocation';
  if (!isListOf(revocation, isAnswer)) return 'revocation';
  const answered =
    isObject<NonNullable<Evidence['answer']>>(answer) && isOctets(answer.cms) && isOctets(answer.content);
  if (answer !== undefined && !answered) return 'answer';
  if (profile !== undefined && !isProfile(profile)) return 'profile';
  return issuer === undefined || isIssuer(issuer) ? undefined : 'issuer';
};
