/**
 * The function menu (功能選單) of a portal, in versions. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { clear, type NewEventOf, type StoredEventOf } from '../events/define.js';
import { t } from '../schema.js';
import { FunctionCode } from '../values/index.js';

/** A line of the menu: a function that can be granted, or a group of such (GEPI-36). */
export const CatalogueEntry = t.strict({
  code: FunctionCode,
  kind: t.keyof({ group: null, function: null }),
  /** The group it stands in; `null` at the top. */
  parent: t.union([FunctionCode, t.null]),
  zh: t.string,
  en: t.string,
});
export type CatalogueEntry = t.TypeOf<typeof CatalogueEntry>;

export const catalogueEvents = {
  /** A whole menu; it replaces the one before and is never changed itself. */
  CataloguePublished: clear(t.strict({ version: t.Int, entries: t.readonlyArray(CatalogueEntry) })),
};

export type CatalogueEvent = NewEventOf<typeof catalogueEvents>;
export type StoredCatalogueEvent = StoredEventOf<typeof catalogueEvents>;
