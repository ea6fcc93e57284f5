/**
 * How a pack is written down: plain literals, whose brands the codec gives.
 *
 * @packageDocumentation
 */
import type { CatalogueEntry } from '../../catalogue/events.js';
import type { t } from '../../schema.js';
import type { PortalPolicy } from '../policy.js';

/** A pack as it is written, or as it stands in JSON: no brands. */
export type PortalPolicySource = t.OutputOf<typeof PortalPolicy>;

/** A line of a function menu as it is written. */
export type CatalogueEntrySource = t.OutputOf<typeof CatalogueEntry>;

/**
 * A pack from a literal of the source code. The compiler checks the shape only; a test of the pack runs the codec.
 * A pack that comes from outside goes through `PortalPolicy.decode` instead.
 */
export const definePack = (source: PortalPolicySource): PortalPolicy => source as PortalPolicy;

/** A function menu from literals of the source code; the same holds for it. */
export const defineCatalogue = (
  entries: ReadonlyArray<CatalogueEntrySource>,
): ReadonlyArray<CatalogueEntry> => entries as ReadonlyArray<CatalogueEntry>;
