/**
 * The terms of use of a portal, all their versions.
 *
 * @packageDocumentation
 */
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';

export interface TermsVersion {
  readonly version: number;
  /** SHA-256 of `text`, lower-case hex. */
  readonly hash: string;
  readonly title: string;
  readonly text: string;
  readonly english: string | null;
  /** ISO, UTC. */
  readonly publishedAt: string;
}

export interface TermsState {
  readonly current: TermsVersion | undefined;
  readonly versions: ReadonlyMap<number, TermsVersion>;
}

export const initialTerms: TermsState = { current: undefined, versions: new Map() };

/** {@link evolveTerms} for a fold that takes what it changes from its drafts. */
export const evolveTermsIn = (state: TermsState, event: StoredEvent, drafts: Drafts): TermsState => {
  if (event.type !== 'TermsPublished') return state;
  const current: TermsVersion = { ...event.data, publishedAt: event.meta.recordedAt };
  return { current, versions: drafts.map(state.versions).set(current.version, current) };
};

export const evolveTerms = (state: TermsState, event: StoredEvent): TermsState =>
  evolveTermsIn(state, event, copies);
