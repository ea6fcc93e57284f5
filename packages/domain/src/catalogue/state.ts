/**
 * The function menu of a portal, all its versions.
 *
 * @packageDocumentation
 */
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';
import type { CatalogueEntry } from './events.js';

export interface CatalogueVersion {
  readonly version: number;
  /** By code, in the order of the menu. */
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  /** ISO, UTC. */
  readonly publishedAt: string;
}

export interface CatalogueState {
  readonly current: CatalogueVersion | undefined;
  readonly versions: ReadonlyMap<number, CatalogueVersion>;
}

export const initialCatalogue: CatalogueState = { current: undefined, versions: new Map() };

/** {@link evolveCatalogue} for a fold that takes what it changes from its drafts. */
export const evolveCatalogueIn = (
  state: CatalogueState,
  event: StoredEvent,
  drafts: Drafts,
): CatalogueState => {
  if (event.type !== 'CataloguePublished') return state;
  const current: CatalogueVersion = {
    version: event.data.version,
    entries: new Map(event.data.entries.map((entry) => [entry.code, entry])),
    publishedAt: event.meta.recordedAt,
  };
  return { current, versions: drafts.map(state.versions).set(current.version, current) };
};

export const evolveCatalogue = (state: CatalogueState, event: StoredEvent): CatalogueState =>
  evolveCatalogueIn(state, event, copies);

/** The functions of one version that an earlier one did not have: new, and in nobody's hands yet. */
export const newFunctions = (state: CatalogueState, since: number): ReadonlyArray<CatalogueEntry> => {
  const before = state.versions.get(since);
  return [...(state.current?.entries.values() ?? [])].filter(
    (entry) => entry.kind === 'function' && before?.entries.get(entry.code) === undefined,
  );
};
