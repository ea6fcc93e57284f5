/**
 * The four aggregates of an agency's stream, folded together.
 *
 * @packageDocumentation
 */
import { type AgencyState, evolveAgency, initialAgency } from '../agency/state.js';
import { type ClerkState, evolveClerks, initialClerks } from '../clerk/state.js';
import type { StoredEvent } from '../events/table.js';
import { evolveManager, initialManager, type ManagerState } from '../manager/state.js';
import { evolveReviews, initialReviews, type ReviewState } from '../review/state.js';

export interface AgencyStreamState {
  readonly agency: AgencyState;
  readonly manager: ManagerState;
  readonly clerks: ClerkState;
  readonly reviews: ReviewState;
  /** Confirmations under which something was done: those that serve once are spent. */
  readonly confirmations: ReadonlySet<string>;
}

export const initialAgencyStream: AgencyStreamState = {
  agency: initialAgency,
  manager: initialManager,
  clerks: initialClerks,
  reviews: initialReviews,
  confirmations: new Set(),
};

const spend = (spent: ReadonlySet<string>, confirmation: string | null): ReadonlySet<string> =>
  confirmation === null || spent.has(confirmation) ? spent : new Set(spent).add(confirmation);

/** Folds one event into all four. */
export const evolveAgencyStream = (state: AgencyStreamState, event: StoredEvent): AgencyStreamState => ({
  agency: evolveAgency(state.agency, event),
  manager: evolveManager(state.manager, event),
  clerks: evolveClerks(state.clerks, event),
  reviews: evolveReviews(state.reviews, event),
  confirmations: spend(state.confirmations, event.meta.confirmation),
});
