/** A clock that stands until it is set; it fits the port `Clock`. */
export interface HandClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** ISO 8601, or milliseconds since 1970. */
  readonly set: (instant: string | number) => void;
  readonly advance: (milliseconds: number) => void;
}

const instantOf = (instant: string | number): number =>
  typeof instant === 'number' ? instant : Date.parse(instant);

/** Begins on a Monday, 10:00 in Taipei, where nothing else is said. */
export const handClock = (start: string | number = '2026-03-02T02:00:00.000Z'): HandClock => {
  let at = instantOf(start);
  return {
    now: () => at,
    set: (instant) => {
      at = instantOf(instant);
    },
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
};
