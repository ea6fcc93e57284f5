/**
 * What rows of all projections have in common.
 *
 * @packageDocumentation
 */
import type { EventMeta } from '@mandate/domain';

/** An agency of a portal, as rows name it. */
export interface AgencyKey {
  readonly portal: string;
  readonly agency: string;
}

const pattern = /^agency-([a-z0-9]+)\.([0-9A-Z]+)$/;

/** The agency whose stream an event stands in; `undefined` for the streams of a portal itself. */
export const agencyOf = (meta: EventMeta): AgencyKey | undefined => {
  const [, portal, agency] = pattern.exec(meta.stream) ?? [];
  return portal === undefined || agency === undefined ? undefined : { portal, agency };
};

/** The portal that a stream such as `catalogue-gepi` belongs to. */
export const portalOf = (meta: EventMeta): string =>
  agencyOf(meta)?.portal ?? meta.stream.slice(meta.stream.indexOf('-') + 1);

/** Code-unit order, that of `Array.sort` and of no locale. */
export const sorted = (texts: Iterable<string>): ReadonlyArray<string> => [...texts].sort();

export const toJson = (value: unknown): string => JSON.stringify(value);

/** Reads back what {@link toJson} wrote into a row of this package's own. */
export const fromJson = <A>(text: string): A => JSON.parse(text) as A;
