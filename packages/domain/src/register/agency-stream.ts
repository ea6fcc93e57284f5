/**
 * The aggregates of an agency's stream, folded together.
 *
 * @packageDocumentation
 */
import { type AgencyState, agencyAt, evolveAgencyIn, initialAgency } from '../agency/state.js';
import { type AgencyDataState, evolveAgencyDataIn, initialAgencyData } from '../agency-data/state.js';
import { type ClerkState, evolveClerksIn, initialClerks } from '../clerk/state.js';
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';
import { evolveManager, initialManager, type ManagerState } from '../manager/state.js';
import type { PortalPolicy } from '../policy/policy.js';
import {
  evolveCredentialsIn,
  initialCredentials,
  type RegisteredCredentials,
} from '../registered-credential/state.js';
import { evolveReviewsIn, initialReviews, type ReviewState } from '../review/state.js';
import type { Fold } from './streams.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface AgencyStreamState {
  readonly agency: AgencyState;
  readonly manager: ManagerState;
  readonly clerks: ClerkState;
  readonly reviews: ReviewState;
  readonly data: AgencyDataState;
  readonly credentials: RegisteredCredentials;
  /** Keyed digests of the rows that were ever imported: each is imported once, also after its clerk was revoked. */
  readonly imported: ReadonlySet<string>;
  /** See {@link SpentConfirmations}. */
  readonly confirmations: SpentConfirmations;
}

/**
 * Confirmations, by their hashes, under which something was done, with the time (`recordedAt`, epoch milliseconds) at
 * which the first event of each was recorded, in that order: those that serve once are spent. One that has been in it
 * for longer than it can be presented is let go when another comes in.
 */
export type SpentConfirmations = ReadonlyMap<string, number>;

export const initialAgencyStream: AgencyStreamState = {
  agency: initialAgency,
  manager: initialManager,
  clerks: initialClerks,
  reviews: initialReviews,
  data: initialAgencyData,
  credentials: initialCredentials,
  imported: new Set(),
  confirmations: new Map(),
};

/** The stream's state at an instant (ISO, UTC), where something was recorded that takes effect later (NHI-19). */
export const agencyStreamAt = (state: AgencyStreamState, at: string): AgencyStreamState => {
  const agency = agencyAt(state.agency, at);
  return agency === state.agency ? state : { ...state, agency };
};

// -------------------------------------------------------------------------------------
// confirmations
// -------------------------------------------------------------------------------------

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * For how long, by the recorded times of a stream and in milliseconds, a spent confirmation is remembered. One can be
 * presented until `sessionMinutes` after its last card, and each card before the last was shown within as many; what is
 * beyond that, a day at least, is for programs whose clocks differ.
 */
export const confirmationMemory = (policy: {
  readonly purposes: PortalPolicy['purposes'];
  readonly sessionMinutes: number;
}): number =>
  Math.max(day, ...policy.purposes.map(({ steps }) => 2 * steps.length * policy.sessionMinutes * minute));

const spend = (
  spent: SpentConfirmations,
  { confirmation, recordedAt }: StoredEvent['meta'],
  memory: number,
  drafts: Drafts,
): SpentConfirmations => {
  if (confirmation === null || spent.has(confirmation)) return spent;
  const next = drafts.map(spent);
  const now = Date.parse(recordedAt);
  // By the stream's own time alone: whoever folds it, whenever, comes to the same.
  for (const [old, at] of next) {
    if (!(at < now - memory)) break;
    next.delete(old);
  }
  return next.set(confirmation, now);
};

// -------------------------------------------------------------------------------------
// fold
// -------------------------------------------------------------------------------------

const evolveIn = (
  state: AgencyStreamState,
  event: StoredEvent,
  memory: number,
  drafts: Drafts,
): AgencyStreamState => ({
  agency: evolveAgencyIn(state.agency, event, drafts),
  manager: evolveManager(state.manager, event),
  clerks: evolveClerksIn(state.clerks, event, drafts),
  reviews: evolveReviewsIn(state.reviews, event, drafts),
  data: evolveAgencyDataIn(state.data, event, drafts),
  credentials: evolveCredentialsIn(state.credentials, event, drafts),
  imported:
    event.type === 'HistoryImported' ? drafts.set(state.imported).add(event.data.digest) : state.imported,
  confirmations: spend(state.confirmations, event.meta, memory, drafts),
});

/** How a register folds the streams of agencies; `memory` is its {@link confirmationMemory}. */
export const agencyStreamFold = (memory: number): Fold<AgencyStreamState> => ({
  initial: initialAgencyStream,
  evolve: (state, event, drafts) => evolveIn(state, event, memory, drafts),
});

/** Folds one event into all of them. Spent confirmations are remembered for a day. */
export const evolveAgencyStream = (state: AgencyStreamState, event: StoredEvent): AgencyStreamState =>
  evolveIn(state, event, day, copies);
