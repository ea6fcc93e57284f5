/**
 * The reviews of one agency.
 *
 * @packageDocumentation
 */
import type { Organisation } from '../agency/organisation.js';
import type { SeenCredential } from '../credential/credential.js';
import type { StoredEvent } from '../events/table.js';

export interface Review {
  readonly id: string;
  readonly purpose: string;
  readonly credential: SeenCredential;
  readonly presented: Organisation | null;
  /** `superseded`: what was applied for came about another way, so there is nothing left to decide. */
  readonly status: 'pending' | 'approved' | 'rejected' | 'superseded';
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

/** Events of other aggregates leave the state as it is, but for those that make an open review pointless. */
export const evolveReviews = (state: ReviewState, event: StoredEvent): ReviewState => {
  switch (event.type) {
    case 'RegistrationReviewRequested': {
      const { review, purpose, credential, presented } = event.data;
      return [
        ...state,
        { id: review, purpose, credential, presented, status: 'pending', validFrom: null, decidedBy: null },
      ];
    }
    case 'RegistrationReviewDecided':
      return update(state, event.data.review, (review) => ({
        ...review,
        status: event.data.outcome,
        validFrom: event.data.validFrom,
        decidedBy: event.meta.id,
      }));
    case 'AgencyRegistered':
    case 'AgencyDeregistered':
      return supersede(state);
    case 'CertificateReplaced':
      return event.data.holder === 'agency' ? supersede(state) : state;
    default:
      return state;
  }
};

/** A certificate was registered (or the agency ended): nothing that waits can still come about as applied for. */
const supersede = (state: ReviewState): ReviewState =>
  state.map((review) => (review.status === 'pending' ? { ...review, status: 'superseded' } : review));
