/**
 * Opening hours and business days, in Asia/Taipei (GEPI-4, GEPI-24).
 *
 * @packageDocumentation
 */
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../ports/calendar.js';
import type { PortalPolicy } from './policy.js';

const zone = 'Asia/Taipei';

const taipei = (epochMs: number): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);

interface LocalMinute {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Since midnight. */
  readonly minute: number;
}

/** Every command asks, and most of them in the same minute as the one before. */
let latest: { readonly minute: number; readonly local: LocalMinute } | undefined;

const localMinute = (epochMs: number): LocalMinute => {
  const minute = Math.floor(epochMs / 60_000);
  if (latest?.minute !== minute) {
    const local = taipei(minute * 60_000);
    const date = local.toPlainDate().toString();
    latest = { minute, local: { date, minute: local.hour * 60 + local.minute } };
  }
  return latest.local;
};

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Whether the portal is open at an instant (ms since 1970). */
export const isOpen = (policy: PortalPolicy, calendar: Calendar, epochMs: number): boolean => {
  const hours = policy.openingHours;
  const { date, minute } = localMinute(epochMs);
  if (calendar.isClosed(date)) return false;
  if (hours === null) return true;
  return minutesOf(hours.from) <= minute && minute < minutesOf(hours.to);
};

/** The first instant of the next day, whatever day that is, ISO 8601 UTC (NHI-19). */
export const nextDay = (epochMs: number): string => {
  const start = taipei(epochMs).toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: zone });
  return new Date(start.epochMilliseconds).toISOString();
};

/** A year without a business day is a calendar that is wrong, not a wait. */
const searchDays = 366;

/**
 * The first instant of the next business day after the day of `epochMs`, ISO 8601 UTC.
 * `undefined` where the calendar names none within a year.
 */
export const nextBusinessDay = (calendar: Calendar, epochMs: number): string | undefined => {
  let day = taipei(epochMs).toPlainDate();
  for (let i = 0; i < searchDays; i++) {
    day = day.add({ days: 1 });
    if (calendar.isBusinessDay(day.toString())) {
      const start = day.toZonedDateTime({ timeZone: zone });
      return new Date(start.epochMilliseconds).toISOString();
    }
  }
  return undefined;
};

/**
 * A calendar of Monday to Friday, but for the holidays (days off) and make-up days (Saturdays at work) given, both
 * `YYYY-MM-DD`. `closed` are days without service.
 */
export const weekCalendar = (
  options: {
    readonly holidays?: ReadonlyArray<string>;
    readonly makeUpDays?: ReadonlyArray<string>;
    readonly closed?: ReadonlyArray<string>;
  } = {},
): Calendar => {
  const holidays = new Set(options.holidays);
  const makeUp = new Set(options.makeUpDays);
  const closed = new Set(options.closed);
  return {
    isBusinessDay: (date) =>
      makeUp.has(date) || (!holidays.has(date) && Temporal.PlainDate.from(date).dayOfWeek <= 5),
    isClosed: (date) => closed.has(date),
  };
};
