/**
 * Whether the rows of an agency are more than one append may be. Looked at with the verdicts, so that what is told of a file is
 * what its import does.
 *
 * @packageDocumentation
 */
import { importedRowSize, largestAppend } from '@mandate/domain';
import type { ReadRow } from './rows.js';

interface Open {
  readonly ok: boolean;
  readonly already: boolean;
}

/** The agencies whose new rows are too many, or too long, for one append. `verdicts` are those of `rows`, in their order. */
export const agenciesTooLarge = (
  verdicts: ReadonlyArray<Open>,
  rows: ReadonlyArray<ReadRow>,
): ReadonlySet<string> => {
  const sizes = new Map<string, number>();
  for (const [index, { ok, already }] of verdicts.entries()) {
    const clerk = rows[index]?.clerk;
    if (!ok || already || clerk === undefined) continue;
    const size = importedRowSize({ ...clerk, agencyCode: clerk.agency, permissions: clerk.functions });
    sizes.set(clerk.agency, (sizes.get(clerk.agency) ?? 0) + size);
  }
  return new Set([...sizes].flatMap(([agency, size]) => (size > largestAppend ? [agency] : [])));
};
