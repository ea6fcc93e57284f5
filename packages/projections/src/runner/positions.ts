/**
 * Positions, and the place before the first of them.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';

/** True where `a` stands before `b`; `undefined` stands before every event. */
export const isBefore = (a: Position | undefined, b: Position | undefined): boolean =>
  b !== undefined && (a === undefined || a < b);

/** The one that stands before all others. */
export const lowest = (positions: ReadonlyArray<Position | undefined>): Position | undefined =>
  positions.reduce((low, position) => (isBefore(position, low) ? position : low));
