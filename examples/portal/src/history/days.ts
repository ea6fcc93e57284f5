/**
 * Days as people choose them, and the instants that they stand for.
 *
 * @packageDocumentation
 */
const pattern = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The end of a day in Taipei, ISO 8601; `undefined` where it is no day. */
export const endOfDay = (day: string): string | undefined => {
  if (!pattern.test(day)) return undefined;
  const end = new Date(`${day}T23:59:59.999+08:00`);
  if (Number.isNaN(end.getTime())) return undefined;
  // 31 February is no day, though a clock counts on to March.
  return dayOf(end.getTime()) === day ? end.toISOString() : undefined;
};

/** The day in Taipei, `2026-11-21`, of milliseconds. */
export const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
