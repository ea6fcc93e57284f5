/** Whether kept evidence has the shape of evidence at all, whoever read it from wherever. */
import type { CertificateProfile } from '../gpki/profile.js';
import { pathBudget } from '../path/request.js';
import type { RevocationAnswer, RevocationProof } from '../revocation/source.js';
import type { Evidence } from './evidence.js';

/** Lists, answers and signers behind one answer about one certificate: three or four in the worst case. */
const maxProofs = 32;

type Unread<A> = { readonly [K in keyof A]?: unknown };

const isObject = <A>(value: unknown): value is Unread<A> => typeof value === 'object' && value !== null;
const isOctets = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const kinds: ReadonlySet<unknown> = new Set<RevocationProof['kind']>(['crl', 'ocsp', 'certificate']);

const isProof = (proof: unknown): boolean =>
  isObject<RevocationProof>(proof) &&
  kinds.has(proof.kind) &&
  typeof proof.fingerprint === 'string' &&
  isOctets(proof.der);

const isAnswer = (answer: unknown): boolean => {
  if (!isObject<RevocationAnswer>(answer)) return false;
  const proofs = answer.proofs ?? [];
  const readable = Array.isArray(proofs) && proofs.length <= maxProofs && proofs.every(isProof);
  // Evidence is kept of cards that were good: another answer stands in it because somebody put it there.
  return readable && answer.status === 'good';
};

const isProfile = (profile: unknown): boolean =>
  isObject<CertificateProfile>(profile) &&
  [profile.cas, profile.subjectTypes, profile.policies].every(Array.isArray) &&
  typeof profile.minRsaBits === 'number' &&
  (profile.use === 'sign' || profile.use === 'any');

/** What is wrong with the shape: the name of a field. */
export const evidenceProblem = (evidence: unknown): string | undefined => {
  if (!isObject<Evidence>(evidence)) return 'evidence';
  const { answer, path, revocation, at, profile, issuer } = evidence;
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) return 'at';
  if (!Array.isArray(path) || path.length < 2 || path.length > pathBudget.certificates) return 'path';
  if (!path.every(isOctets)) return 'path';
  // One answer for each certificate of the path but the anchor.
  if (!Array.isArray(revocation) || revocation.length !== path.length - 1) return 'revocation';
  if (!revocation.every(isAnswer)) return 'revocation';
  const answered =
    isObject<NonNullable<Evidence['answer']>>(answer) && isOctets(answer.cms) && isOctets(answer.content);
  if (answer !== undefined && !answered) return 'answer';
  if (profile !== undefined && !isProfile(profile)) return 'profile';
  return issuer === undefined || isObject(issuer) ? undefined : 'issuer';
};
