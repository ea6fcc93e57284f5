/**
 * Business days of the story's year: Monday to Friday but for the public holidays of 2026 (民國115年).
 *
 * @packageDocumentation
 */
import { weekCalendar } from '@mandate/domain';
import { taipeiDay } from './clock.js';

const day = 86_400_000;

const days = (from: string, to: string): ReadonlyArray<string> => {
  const found: string[] = [];
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += day) {
    found.push(new Date(ms).toISOString().slice(0, 10));
  }
  return found;
};

export const calendar = weekCalendar({
  holidays: [
    '2026-01-01',
    ...days('2026-02-14', '2026-02-22'),
    '2026-02-27',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-06-19',
    '2026-09-25',
    '2026-09-28',
    '2026-10-09',
    '2026-10-26',
    '2026-12-25',
  ],
});

/** The business day after the day of an instant, `2026-11-03`. */
export const nextWorkDay = (epochMs: number): string => {
  for (let ms = epochMs + day; ; ms += day) {
    const date = taipeiDay(ms);
    if (calendar.isBusinessDay(date)) return date;
  }
};
