import * as E from 'fp-ts/lib/Either.js';
import { isDay } from '../values/day.js';
import { fromEpochMs, Instant, toEpochMs } from '../values/index.js';

/** Two digits; more than 99 where they are none. */
const two = (text: string, at: number): number => {
  const tens = (text.charCodeAt(at) - 0x30) >>> 0;
  const ones = (text.charCodeAt(at + 1) - 0x30) >>> 0;
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
};

const isNormalShape = (text: string): boolean =>
  text.length === 24 &&
  text.charCodeAt(4) === 0x2d &&
  text.charCodeAt(7) === 0x2d &&
  text.charCodeAt(10) === 0x54 &&
  text.charCodeAt(13) === 0x3a &&
  text.charCodeAt(16) === 0x3a &&
  text.charCodeAt(19) === 0x2e &&
  text.charCodeAt(23) === 0x5a;

/** Days from 1970-01-01, counted in years that begin in March so that the leap day is the last. */
const daysSince1970 = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return (
    y * 365 +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719_469
  );
};

const decoded = (text: unknown): number => {
  const instant = Instant.decode(text);
  return E.isRight(instant) ? toEpochMs(instant.right) : Number.NaN;
};

/**
 * Milliseconds since 1970 of an instant, `NaN` where the text names none. The normal form is read by hand, because
 * each decision reads one and `Date.parse` would take most of its time.
 */
export const msOf = (text: string): number => {
  if (typeof text !== 'string' || !isNormalShape(text)) return decoded(text);
  const century = two(text, 0);
  const yearOfCentury = two(text, 2);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const hundredths = two(text, 20);
  const thousandths = (text.charCodeAt(22) - 0x30) >>> 0;
  const month = two(text, 5);
  const day = two(text, 8);
  const year = century * 100 + yearOfCentury;
  const isTime = hour < 24 && minute < 60 && second < 60 && hundredths < 100 && thousandths < 10;
  if (!isTime || century > 99 || yearOfCentury > 99 || year < 1000 || !isDay(year, month, day)) {
    return Number.NaN;
  }
  const seconds = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return seconds * 1000 + hundredths * 10 + thousandths;
};

export const isoOf = (ms: number): string => fromEpochMs(ms);
