/**
 * The reviews of one agency.
 *
 * @packageDocumentation
 */
import type { Organisation } from '../agency/organisation.js';
import type { SeenCredential } from '../credential/credential.js';
import type { StoredEvent } from '../events/table.js';

/**
 * - `pending`: it waits for staff;
 * - `approved`: it may be used, once, from `validFrom` on;
 * - `rejected`: for good, as far as this case goes;
 * - `used`: it let a certificate be registered, which is all that an approval is for;
 * - `superseded`: it waited, or was approved and not used, when the agency's certificate came about another way or
 *   its service ended.
 */
export type ReviewStatus = 'pending' | 'approved' | 'rejected' | 'used' | 'superseded';

/** What was asked for, on which facts, and what became of it. An answer to it holds for this case alone. */
export interface Review {
  readonly id: string;
  readonly purpose: string;
  readonly credential: SeenCredential;
  readonly presented: Organisation | null;
  readonly expected: Organisation | null;
  readonly status: ReviewStatus;
  /** From when an approval may be used; ISO, UTC. */
  readonly validFrom: string | null;
  /** The event that decided it. */
  readonly decidedBy: string | null;
}

/** In the order of their requests. */
export type ReviewState = ReadonlyArray<Review>;

export const initialReviews: ReviewState = [];

const update = (state: ReviewState, id: string, change: (review: Review) => Review): ReviewState =>
  state.map((review) => (review.id === id ? change(review) : review));

/** Events of other aggregates leave the state as it is, but for those that use an approval or leave it pointless. */
export const evolveReviews = (state: ReviewState, event: StoredEvent): ReviewState => {
  switch (event.type) {
    case 'RegistrationReviewRequested': {
      const { review: id, purpose, credential, presented, expected } = event.data;
      const asked = { id, purpose, credential, presented, expected };
      return [...state, { ...asked, status: 'pending', validFrom: null, decidedBy: null }];
    }
    case 'RegistrationReviewDecided':
      return update(state, event.data.review, (review) => ({
        ...review,
        status: event.data.outcome,
        validFrom: event.data.validFrom,
        decidedBy: event.meta.id,
      }));
    case 'AgencyRegistered':
      return close(state, event.data.review);
    case 'AgencyDeregistered':
      return close(state, null);
    case 'CertificateReplaced':
      return event.data.holder === 'agency' ? close(state, event.data.review) : state;
    default:
      return state;
  }
};

/**
 * A certificate was registered, by the review `used` or by none; or the service ended. What else is open was asked for
 * while another certificate stood on record: if it is still wanted, it is another case.
 */
const close = (state: ReviewState, used: string | null): ReviewState =>
  state.map((review) =>
    review.status === 'pending' || review.status === 'approved'
      ? { ...review, status: review.id === used ? 'used' : 'superseded' }
      : review,
  );
