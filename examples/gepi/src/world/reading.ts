import {
  activeClerks,
  type EventStore,
  evolveAgencyStream,
  initialAgencyStream,
  type RegisterError,
  registerError,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { readEvents } from './active.js';

export interface PendingReview {
  readonly review: string;
  readonly agencyCode: string;
  readonly agencyName: string;
}

export interface Reading {
  readonly pendingReviews: () => Promise<ReadonlyArray<PendingReview>>;
  readonly may: (agency: string, person: string, code: string) => Promise<E.Either<RegisterError, void>>;
  readonly holders: (agency: string, code: string) => Promise<number>;
}

export const reading = (store: EventStore): Reading => {
  const stateOf = async (agency: string) => {
    const events = await readEvents(store);
    if (E.isLeft(events)) throw new Error(events.left.detail);
    return events.right
      .filter((e) => e.meta.stream.endsWith(`.${agency}`))
      .reduce(evolveAgencyStream, initialAgencyStream);
  };
  return {
    pendingReviews: async () => {
      const events = await readEvents(store);
      if (E.isLeft(events)) throw new Error(events.left.detail);
      const decided = new Set(
        events.right.flatMap((e) => (e.type === 'RegistrationReviewDecided' ? [e.data.review] : [])),
      );
      return events.right.flatMap((e) =>
        e.type === 'RegistrationReviewRequested' && !decided.has(e.data.review)
          ? [{ review: e.data.review, agencyCode: e.data.code, agencyName: e.data.agencyName }]
          : [],
      );
    },
    may: async (agency, person, code) => {
      const state = await stateOf(agency);
      if (state.agency.status === 'deregistered') return E.left(registerError('AGENCY_DEREGISTERED'));
      const clerk = activeClerks(state.clerks).find((c) => c.person === person);
      if (clerk === undefined) return E.left(registerError('NOT_AUTHORIZED'));
      return clerk.permissions.has(code as never)
        ? E.right(undefined)
        : E.left(registerError('PERMISSION_NOT_GRANTED'));
    },
    holders: async (agency, code) => {
      const state = await stateOf(agency);
      return activeClerks(state.clerks).filter((c) => c.permissions.has(code)).length;
    },
  };
};
