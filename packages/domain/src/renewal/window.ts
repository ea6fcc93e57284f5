/**
 * When a certificate can be extended (展期), and to which day: the arithmetic of manual 002 (MOICA-5…8).
 *
 * It counts in days of Taipei, as the manual prints them: 101年4月9日 to 106年4月9日 can be extended from 106年2月8日 to
 * 109年4月9日, and then lasts from 101年4月9日 to 109年4月9日.
 *
 * @packageDocumentation
 */

import { isDay } from '../values/day.js';
import {
  endOfTaipeiDay,
  fromEpochMs,
  type Instant,
  type RocDate,
  startOfTaipeiDay,
  taipeiDate,
} from '../values/index.js';
import type { RenewalRule } from './ca-rules.js';
import { lastDay } from './certificate.js';

/** A time in which something can be done: days in Taipei, both of them included, and the instants of their ends. */
export interface DayPeriod {
  readonly opens: RocDate;
  readonly closes: RocDate;
  /** The first instant of the first day. */
  readonly opensAt: Instant;
  /** The last second of the last day: 15:59:59Z, as certificates write it. */
  readonly closesAt: Instant;
}

/** The window, and what the certificate will say afterwards. */
export interface RenewalWindow extends DayPeriod {
  readonly extended: {
    readonly from: RocDate;
    readonly to: RocDate;
    /** Unchanged: a renewed certificate keeps its beginning. */
    readonly notBefore: Instant;
    /** The end of the day, also where the certificate that is extended ended within one, as older ones do. */
    readonly notAfter: Instant;
  };
}

/** The period of a certificate. */
export interface ValidityPeriod {
  readonly notBefore: Instant;
  readonly notAfter: Instant;
}

/** A window between two days in Taipei. */
export const windowOf = (opens: RocDate, closes: RocDate): DayPeriod => ({
  opens,
  closes,
  opensAt: startOfTaipeiDay(opens),
  closesAt: endOfTaipeiDay(closes),
});

const dayLength = 86_400_000;

/** So many days before a day; counted in UTC, where all days are of one length. */
export const daysBefore = (day: RocDate, days: number): RocDate =>
  fromEpochMs(Date.parse(day) - days * dayLength).slice(0, 10) as RocDate;

/** The same day so many years later; 28 February where there is no 29th, and the last day there is beyond year 9999. */
export const yearsAfter = (day: RocDate, years: number): RocDate => {
  const year = Number(day.slice(0, 4)) + years;
  if (year > 9999) return '9999-12-31' as RocDate;
  const [month, last] = [day.slice(5, 7), day.slice(8)];
  return `${year}-${month}-${isDay(year, Number(month), Number(last)) ? last : '28'}` as RocDate;
};

/**
 * From 60 days before the last day to three years after it; the new end lies three years after the old one, whenever
 * within the window it was asked for (MOICA-6, MOICA-7).
 */
export const renewalWindow = (validity: ValidityPeriod, rule: RenewalRule): RenewalWindow => {
  const end = lastDay(validity);
  const to = yearsAfter(end, rule.addsYears);
  return {
    ...windowOf(daysBefore(end, rule.opensDaysBefore), yearsAfter(end, rule.closesYearsAfter)),
    extended: {
      from: taipeiDate(validity.notBefore),
      to,
      notBefore: validity.notBefore,
      notAfter: endOfTaipeiDay(to),
    },
  };
};

/**
 * Whether an extension would make the certificate last longer than a card's may. A day more is let pass: 29 February has no
 * counterpart in most years, and either neighbour may be written for it.
 */
export const exceedsLongest = (validity: ValidityPeriod, rule: RenewalRule): boolean => {
  const longest = yearsAfter(taipeiDate(validity.notBefore), rule.longestYears);
  return daysBefore(yearsAfter(lastDay(validity), rule.addsYears), 1) > longest;
};
