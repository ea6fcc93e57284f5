import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isOpen, nextBusinessDay, weekCalendar } from '../../src/policy/opening-hours.js';
import { definePack, gepiPolicy } from '../../src/policy/packs/index.js';

const taipei = (local: string): number => Date.parse(`${local}+08:00`);
const dayInTaipei = (epochMs: number): string => new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 10);
const midnight = (day: string): string => new Date(taipei(`${day}T00:00:00`)).toISOString();

/** New Year holidays of 2025, with the Saturday at work that paid for one of them. */
const holidays = ['2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'];
const calendar = weekCalendar({ holidays, makeUpDays: ['2025-02-08'], closed: ['2025-03-09'] });

// -------------------------------------------------------------------------------------
// opening hours
// -------------------------------------------------------------------------------------

const hours = suite('opening hours');

const open = (local: string): boolean => isOpen(gepiPolicy, calendar, taipei(local));

hours('GEPI-4: closed at 06:59:59, open at 07:00, open at 23:59:59', () => {
  assert.not.ok(open('2025-03-05T00:00:00'));
  assert.not.ok(open('2025-03-05T06:59:59.999'));
  assert.ok(open('2025-03-05T07:00:00'));
  assert.ok(open('2025-03-05T23:59:59.999'));
  assert.not.ok(open('2025-03-06T00:00:00'));
});

hours('GEPI-4: closed all day on an excluded day, open on the days beside it', () => {
  for (const time of ['00:00:00', '07:00:00', '12:00:00', '23:59:59']) {
    assert.not.ok(open(`2025-03-09T${time}`), time);
  }
  assert.ok(open('2025-03-08T23:59:59'));
  assert.ok(open('2025-03-10T07:00:00'));
});

hours('GEPI-4: a weekend or holiday is open unless the calendar excludes it', () => {
  assert.ok(open('2025-03-08T12:00:00'));
  assert.ok(open('2025-01-29T12:00:00'));
});

hours('GEPI-4: the hours are those of Taipei, not of UTC', () => {
  assert.ok(isOpen(gepiPolicy, calendar, Date.parse('2025-03-04T23:00:00Z')));
  assert.not.ok(isOpen(gepiPolicy, calendar, Date.parse('2025-03-04T22:59:59Z')));
  assert.not.ok(isOpen(gepiPolicy, calendar, Date.parse('2025-03-05T16:00:00Z')));
});

hours('GEPI-4: `to` is exclusive, and a portal without hours is open but on excluded days', () => {
  const shorter = definePack({ ...gepiPolicy, openingHours: { from: '08:30', to: '17:30' } });
  assert.not.ok(isOpen(shorter, calendar, taipei('2025-03-05T08:29:59')));
  assert.ok(isOpen(shorter, calendar, taipei('2025-03-05T08:30:00')));
  assert.ok(isOpen(shorter, calendar, taipei('2025-03-05T17:29:59')));
  assert.not.ok(isOpen(shorter, calendar, taipei('2025-03-05T17:30:00')));
  const always = definePack({ ...gepiPolicy, openingHours: null });
  assert.ok(isOpen(always, calendar, taipei('2025-03-05T03:00:00')));
  assert.not.ok(isOpen(always, calendar, taipei('2025-03-09T12:00:00')));
});

hours('GEPI-4: on a day that is not excluded, the portal is open exactly from 7 to midnight', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: taipei('2000-01-01T00:00:00'), max: taipei('2050-01-01T00:00:00') }),
      (at) => {
        const hour = new Date(at + 8 * 3_600_000).getUTCHours();
        assert.is(isOpen(gepiPolicy, weekCalendar(), at), hour >= 7);
      },
    ),
  );
});

hours.run();

// -------------------------------------------------------------------------------------
// business days
// -------------------------------------------------------------------------------------

const business = suite('the next business day');

const usable = (approved: string): string | undefined => nextBusinessDay(calendar, taipei(approved));

