/** The GPKI's periods end with a day in Taipei: 15:59:59Z (docs/gpki.md 7). */

const taipeiOffset = 8 * 60 * 60 * 1000;

/** The same day in Taipei, so many years later, at 15:59:59Z. */
export const endOfTaipeiDayAfterYears = (from: Date, years: number): Date => {
  const local = new Date(from.getTime() + taipeiOffset);
  const day = local.getUTCDate();
  const end = new Date(Date.UTC(local.getUTCFullYear() + years, local.getUTCMonth(), day, 15, 59, 59));
  // 29 February has no anniversary: the period ends on the 28th.
  return end.getUTCDate() === day
    ? end
    : new Date(Date.UTC(local.getUTCFullYear() + years, local.getUTCMonth() + 1, 0, 15, 59, 59));
};
