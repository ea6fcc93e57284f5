/**
 * What a card made of a challenge, verified: the same for a card that is shown and for a command that it signs.
 *
 * @packageDocumentation
 */
import { type GpkiFacts, verifySignedData } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { SeenCredential } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { StepRole } from '../policy/policy.js';
import { utf8 } from './bytes.js';
import type { RegisterContext } from './context.js';
import { type NewEvidence, toBundle } from './evidence-bundle.js';
import { fromCertificateError, toCredential, toProfile } from './identify.js';

/** Whose certificate answered, and the proof of it. */
export interface VerifiedAnswer {
  readonly facts: GpkiFacts;
  readonly credential: SeenCredential;
  readonly proof: NewEvidence;
}

/** Verifies that a card of a role signed `text` (CMS SignedData, DER) and is good at `now` (ISO, UTC). */
export const verifyAnswer = async (
  context: RegisterContext,
  role: StepRole,
  text: string,
  cms: Uint8Array,
  now: string,
): Promise<E.Either<RegisterError, VerifiedAnswer>> => {
  if (role === 'officer') return E.left(registerError('MEANS_NOT_ALLOWED'));
  const profile = toProfile(context.policy.profiles[role]);
  const verified = await verifySignedData({
    cms,
    content: utf8(text),
    trust: context.trust,
    at: new Date(now),
    revocation: context.revocation,
    profile,
  })();
  if (E.isLeft(verified)) return E.left(fromCertificateError(verified.left));
  const { facts, path, revocation, attributes } = verified.right;
  const credential = await toCredential(context.vault, facts, 'signed', attributes.cardNumber);
  if (E.isLeft(credential)) return credential;
  const proof = toBundle({
    kind: 'answer',
    verifiedAt: now,
    challenge: text,
    cms,
    path,
    revocation,
    profile,
    facts,
  });
  return E.right({ facts, credential: credential.right, proof });
};
