import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SeenCredential, validAt } from '../../src/credential/credential.js';
import {
  daysBefore,
  exceedsLongest,
  gpkiCaRules,
  outFrom,
  type RenewalRule,
  renewalWindow,
  type ValidityPeriod,
  yearsAfter,
} from '../../src/renewal/index.js';
import {
  endOfTaipeiDay,
  fromPlainDate,
  printRocDate,
  startOfTaipeiDay,
  taipeiDate,
  toPlainDate,
} from '../../src/values/index.js';
import { anyInstant, certificate, day, hex64, instant, later, serial } from './support.js';

const moica: RenewalRule = {
  opensDaysBefore: 60,
  closesYearsAfter: 3,
  addsYears: 3,
  times: 1,
  longestYears: 8,
};
const windowOfDays = (from: string, to: string) => renewalWindow(certificate(from, to), moica);

// -------------------------------------------------------------------------------------
// the manual
// -------------------------------------------------------------------------------------

const manual = suite('the window of a renewal: the example of the manual');
const example = windowOfDays('101/04/09', '106/04/09');

manual('MOICA-6: 可線上展期期間 民國106年2月8日 到 民國109年4月9日', () => {
  assert.is(printRocDate(example.opens, 'long'), '民國106年2月8日');
  assert.is(printRocDate(example.closes, 'long'), '民國109年4月9日');
});

manual('MOICA-6: 憑證展期有效期間 民國101年4月9日 到 民國109年4月9日, the beginning unchanged', () => {
  assert.is(printRocDate(example.extended.from, 'long'), '民國101年4月9日');
  assert.is(printRocDate(example.extended.to, 'long'), '民國109年4月9日');
  assert.is(example.extended.notBefore, '2012-04-08T16:00:00.000Z');
});

manual(
  'MOICA-5: the window runs from the first instant of its first day to the last second of its last',
  () => {
    assert.equal(
      [example.opensAt, example.closesAt],
      ['2017-02-07T16:00:00.000Z', '2020-04-09T15:59:59.000Z'],
    );
  },
);

manual('MOICA-6: the rules of the manual are those of MOICA, and of no other CA', () => {
  assert.equal(gpkiCaRules.MOICA.renewal, moica);
  assert.equal(
    Object.entries(gpkiCaRules)
      .filter(([, rules]) => rules.renewal !== null)
      .map(([ca]) => ca),
    ['MOICA'],
  );
});

manual(
  'MOICA-7: a certificate of 2019 extended to 2027 keeps its beginning to the second and ends with the day',
  () => {
    const { extended } = renewalWindow(
      { notBefore: instant('2019-01-12T02:47:35Z'), notAfter: instant('2024-01-12T15:59:59Z') },
      moica,
    );
    assert.equal(
      [extended.notBefore, extended.notAfter],
      ['2019-01-12T02:47:35.000Z', '2027-01-12T15:59:59.000Z'],
    );
  },
);

manual.run();

// -------------------------------------------------------------------------------------
// days
// -------------------------------------------------------------------------------------

const days = suite('the window of a renewal: days');

days('15:59:59Z is the last second of a day in Taipei, and 16:00:00Z the first instant after it', () => {
  const end = instant('2017-04-09T15:59:59Z');
  assert.is(end, endOfTaipeiDay(day('106/04/09')));
  assert.is(outFrom(end), '2017-04-09T16:00:00.000Z');
  assert.is(outFrom(end), startOfTaipeiDay(day('106/04/10')));
});

days(
  'RFC 5280 4.1.2.5: the whole second of notAfter belongs to the period, also where it has milliseconds',
  () => {
    assert.is(outFrom(instant('2017-04-09T15:59:59.500Z')), '2017-04-09T16:00:00.000Z');
  },
);

days('the register holds a credential for valid to the same instant', () => {
  const credential: SeenCredential = {
    ...certificate('101/04/09', '106/04/09'),
    serial: serial('AB'),
    card: null,
    proof: 'signed',
    generation: 'G2',
    subjectType: 'citizen',
    fingerprint: hex64('0'.repeat(64)),
  };
  assert.is(validAt(credential, '2017-04-09T15:59:59.999Z'), true);
  assert.is(validAt(credential, outFrom(credential.notAfter)), false);
  assert.is(validAt(credential, credential.notBefore), true);
  assert.is(validAt(credential, '2012-04-08T15:59:59.999Z'), false);
});

days(
  'an end within a day, as older certificates have it: the day counts, and the new end is the end of a day',
  () => {
    const older = { notBefore: instant('2012-04-09T03:12:44Z'), notAfter: instant('2017-04-09T03:12:44Z') };
    const window = renewalWindow(older, moica);
    assert.equal(
      [window.opens, window.closes, window.extended.notBefore],
      [example.opens, example.closes, older.notBefore],
    );
    assert.is(window.extended.notAfter, '2020-04-09T15:59:59.000Z');
  },
);

days('an end after 16:00Z is of the next day in Taipei', () => {
  const late = { notBefore: instant('2012-04-09T03:12:44Z'), notAfter: instant('2017-04-08T16:00:00Z') };
  assert.is(renewalWindow(late, moica).closes, example.closes);
});

