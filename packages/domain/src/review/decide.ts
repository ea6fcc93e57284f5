/**
 * When a certificate that does not match goes to review, and what comes of it (GEPI-23…26, GEPI-50).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Organisation, sameOrganisation, sameOrganisationOrNone } from '../agency/organisation.js';
import { type SeenCredential, sameCertificate } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { PortalPolicy } from '../policy/policy.js';
import type { Applicant, ReviewEvent } from './events.js';
import type { Review, ReviewState } from './state.js';

// -------------------------------------------------------------------------------------
// assessment
// -------------------------------------------------------------------------------------

/** A certificate that is shown for a purpose, and what it is held against. */
export interface Presented {
  readonly purpose: string;
  readonly credential: SeenCredential;
  readonly presented: Organisation | null;
  /** The portal's records at first registration, the registration itself afterwards; `null` where they hold none. */
  readonly expected: Organisation | null;
  /** ISO, UTC. */
  readonly at: string;
}

/** The certificate may be used: it matches, or a review let it pass. */
export interface Accepted {
  readonly organisation: Organisation;
  readonly review: Review | undefined;
}

/**
 * An answer holds for what was asked: this certificate, for this purpose, on these facts. Where records or registration
 * say something else by now, staff judged another case.
 */
const isOfCase = (review: Review, { purpose, credential, presented, expected }: Presented): boolean =>
  review.purpose === purpose &&
  sameCertificate(review.credential, credential) &&
  sameOrganisationOrNone(review.presented, presented) &&
  sameOrganisationOrNone(review.expected, expected);

/**
 * Accepts, or says why not: `ORGANISATION_MISMATCH` (ask for a review), `ALREADY_PENDING` (this certificate, until it
 * is decided, GEPI-25), `REVIEW_NOT_YET_EFFECTIVE`, `REVIEW_REJECTED` (this certificate for this purpose), or
 * `REVIEW_LIMIT_REACHED` (others of the agency wait already, as many as the policy allows).
 */
export const assess = (
  state: ReviewState,
  policy: PortalPolicy,
  input: Presented,
): E.Either<RegisterError, Accepted> => {
  const { credential, presented, expected } = input;
  if (presented !== null && expected !== null && sameOrganisation(presented, expected)) {
    return E.right({ organisation: presented, review: undefined });
  }
  if (presented === null) {
    return E.left(registerError('AGENCY_IDENTITY_MISSING', { ca: credential.ca }));
  }
  if (!policy.review.purposes.includes(input.purpose)) {
    return E.left(registerError('AGENCY_CERTIFICATE_NOT_REGISTERED'));
  }
  const pending = state.filter((review) => review.status === 'pending');
  // Of this certificate alone: whoever holds a card of any organisation can ask for a review, and must not thereby
  // hold up the agency itself.
  if (pending.some((review) => sameCertificate(review.credential, credential))) {
    return E.left(registerError('ALREADY_PENDING'));
  }
  // The latest word on the case counts: an approval after a rejection, or the reverse.
  const decided = state.findLast(
    (review) => (review.status === 'approved' || review.status === 'rejected') && isOfCase(review, input),
  );
  if (decided === undefined) {
    return E.left(
      registerError(
        pending.length < policy.review.maxPending ? 'ORGANISATION_MISMATCH' : 'REVIEW_LIMIT_REACHED',
      ),
    );
  }
  if (decided.status === 'rejected') return E.left(registerError('REVIEW_REJECTED'));
  if (decided.validFrom === null || input.at < decided.validFrom) {
    return E.left(registerError('REVIEW_NOT_YET_EFFECTIVE'));
  }
  return E.right({ organisation: presented, review: decided });
};

// -------------------------------------------------------------------------------------
// decisions
// -------------------------------------------------------------------------------------

type Decision = E.Either<RegisterError, ReadonlyArray<ReviewEvent>>;

/** The applicant wants the certificate reviewed (確認, GEPI-23). Only a mismatch without an answer can be. */
export const requestReview = (
  state: ReviewState,
  policy: PortalPolicy,
  input: Presented & {
    readonly review: string;
    readonly code: string;
    readonly agencyName: string;
    readonly applicant: Applicant;
  },
): Decision => {
  const assessed = assess(state, policy, input);
  if (E.isRight(assessed)) return E.left(registerError('REVIEW_NOT_NEEDED'));
  if (assessed.left.code !== 'ORGANISATION_MISMATCH') return assessed;
  const { review, code, agencyName, purpose, credential, presented, expected } = input;
  return E.right([
    {
      type: 'RegistrationReviewRequested',
      data: { review, code, agencyName, purpose, credential, presented, expected },
      personal: input.applicant,
      subject: reviewSubject(review),
    },
  ]);
};

/** Staff approve or reject, once. `validFrom` is the next business day where the policy says so (GEPI-24). */
export const decideReview = (
  state: ReviewState,
  input: {
    readonly review: string;
    readonly outcome: 'approved' | 'rejected';
    readonly validFrom: string;
    readonly note: string;
  },
): Decision => {
  const review = state.find((candidate) => candidate.id === input.review);
  if (review === undefined) return E.left(registerError('REVIEW_NOT_FOUND'));
  if (review.status !== 'pending') return E.left(registerError('REVIEW_ALREADY_DECIDED'));
  return E.right([
    {
      type: 'RegistrationReviewDecided',
      data: {
        review: input.review,
        outcome: input.outcome,
        validFrom: input.outcome === 'approved' ? input.validFrom : null,
      },
      personal: { note: input.note },
      subject: reviewSubject(input.review),
    },
  ]);
};

/** Whether the applicant of a review may be forgotten: while it waits for staff, somebody has to be called back. */
export const mayForgetApplicant = (state: ReviewState, id: string): E.Either<RegisterError, void> => {
  const review = state.find((candidate) => candidate.id === id);
  if (review === undefined) return E.left(registerError('REVIEW_NOT_FOUND'));
  return review.status === 'pending' ? E.left(registerError('REVIEW_STILL_PENDING')) : E.right(undefined);
};

/** An applicant is known by the review alone: no ID is asked for. */
export const reviewSubject = (review: string): string => `review.${review}`;