business('GEPI-24: a request approved on a Friday is usable on Monday', () => {
  assert.is(usable('2025-03-07T15:20:00'), midnight('2025-03-10'));
});

business('GEPI-24: approved on a working day, usable from midnight of the next one, Taipei time', () => {
  assert.is(usable('2025-03-04T09:00:00'), '2025-03-04T16:00:00.000Z');
});

business('GEPI-24: approved before a long holiday, usable after it', () => {
  assert.is(usable('2025-01-24T17:00:00'), midnight('2025-02-03'));
  assert.is(usable('2025-01-29T10:00:00'), midnight('2025-02-03'));
});

business('GEPI-24: a make-up Saturday counts', () => {
  assert.is(usable('2025-02-07T15:00:00'), midnight('2025-02-08'));
  assert.is(usable('2025-02-08T15:00:00'), midnight('2025-02-10'));
});

business('GEPI-24: the day of the approval is the one in Taipei', () => {
  assert.is(usable('2025-03-03T00:10:00'), midnight('2025-03-04'));
  assert.is(usable('2025-03-09T23:59:59'), midnight('2025-03-10'));
});

business('GEPI-24: it is the next day even when the approval falls on a day off', () => {
  assert.is(usable('2025-03-08T10:00:00'), midnight('2025-03-10'));
});

business('GEPI-24: over the end of a year and a leap day', () => {
  assert.is(usable('2027-12-31T10:00:00'), midnight('2028-01-03'));
  assert.is(usable('2028-02-28T10:00:00'), midnight('2028-02-29'));
});

business('GEPI-24: a calendar that names no business day is told, not waited for', () => {
  const never = { isBusinessDay: () => false, isClosed: () => false };
  assert.is(nextBusinessDay(never, taipei('2025-03-07T15:20:00')), undefined);
});

business('GEPI-24: it is a business day, it is later, and no business day lies between', () => {
  const first = Date.parse('2025-01-01');
  const day = fc.integer({ min: 0, max: 59 }).map((n) => dayInTaipei(first + n * 86_400_000));
  fc.assert(
    fc.property(
      fc.integer({ min: first, max: first + 60 * 86_400_000 }),
      fc.array(day),
      fc.array(day),
      (at, off, makeUpDays) => {
        const any = weekCalendar({ holidays: off, makeUpDays });
        const found = Date.parse(nextBusinessDay(any, at) ?? '');
        assert.ok(found > at);
        assert.is(new Date(found).toISOString(), midnight(dayInTaipei(found)));
        assert.ok(any.isBusinessDay(dayInTaipei(found)));
        for (let t = found - 86_400_000; dayInTaipei(t) > dayInTaipei(at); t -= 86_400_000) {
          assert.not.ok(any.isBusinessDay(dayInTaipei(t)), dayInTaipei(t));
        }
      },
    ),
  );
});

business.run();

// -------------------------------------------------------------------------------------
// the calendar of weeks
// -------------------------------------------------------------------------------------

const weeks = suite('a calendar of weeks');

weeks('GEPI-4: without options it is Monday to Friday, with no day closed', () => {
  const plain = weekCalendar();
  const days = ['2025-03-03', '2025-03-04', '2025-03-05', '2025-03-06', '2025-03-07'];
  assert.ok(days.every(plain.isBusinessDay));
  assert.not.ok(plain.isBusinessDay('2025-03-08'));
  assert.not.ok(plain.isBusinessDay('2025-03-09'));
  assert.not.ok([...days, '2025-03-08', '2025-03-09'].some(plain.isClosed));
});

weeks('GEPI-24: a day that is both a holiday and a make-up day is worked', () => {
  const both = weekCalendar({ holidays: ['2025-02-08'], makeUpDays: ['2025-02-08'] });
  assert.ok(both.isBusinessDay('2025-02-08'));
});

weeks.run();
