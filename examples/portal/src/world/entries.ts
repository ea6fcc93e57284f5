/**
 * A menu as it is published.
 *
 * @packageDocumentation
 */
import type { CatalogueEntry } from '@mandate/domain';

/** What is published has no line for "no group": it is left out. */
export const entriesOf = (
  entries: ReadonlyArray<CatalogueEntry>,
): ReadonlyArray<Readonly<Record<string, string>>> =>
  entries.map(({ parent, ...entry }) => (parent === null ? entry : { ...entry, parent }));
