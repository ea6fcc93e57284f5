/**
 * Positions printed so that their order as strings is their order as numbers.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';

const width = 16;
const printed = /^[0-9]{16}$/;

/** Prints a whole number below 10^16. */
export const printPosition = (value: number): Position => String(value).padStart(width, '0') as Position;

/** Reads back what {@link printPosition} printed; `undefined` for anything else. */
export const parsePosition = (position: string): number | undefined =>
  printed.test(position) ? Number(position) : undefined;
