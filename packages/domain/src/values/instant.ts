import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { isDay } from './day.js';

export interface InstantBrand {
  readonly Instant: unique symbol;
}

/**
 * A point in time: ISO 8601, UTC, milliseconds, such as `2022-11-04T02:49:19.000Z`. From year 1000 to 9999, so that
 * the order of the texts is the order in time.
 */
export type Instant = t.Branded<string, InstantBrand>;

const pattern =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const accepted = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const isNormal = (text: string): boolean => {
  if (text.length !== 24 || !pattern.test(text)) return false;
  const day = Number(text.slice(8, 10));
  return day <= 28 || isDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), day);
};

/** To UTC and milliseconds; a text that names no time is left as it is. */
const toUtc = (text: string): string => {
  const trimmed = text.trim();
  const [, local, fraction = '', zone] = accepted.exec(trimmed) ?? [];
  if (local === undefined || zone === undefined) return trimmed;
  const utc = `${local}.${fraction.padEnd(3, '0')}Z`;
  if (zone === 'Z' || !isNormal(utc)) return utc;
  const ms = Date.parse(utc);
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return new Date(ms + (zone.startsWith('+') ? -minutes : minutes) * 60_000).toISOString();
};

/**
 * Instant. Takes seconds or milliseconds, with `Z` or an offset (`+08:00`); finer fractions, leap seconds and local
 * times are refused. Fails with `INSTANT_FORMAT` or `INSTANT_NOT_A_TIME`.
 */
export const Instant = textValue<Instant>({
  name: 'Instant',
  isNormal,
  longest: 64,
  normalise: toUtc,
  malformed: 'INSTANT_FORMAT',
  explain: (text) => (accepted.test(text) ? 'INSTANT_NOT_A_TIME' : 'INSTANT_FORMAT'),
  pattern,
  format: 'date-time',
});

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const toEpochMs = (instant: Instant): number => Date.parse(instant);

const first = Date.parse('1000-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The instant of a number of milliseconds since 1970; whole milliseconds, rounded down. What lies before year 1000
 * or after 9999 becomes the first or last instant, as RFC 5280 4.1.2.5 writes "no end"; `NaN` the first.
 */
export const fromEpochMs = (ms: number): Instant => {
  const within = ms >= first ? Math.min(Math.floor(ms), last) : first;
  // toISOString of a time within these years is the normal form.
  return new Date(within).toISOString() as Instant;
};
