/**
 * The story's own time: it walks through a year in a few seconds, in Asia/Taipei, and never back.
 *
 * @packageDocumentation
 */
import type { Clock } from '@mandate/domain';

export interface StoryClock extends Clock {
  /** Goes on to a local time such as `2026-01-05T09:00`, unless it is past already. */
  readonly to: (local: string) => void;
  readonly pass: (seconds: number) => void;
}

/** Taiwan has had no summer time since 1979. */
export const taipeiMs = (local: string): number => Date.parse(`${local}:00+08:00`);

/** `2026-01-05`, as a calendar in Taipei shows the instant. */
export const taipeiDay = (epochMs: number): string => local(epochMs).slice(0, 10);

/** `09:05`. */
export const taipeiTime = (epochMs: number): string => local(epochMs).slice(11, 16);

const local = (epochMs: number): string => new Date(epochMs + 8 * 3_600_000).toISOString();

export const storyClock = (startMs: number): StoryClock => {
  let now = startMs;
  return {
    now: () => now,
    to: (time) => {
      now = Math.max(now, taipeiMs(time));
    },
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
};