days('29 February and three years: the window and the certificate end on 28 February', () => {
  const window = windowOfDays('2019-02-28', '2024-02-29');
  assert.equal([window.opens, window.closes, window.extended.to], ['2023-12-31', '2027-02-28', '2027-02-28']);
});

days('days and years are counted as a calendar counts them', () => {
  const offsets = fc.integer({ min: 0, max: 120 });
  fc.assert(
    fc.property(fc.oneof(anyInstant, fc.constant(instant('2024-02-29T04:00:00Z'))), offsets, (at, n) => {
      const date = taipeiDate(at);
      assert.is(daysBefore(date, n), fromPlainDate(toPlainDate(date).subtract({ days: n })));
      assert.is(yearsAfter(date, n), fromPlainDate(toPlainDate(date).add({ years: n })));
    }),
  );
  assert.is(yearsAfter(day('9998-12-30'), 3), '9999-12-31');
});

days('60 days before 1 March are one day fewer in a leap year, and reach over New Year', () => {
  assert.is(windowOfDays('2019-03-01', '2024-03-01').opens, '2024-01-01');
  assert.is(windowOfDays('2018-03-01', '2023-03-01').opens, '2022-12-31');
});

days('the last day of a month or of a year stays what it is', () => {
  assert.equal(
    ['2022-01-31', '2022-12-31', '2022-04-30'].map((to) => windowOfDays('2018-01-01', to).closes),
    ['2025-01-31', '2025-12-31', '2025-04-30'],
  );
});

days('summer time until 1979: a day of July ended an hour earlier in UTC', () => {
  const window = windowOfDays('1974-07-01', '1979-07-15');
  assert.is(certificate('1974-07-01', '1979-07-15').notAfter, '1979-07-15T14:59:59.000Z');
  // 60 days earlier there was no summer time yet, three years later there was none any more.
  assert.equal([window.opensAt, window.closesAt], ['1979-05-15T16:00:00.000Z', '1982-07-15T15:59:59.000Z']);
});

days(
  'eight years in all: five and three fit, six and three do not; a day more for 29 February is let pass',
  () => {
    const exceeds = (from: string, to: string) => exceedsLongest(certificate(from, to), moica);
    assert.not(exceeds('2012-04-09', '2017-04-09'));
    assert.not(exceeds('2016-02-29', '2021-03-01'));
    assert.not(exceeds('2012-04-09', '2017-04-10'));
    assert.ok(exceeds('2012-04-09', '2017-04-11'));
    assert.ok(exceeds('2012-04-09', '2018-04-09'));
    assert.ok(exceeds('2012-04-09', '2020-04-09'));
  },
);

days('an end in year 9999 is an end as well', () => {
  const window = windowOfDays('2000-01-01', '9999-12-31');
  assert.equal([window.closes, window.extended.to], ['9999-12-31', '9999-12-31']);
  assert.is(outFrom(instant('9999-12-31T23:59:59.999Z')), '9999-12-31T23:59:59.999Z');
});

days.run();

// -------------------------------------------------------------------------------------
// properties
// -------------------------------------------------------------------------------------

const properties = suite('the window of a renewal: properties');

const endingAt = (notAfter: ValidityPeriod['notAfter']): ValidityPeriod => ({
  notBefore: instant('1950-01-01T00:00:00Z'),
  notAfter,
});

properties('MOICA-6: who ends later has a window that opens, closes and extends later, or as late', () => {
  fc.assert(
    fc.property(anyInstant, anyInstant, (a, b) => {
      const [first, second] = [a, b].sort().map((end) => renewalWindow(endingAt(end as typeof a), moica));
      assert.ok(first !== undefined && second !== undefined);
      assert.ok(first.opens <= second.opens && first.closes <= second.closes);
      assert.ok(first.opensAt <= second.opensAt && first.closesAt <= second.closesAt);
      assert.ok(first.extended.notAfter <= second.extended.notAfter);
    }),
  );
});

properties('MOICA-6: the window opens 60 days before the last day, and that day lies within it', () => {
  fc.assert(
    fc.property(anyInstant, (end) => {
      const { opens, opensAt, closes, closesAt } = renewalWindow(endingAt(end), moica);
      const last = taipeiDate(end);
      assert.is(Date.parse(last) - Date.parse(opens), 60 * 86_400_000);
      assert.ok(opensAt < end && end < closesAt && last < closes);
      assert.is(taipeiDate(opensAt), opens);
      assert.is(taipeiDate(closesAt), closes);
      assert.is(taipeiDate(later(closesAt, 1000)) > closes, true);
    }),
  );
});

properties('MOICA-7: the new end is the old day three years on, whatever the time of day', () => {
  fc.assert(
    fc.property(anyInstant, (end) => {
      const last = taipeiDate(end);
      const { extended } = renewalWindow(endingAt(end), moica);
      const monthAndDay = last.endsWith('-02-29') ? '-02-28' : last.slice(4);
      assert.is(extended.to, `${Number(last.slice(0, 4)) + 3}${monthAndDay}`);
      assert.is(extended.notAfter, endOfTaipeiDay(extended.to));
    }),
  );
});

properties.run();
