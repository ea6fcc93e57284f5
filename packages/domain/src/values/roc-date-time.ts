import { Temporal } from 'temporal-polyfill';
import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { isDay, pad } from './day.js';
import { fromEpochMs, type Instant, toEpochMs } from './instant.js';
import { taipeiZone } from './roc-date.js';
import { foldWidth } from './text.js';

export interface RocDateTimeBrand {
  readonly RocDateTime: unique symbol;
}

/** A time as a page prints it, in Taipei and to the second: 「111年11月04日10點49分19秒」 (GEPI-13). */
export type RocDateTime = t.Branded<string, RocDateTimeBrand>;

const accepted =
  /^(?:(?:中華)?民國(前)?)?0{0,2}([1-9]\d{0,3}|元)年(\d{1,2})月(\d{1,2})日(\d{1,2})[點時](\d{1,2})分(\d{1,2})秒$/;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const partsOf = (text: string): Parts | undefined => {
  const found = accepted.exec(text);
  if (found === null) return undefined;
  const [, before, rocYear, month, day, hour, minute, second] = found;
  const years = rocYear === '元' ? 1 : Number(rocYear);
  return {
    year: before === undefined ? 1911 + years : 1912 - years,
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
};

/** The last instants of year 9999 in UTC, where certificates without an end lie, are in year 10000 in Taipei. */
const isLastMorning = (p: Parts): boolean => p.year === 10_000 && p.month === 1 && p.day === 1 && p.hour < 8;

const isTime = (p: Parts): boolean =>
  p.year >= 1000 &&
  (p.year <= 9999 || isLastMorning(p)) &&
  isDay(p.year, p.month, p.day) &&
  p.hour < 24 &&
  p.minute < 60 &&
  p.second < 60;

const print = (p: Parts): string => {
  const rocYear = p.year - 1911;
  const year = rocYear < 1 ? `民國前${1 - rocYear}` : String(rocYear);
  return `${year}年${pad(p.month, 2)}月${pad(p.day, 2)}日${pad(p.hour, 2)}點${pad(p.minute, 2)}分${pad(p.second, 2)}秒`;
};

const normalise = (text: string): string => {
  const compact = foldWidth(text).replace(/\s/g, '');
  const parts = partsOf(compact);
  return parts === undefined ? compact : print(parts);
};

/**
 * Printed time in the form of GEPI-13. Takes 民國 in front, 時 for 點, and numbers without leading zeros; the normal
 * form has two digits everywhere but in the year. Fails with `ROC_DATE_TIME_FORMAT` or `ROC_DATE_TIME_NOT_A_TIME`.
 */
export const RocDateTime = textValue<RocDateTime>({
  name: 'RocDateTime',
  isNormal: (text) => {
    if (text.length > 32) return false;
    const parts = partsOf(text);
    return parts !== undefined && isTime(parts) && print(parts) === text;
  },
  longest: 64,
  normalise,
  malformed: 'ROC_DATE_TIME_FORMAT',
  explain: (text) => (partsOf(text) === undefined ? 'ROC_DATE_TIME_FORMAT' : 'ROC_DATE_TIME_NOT_A_TIME'),
});

/** Prints an instant for a page; what is finer than a second is cut off, as a clock does. */
export const printRocDateTime = (instant: Instant): RocDateTime =>
  // Every instant has a day and a time of day in Taipei.
  print(
    Temporal.Instant.fromEpochMilliseconds(toEpochMs(instant)).toZonedDateTimeISO(taipeiZone),
  ) as RocDateTime;

/**
 * The instant of a printed time. In the hour that summer time left out (until 1979) the later, in the hour that it
 * repeated the earlier.
 */
export const rocDateTimeToInstant = (text: RocDateTime): Instant => {
  const parts = partsOf(text);
  if (parts === undefined) return fromEpochMs(Number.NaN);
  const { year, month, day, hour, minute, second } = parts;
  return fromEpochMs(
    new Temporal.PlainDateTime(year, month, day, hour, minute, second).toZonedDateTime(taipeiZone)
      .epochMilliseconds,
  );
};
