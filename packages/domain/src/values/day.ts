/**
 * Days of the Gregorian calendar, by arithmetic: this runs for every stored date and must not throw on any number.
 *
 * @packageDocumentation
 */

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Whether a month has such a day; months and days from 1. */
export const isDay = (year: number, month: number, day: number): boolean => {
  const length = month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0);
  return day >= 1 && day <= length;
};

/** A number in at least so many digits. */
export const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
