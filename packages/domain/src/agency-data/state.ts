/**
 * The agency's own data as its events made them.
 *
 * @packageDocumentation
 */
import type { SealedPart } from '../events/define.js';
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';

/** A value that was saved, from when it holds (ISO, UTC), and the sealed part that it stands in. */
export interface SavedValue {
  readonly sealed: SealedPart;
  readonly effectiveAt: string;
}

/** A change that waits for staff, or did (NHI-23). */
export interface ChangeRequest {
  readonly id: string;
  readonly fields: ReadonlyArray<string>;
  /** SHA-256 of each document. */
  readonly attachments: ReadonlyArray<string>;
  readonly status: 'pending' | 'approved' | 'rejected';
  /** ISO, UTC: an approved change does not hold before it; `null` where no day was named. */
  readonly from: string | null;
  readonly sealed: SealedPart;
  /** What staff told with the decision. */
  readonly note?: SealedPart;
}

export interface AgencyDataState {
  /** By field; the last that was saved, and the one before it, which holds until the last does. */
  readonly values: ReadonlyMap<string, ReadonlyArray<SavedValue>>;
  /** In the order in which they were asked for. */
  readonly requests: ReadonlyMap<string, ChangeRequest>;
}

export const initialAgencyData: AgencyDataState = { values: new Map(), requests: new Map() };

const save = (
  state: AgencyDataState,
  fields: ReadonlyArray<string>,
  value: SavedValue,
  drafts: Drafts,
): AgencyDataState => {
  const values = drafts.map(state.values);
  for (const field of fields) values.set(field, [...(values.get(field) ?? []).slice(-1), value]);
  return { ...state, values };
};

/** {@link evolveAgencyData} for a fold that takes what it changes from its drafts. */
export const evolveAgencyDataIn = (
  state: AgencyDataState,
  event: StoredEvent,
  drafts: Drafts,
): AgencyDataState => {
  switch (event.type) {
    case 'AgencyDataChanged': {
      const { effectiveAt } = event.meta;
      return save(state, event.data.fields, { sealed: event.sealed, effectiveAt }, drafts);
    }
    case 'AgencyDataChangeRequested': {
      const { request: id, fields, attachments } = event.data;
      const { recordedAt, effectiveAt } = event.meta;
      const from = effectiveAt === recordedAt ? null : effectiveAt;
      const { sealed } = event;
      const request: ChangeRequest = { id, fields, attachments, from, status: 'pending', sealed };
      return { ...state, requests: drafts.map(state.requests).set(id, request) };
    }
    case 'AgencyDataChangeDecided': {
      const request = state.requests.get(event.data.request);
      if (request === undefined) return state;
      const { outcome: status } = event.data;
      const requests = drafts.map(state.requests).set(request.id, { ...request, status });
      const decided = { ...state, requests };
      const { effectiveAt } = event.meta;
      return status === 'approved'
        ? save(decided, request.fields, { sealed: request.sealed, effectiveAt }, drafts)
        : decided;
    }
    case 'AgencyDataDecisionNoted': {
      const request = state.requests.get(event.data.request);
      if (request === undefined) return state;
      const noted = { ...request, note: event.sealed };
      return { ...state, requests: drafts.map(state.requests).set(request.id, noted) };
    }
    default:
      return state;
  }
};

/** Events of other aggregates leave the state as it is. */
export const evolveAgencyData = (state: AgencyDataState, event: StoredEvent): AgencyDataState =>
  evolveAgencyDataIn(state, event, copies);

/** What holds of a field at an instant (ISO, UTC), `undefined` where nothing was saved by then. */
export const valueAt = (state: AgencyDataState, field: string, at: string): SavedValue | undefined =>
  state.values.get(field)?.findLast(({ effectiveAt }) => effectiveAt <= at);
