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

export interface Deciding {
  readonly may: (agency: string, person: string, code: string) => Promise<E.Either<RegisterError, void>>;
  readonly holders: (agency: string, code: string) => Promise<number>;
}

export const deciding = (store: EventStore): Deciding => {
  const stateOf = async (agency: string) => {
    const events = await readEvents(store);
    if (E.isLeft(events)) throw new Error(events.left.detail);
    return events.right
      .filter((e) => e.meta.stream.endsWith(`.${agency}`))
      .reduce(evolveAgencyStream, initialAgencyStream);
  };
  return {
    may: async (agency, person, code) => {
      const state = await stateOf(agency);
      if (state.agency.status === 'deregistered') return E.left(registerError('AGENCY_DEREGISTERED'));
      const clerk = activeClerks(state.clerks).find((c) => c.person === person);
      if (clerk === undefined) return E.left(registerError('NOT_AUTHORIZED'));
      return clerk.permissions.has(code)
        ? E.right(undefined)
        : E.left(registerError('PERMISSION_NOT_GRANTED'));
    },
    holders: async (agency, code) => {
      const state = await stateOf(agency);
      return activeClerks(state.clerks).filter((c) => c.permissions.has(code)).length;
    },
  };
};
