/**
 * Which days are business days, and which are left out of the opening hours (GEPI-4, GEPI-24).
 *
 * Dates are Gregorian `YYYY-MM-DD` in Asia/Taipei.
 *
 * @packageDocumentation
 */
export interface Calendar {
  readonly isBusinessDay: (date: string) => boolean;
  /** True on a day on which the portal is closed although its hours say otherwise. */
  readonly isClosed: (date: string) => boolean;
}
