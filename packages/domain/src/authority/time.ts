import * as E from 'fp-ts/lib/Either.js';
import { isDay } from '../values/day.js';
import { fromEpochMs, Instant, toEpochMs } from '../values/index.js';

const number = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
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
  const year = number(text, 0, 4);
  const month = number(text, 5, 7);
  const day = number(text, 8, 10);
  const hour = number(text, 11, 13);
  const minute = number(text, 14, 16);
  const second = number(text, 17, 19);
  const ms = number(text, 20, 23);
  if (!(year >= 1000 && hour < 24 && minute < 60 && second < 60) || !isDay(year, month, day)) {
    return Number.NaN;
  }
  return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 + ms;
};

export const isoOf = (ms: number): string => fromEpochMs(ms);
