/**
 * Positions of EventStoreDB as the port's texts: commit and prepare position with as many digits as the largest has, so that
 * texts sort as positions do.
 *
 * @packageDocumentation
 */
import type { Position } from '@mandate/domain';

/** A place in the server's log. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const digits = 20;
const printed = /^([0-9]{20})\.([0-9]{20})$/;

/** Prints a place. */
export const printLogPosition = (commit: string, prepare: string): Position =>
  `${commit.padStart(digits, '0')}.${prepare.padStart(digits, '0')}` as Position;

/** Reads back what {@link printLogPosition} printed; `undefined` for anything else. */
export const parseLogPosition = (position: string): LogPosition | undefined => {
  const [, commit, prepare] = printed.exec(position) ?? [];
  return commit === undefined || prepare === undefined
    ? undefined
    : { commit: BigInt(commit), prepare: BigInt(prepare) };
};
