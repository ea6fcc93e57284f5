/**
 * The reviews of one agency.
 *
 * @packageDocumentation
 */
import type { Organisation } from '../agency/organisation.js';
import type { SeenCredential } from '../credential/credential.js';
import { copies, type Drafts } from '../events/drafts.js';
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

/** {@link evolveReviews} for a fold that takes what it changes from its drafts. */
export const evolveReviewsIn = (state: ReviewState, event: StoredEvent, drafts: Drafts): ReviewState => {
  switch (event.type) {
    case 'RegistrationReviewRequested': {
      const { review: id, purpose, credential, presented, expected } = event.data;
      const next = drafts.array(state);
      const asked = { id, purpose, credential, presented, expected };
      next.push({ ...asked, status: 'pending', validFrom: null, decidedBy: null });
      return next;
    }
    case 'RegistrationReviewDecided': {
      const { review: id, outcome, validFrom } = event.data;
      // Few wait at a time, so what is decided is among the last.
      const index = state.findLastIndex((review) => review.id === id);
      const asked = state[index];
      if (asked === undefined) return state;
      const next = drafts.array(state);
      next[index] = { ...asked, status: outcome, validFrom, decidedBy: event.meta.id };
      return next;
    }
    case 'AgencyRegistered':
      return close(state, event.data.review, drafts);
    case 'AgencyDeregistered':
      return close(state, null, drafts);
    case 'CertificateReplaced':
      return event.data.holder === 'agency' ? close(state, event.data.review, drafts) : state;
    default:
      return state;
  }
};

/**
 * A certificate was registered, by the review `used` or by none; or the service ended. What else is open was asked for
 * while another certificate stood on record: if it is still wanted, it is another case.
 */
const close = (state: ReviewState, used: string | null, drafts: Drafts): ReviewState => {
  let next: Review[] | undefined;
  for (const [index, review] of state.entries()) {
    if (review.status !== 'pending' && review.status !== 'approved') continue;
    next ??= drafts.array(state);
    next[index] = { ...review, status: review.id === used ? 'used' : 'superseded' };
  }
  return next ?? state;
};

/** Events of other aggregates leave the state as it is, but for those that use an approval or leave it pointless. */
export const evolveReviews = (state: ReviewState, event: StoredEvent): ReviewState =>
  evolveReviewsIn(state, event, copies);
