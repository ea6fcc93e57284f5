/**
 * How long read models have not known what was committed. Positions cannot be counted with, so what is measured is time: since
 * when the first event is known to be there that the slowest of them does not know.
 *
 * @packageDocumentation
 */
import type { Clock } from '@mandate/domain';

export interface Lag {
  /** Seconds, as of now: `head` is the last event that was committed, `position` the last that is known. */
  readonly observe: (head: string | undefined, position: string | undefined) => number;
}

export const createLag = (clock: Clock): Lag => {
  let missing: { readonly position: string; readonly since: number } | undefined;
  const knows = (position: string | undefined, wanted: string): boolean =>
    position !== undefined && position >= wanted;
  return {
    observe: (head, position) => {
      const now = clock.now();
      if (missing !== undefined && knows(position, missing.position)) missing = undefined;
      if (head === undefined || knows(position, head)) missing = undefined;
      else missing ??= { position: head, since: now };
      return missing === undefined ? 0 : Math.max(0, now - missing.since) / 1000;
    },
  };
};
