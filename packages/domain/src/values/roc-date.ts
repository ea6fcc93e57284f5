import { Temporal } from 'temporal-polyfill';
import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { isDay, pad } from './day.js';
import { fromEpochMs, type Instant, toEpochMs } from './instant.js';
import { foldWidth } from './text.js';

// -------------------------------------------------------------------------------------
// value
// -------------------------------------------------------------------------------------

export interface RocDateBrand {
  readonly RocDate: unique symbol;
}

/**
 * A calendar day in Taiwan, typed and shown in the ROC calendar. The normal form is the Gregorian `YYYY-MM-DD`, which
 * sorts, also across 民國前; years 1000 (民國前912年) to 9999.
 */
export type RocDate = t.Branded<string, RocDateBrand>;

/** Years of the ROC calendar: 民國1年 is 1912, 民國前1年 is 1911; there is no year 0. */
const gregorianYear = (before: boolean, rocYear: number): number =>
  before ? 1912 - rocYear : 1911 + rocYear;

const iso = /^([1-9]\d{3})-(\d{2})-(\d{2})$/;
const digits = /^()(\d{3})(\d{2})(\d{2})$/;
const separated = /^()(\d{1,3})([/.-])(\d{1,2})\3(\d{1,2})$/;
const long = /^(?:(?:中華)?民國(前)?)?(\d{1,4}|元)年(\d{1,2})月(\d{1,2})日$/;

interface Parts {
  readonly before: boolean;
  readonly rocYear: number;
  readonly month: number;
  readonly day: number;
}

const partsOf = (text: string): Parts | undefined => {
  const found = digits.exec(text) ?? long.exec(text) ?? separated.exec(text)?.toSpliced(3, 1);
  if (found === undefined || found === null) return undefined;
  const [, before, rocYear, month, day] = found;
  return {
    before: before === '前',
    rocYear: rocYear === '元' ? 1 : Number(rocYear),
    month: Number(month),
    day: Number(day),
  };
};

const isNormal = (text: string): boolean => {
  if (text.length !== 10) return false;
  const [, year, month, day] = iso.exec(text) ?? [];
  return year !== undefined && isDay(Number(year), Number(month), Number(day));
};

const compact = (text: string): string => foldWidth(text).replace(/\s/g, '');

const toIso = (text: string): string => {
  const parts = partsOf(compact(text));
  if (parts === undefined || parts.rocYear === 0) return text.trim();
  const year = gregorianYear(parts.before, parts.rocYear);
  return `${pad(year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`;
};

/**
 * Day in the ROC calendar (docs/gpki.md 10; MOICA-4, MOICA-6). Takes `YYYMMDD`, `YYY/MM/DD` (also with `.` or `-`),
 * 「民國106年2月8日」, 「民國前1年2月8日」, 「民國元年1月1日」, with or without spaces and full width, and the normal form.
 * A Gregorian date in any other form is refused: `2017/2/8` would be a guess.
 * Fails with `ROC_DATE_FORMAT` or `ROC_DATE_NOT_A_DAY`.
 */
export const RocDate = textValue<RocDate>({
  name: 'RocDate',
  isNormal,
  longest: 64,
  normalise: toIso,
  malformed: 'ROC_DATE_FORMAT',
  explain: (text) =>
    iso.test(text) || partsOf(compact(text)) !== undefined ? 'ROC_DATE_NOT_A_DAY' : 'ROC_DATE_FORMAT',
  pattern: iso,
  format: 'date',
});

// -------------------------------------------------------------------------------------
// print
// -------------------------------------------------------------------------------------

/** `digits` 1060208, `slashes` 106/02/08, `long` 民國106年2月8日. */
export type RocDateForm = 'digits' | 'slashes' | 'long';

/**
 * Prints a day. Only the long form can tell 民國前 and years over 999: such a day is printed long whatever was asked
 * for, so that what is printed is always read back as the same day.
 */
export const printRocDate = (date: RocDate, form: RocDateForm): string => {
  const rocYear = Number(date.slice(0, 4)) - 1911;
  const month = date.slice(5, 7);
  const day = date.slice(8, 10);
  if (form === 'long' || rocYear < 1 || rocYear > 999) {
    const year = rocYear < 1 ? `前${1 - rocYear}` : String(rocYear);
    return `民國${year}年${Number(month)}月${Number(day)}日`;
  }
  return form === 'digits' ? `${pad(rocYear, 3)}${month}${day}` : `${pad(rocYear, 3)}/${month}/${day}`;
};

// -------------------------------------------------------------------------------------
// days and instants
// -------------------------------------------------------------------------------------

/** The time zone of every date and time that a portal shows (docs/gpki.md 10). It had summer time until 1979. */
export const taipeiZone = 'Asia/Taipei';

/** For arithmetic with days, months and years. */
export const toPlainDate = (date: RocDate): Temporal.PlainDate =>
  new Temporal.PlainDate(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));

/** The day of a plain date; a year outside 1000 to 9999 becomes the first or last day. */
export const fromPlainDate = (date: Temporal.PlainDate): RocDate => {
  const { year, month, day } = date.withCalendar('iso8601');
  const text =
    year < 1000 ? '1000-01-01' : year > 9999 ? '9999-12-31' : `${year}-${pad(month, 2)}-${pad(day, 2)}`;
  // A plain date is a real day.
  return text as RocDate;
};

/** In milliseconds: an offset from UTC, and the instant from which on it never changes any more. */
interface LastOffset {
  readonly from: number;
  readonly offset: number;
}

let asked: LastOffset | undefined;

/**
 * What the time zone database says of the time after the last summer. It is asked once: lists of certificates have a hundred
 * thousand days in them, and asking for each takes a hundred times as long as an addition.
 */
const lastOffset = (): LastOffset => {
  if (asked !== undefined) return asked;
  const end = Temporal.Instant.from('9999-12-31T23:59:59Z').toZonedDateTimeISO(taipeiZone);
  const change = end.getTimeZoneTransition('previous');
  const from = change === null ? Number.NEGATIVE_INFINITY : change.epochMilliseconds;
  asked = { from, offset: end.offsetNanoseconds / 1_000_000 };
  return asked;
};

/** The day that it is in Taipei. */
export const taipeiDate = (instant: Instant): RocDate => {
  const ms = toEpochMs(instant);
  const { from, offset } = lastOffset();
  // The text of an instant begins with its day in UTC.
  if (ms >= from) return fromEpochMs(ms + offset).slice(0, 10) as RocDate;
  return fromPlainDate(
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(taipeiZone).toPlainDate(),
  );
};

const atTaipeiTime = (date: RocDate, plainTime: '00:00:00' | '23:59:59'): Instant => {
  const { from, offset } = lastOffset();
  const ms = Date.parse(`${date}T${plainTime}.000Z`) - offset;
  // On the day of a change, one time of day may be there twice or not at all.
  if (ms - 86_400_000 >= from) return fromEpochMs(ms);
  return fromEpochMs(
    toPlainDate(date).toZonedDateTime({ timeZone: taipeiZone, plainTime }).epochMilliseconds,
  );
};

/** The first instant of a day in Taipei: 16:00:00Z of the day before. */
export const startOfTaipeiDay = (date: RocDate): Instant => atTaipeiTime(date, '00:00:00');

/**
 * The last second of a day in Taipei, 23:59:59, at which certificates of the GPKI end: 15:59:59.000Z (docs/gpki.md
 * 7; an hour less in the summers before 1980).
 */
export const endOfTaipeiDay = (date: RocDate): Instant => atTaipeiTime(date, '23:59:59');
