import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill/full';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  endOfTaipeiDay,
  fromEpochMs,
  fromPlainDate,
  Instant,
  printRocDate,
  printRocDateTime,
  RocDate,
  RocDateTime,
  rocDateTimeToInstant,
  startOfTaipeiDay,
  taipeiDate,
  toEpochMs,
  toPlainDate,
} from '../../src/values/index.js';
import { codeOf, right } from './support.js';

const anyDay = fc
  .integer({ min: Date.UTC(1000, 0, 1) / 86_400_000, max: Date.UTC(9999, 11, 31) / 86_400_000 })
  .map((day) => right(RocDate, new Date(day * 86_400_000).toISOString().slice(0, 10)));

// -------------------------------------------------------------------------------------
// day
// -------------------------------------------------------------------------------------

const dates = suite('roc date');

dates('MOICA-6: every written form of a day is the same day', () => {
  const forms = [
    '1060208',
    '106/02/08',
    '106/2/8',
    '106.02.08',
    '106-02-08',
    '民國106年2月8日',
    '中華民國 106 年 2 月 8 日',
    '106年02月08日',
    '１０６／０２／０８',
    '2017-02-08',
  ];
  for (const form of forms) assert.is(right(RocDate, form), '2017-02-08', form);
});

dates('MOICA-4: 民國前 counts back from 1911, and there is no year 0', () => {
  assert.is(right(RocDate, '民國前1年12月31日'), '1911-12-31');
  assert.is(right(RocDate, '民國元年1月1日'), '1912-01-01');
  assert.is(right(RocDate, '民國前12年2月28日'), '1900-02-28');
  assert.is(codeOf(RocDate, '民國0年1月1日'), 'ROC_DATE_NOT_A_DAY');
  assert.is(codeOf(RocDate, '民國前0年1月1日'), 'ROC_DATE_NOT_A_DAY');
  assert.is(codeOf(RocDate, '0000101'), 'ROC_DATE_NOT_A_DAY');
});

dates('days that are not are told from texts that are no date', () => {
  for (const wrong of [
    '106/02/29',
    '1060431',
    '民國106年13月1日',
    '106/0/1',
    '民國前12年2月29日',
    '2017-02-29',
  ]) {
    assert.is(codeOf(RocDate, wrong), 'ROC_DATE_NOT_A_DAY', wrong);
  }
  for (const wrong of [
    '2017/02/08',
    '20170208',
    '106/02-08',
    '106',
    '民國',
    '0106-02-08',
    '106/02/08x',
    '前1年1月1日',
  ]) {
    assert.is(codeOf(RocDate, wrong), 'ROC_DATE_FORMAT', wrong);
  }
});

dates('MOICA-6: the forms are printed as the manuals print them', () => {
  const day = right(RocDate, '2017-02-08');
  assert.is(printRocDate(day, 'digits'), '1060208');
  assert.is(printRocDate(day, 'slashes'), '106/02/08');
  assert.is(printRocDate(day, 'long'), '民國106年2月8日');
  assert.is(printRocDate(right(RocDate, '1920-01-05'), 'digits'), '0090105');
});

dates('MOICA-4: a day of 民國前 has only the long form', () => {
  const day = right(RocDate, '1911-12-31');
  for (const form of ['digits', 'slashes', 'long'] as const) {
    assert.is(printRocDate(day, form), '民國前1年12月31日');
  }
});

dates('a printed day is read back as the same day, over 民國前 too', () => {
  fc.assert(
    fc.property(anyDay, fc.constantFrom('digits', 'slashes', 'long'), (day, form) => {
      assert.is(right(RocDate, printRocDate(day, form)), day);
      assert.is(right(RocDate, day), day);
    }),
    { numRuns: 500 },
  );
});

dates('the years are those of the ROC calendar of Temporal', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const roc = Temporal.PlainDate.from(day).withCalendar('roc');
      const era = roc.era === 'roc' || roc.era === 'minguo' ? '' : '前';
      assert.is(printRocDate(day, 'long'), `民國${era}${roc.eraYear}年${roc.month}月${roc.day}日`);
    }),
  );
});

dates('a text is a day exactly when Temporal has it', () => {
  const part = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1800, max: 2200 }), part, part, (year, month, day) => {
      const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      const exists = ((): boolean => {
        try {
          return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString() === text;
        } catch {
          return false;
        }
      })();
      assert.is(RocDate.is(text), exists, text);
    }),
    { numRuns: 1000 },
  );
});

dates('MOICA-6: days are reckoned with as plain dates', () => {
  const end = right(RocDate, '106-04-09');
  assert.is(printRocDate(fromPlainDate(toPlainDate(end).subtract({ days: 60 })), 'slashes'), '106/02/08');
  assert.is(printRocDate(fromPlainDate(toPlainDate(end).add({ years: 3 })), 'slashes'), '109/04/09');
  assert.is(fromPlainDate(toPlainDate(right(RocDate, '9999-12-31')).add({ days: 1 })), '9999-12-31');
  assert.is(fromPlainDate(toPlainDate(right(RocDate, '1000-01-01')).subtract({ days: 1 })), '1000-01-01');
});

dates.run();

// -------------------------------------------------------------------------------------
// instant
// -------------------------------------------------------------------------------------

const instants = suite('instant');

instants('the normal form is UTC with milliseconds; other precision and offsets come to it', () => {
  assert.is(right(Instant, '2022-11-04T02:49:19.000Z'), '2022-11-04T02:49:19.000Z');
  assert.is(right(Instant, '2022-11-04T02:49:19Z'), '2022-11-04T02:49:19.000Z');
  assert.is(right(Instant, '2022-11-04T10:49:19.5+08:00'), '2022-11-04T02:49:19.500Z');
  assert.is(right(Instant, '2022-11-03T21:19:19-05:30'), '2022-11-04T02:49:19.000Z');
});

instants('what is no instant is refused', () => {
  for (const wrong of [
    '2022-11-04',
    '2022-11-04T02:49:19',
    '2022-11-04 02:49:19Z',
    '2022-11-04T02:49Z',
    '1667530159',
    '2022-11-04T02:49:19.0000Z',
    '+002022-11-04T02:49:19.000Z',
    '2022-11-04T02:49:19+25:00',
  ]) {
    assert.is(codeOf(Instant, wrong), 'INSTANT_FORMAT', wrong);
  }
  for (const wrong of [
    '2022-02-30T00:00:00Z',
    '2022-13-01T00:00:00Z',
    '2022-11-04T24:00:00Z',
    '2022-11-04T02:49:60Z',
    '0999-01-01T00:00:00Z',
    '1000-01-01T00:00:00+08:00',
    '2023-02-29T00:00:00+08:00',
  ]) {
    assert.is(codeOf(Instant, wrong), 'INSTANT_NOT_A_TIME', wrong);
  }
});

const anyMs = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) });

instants('milliseconds and texts are the same instants in the same order', () => {
  fc.assert(
    fc.property(anyMs, anyMs, (a, b) => {
      const [first, second] = [fromEpochMs(a), fromEpochMs(b)];
      assert.is(toEpochMs(first), a);
      assert.ok(Instant.is(first));
      assert.is(first < second, a < b);
      assert.is(right(Instant, first), first);
    }),
  );
});

instants('any number gives an instant: the first or the last for what lies outside', () => {
  assert.is(fromEpochMs(Number.POSITIVE_INFINITY), '9999-12-31T23:59:59.999Z');
  assert.is(fromEpochMs(Number.NEGATIVE_INFINITY), '1000-01-01T00:00:00.000Z');
  assert.is(fromEpochMs(Number.NaN), '1000-01-01T00:00:00.000Z');
  fc.assert(fc.property(fc.double(), (ms) => assert.ok(Instant.is(fromEpochMs(ms)))));
});

instants.run();

// -------------------------------------------------------------------------------------
// Taipei
// -------------------------------------------------------------------------------------

const taipei = suite('time in Taipei');

taipei('GEPI-13: the time of a page is printed in the form of the manual', () => {
  const instant = right(Instant, '2022-11-04T02:49:19.999Z');
  const printed = printRocDateTime(instant);
  assert.is(printed, '111年11月04日10點49分19秒');
  assert.is(rocDateTimeToInstant(printed), '2022-11-04T02:49:19.000Z');
});

taipei('GEPI-13: other spellings of a printed time come to that form', () => {
  assert.is(right(RocDateTime, '民國 111 年 11 月 4 日 10 時 49 分 19 秒'), '111年11月04日10點49分19秒');
  assert.is(right(RocDateTime, '民國元年1月1日0點0分0秒'), '1年01月01日00點00分00秒');
  assert.is(codeOf(RocDateTime, '111年11月31日10點49分19秒'), 'ROC_DATE_TIME_NOT_A_TIME');
  assert.is(codeOf(RocDateTime, '111年11月04日24點00分00秒'), 'ROC_DATE_TIME_NOT_A_TIME');
  assert.is(codeOf(RocDateTime, '民國前913年1月1日0點0分0秒'), 'ROC_DATE_TIME_NOT_A_TIME');
  assert.is(codeOf(RocDateTime, '111年11月04日10點49分'), 'ROC_DATE_TIME_FORMAT');
  assert.is(codeOf(RocDateTime, '8089年01月01日08點00分00秒'), 'ROC_DATE_TIME_NOT_A_TIME');
  assert.is(codeOf(RocDateTime, '0年11月04日10點49分19秒'), 'ROC_DATE_TIME_FORMAT');
});

taipei('GEPI-13: a printed instant is read back to the second, before 民國 too', () => {
  assert.is(printRocDateTime(right(Instant, '1911-12-31T15:59:59.000Z')), '民國前1年12月31日23點59分59秒');
  // From 1980 there is no summer time, so no time of day comes twice.
  const seconds = fc.integer({
    min: Date.UTC(1980, 0, 1) / 1000,
    max: Date.UTC(9999, 11, 31, 23, 59, 59) / 1000,
  });
  fc.assert(
    fc.property(seconds, (s) => {
      const printed = printRocDateTime(fromEpochMs(s * 1000));
      assert.is(toEpochMs(rocDateTimeToInstant(printed)), s * 1000);
      assert.ok(RocDateTime.is(printed));
      assert.is(right(RocDateTime, printed), printed);
    }),
  );
  fc.assert(fc.property(anyMs, (ms) => assert.ok(RocDateTime.is(printRocDateTime(fromEpochMs(ms))))));
});

taipei('a certificate ends with the day in Taipei, 15:59:59Z', () => {
  const day = right(RocDate, '109/04/09');
  assert.is(endOfTaipeiDay(day), '2020-04-09T15:59:59.000Z');
  assert.is(startOfTaipeiDay(day), '2020-04-08T16:00:00.000Z');
  assert.is(endOfTaipeiDay(right(RocDate, '68/08/01')), '1979-08-01T14:59:59.000Z', 'summer time of 1979');
});

taipei('the day begins at 16:00Z of the day before', () => {
  assert.is(taipeiDate(right(Instant, '2022-11-04T15:59:59.999Z')), '2022-11-04');
  assert.is(taipeiDate(right(Instant, '2022-11-04T16:00:00.000Z')), '2022-11-05');
});

taipei('a certificate without an end (RFC 5280 4.1.2.5) has the last day', () => {
  assert.is(taipeiDate(right(Instant, '9999-12-31T23:59:59Z')), '9999-12-31');
  assert.is(startOfTaipeiDay(right(RocDate, '1000-01-01')), '1000-01-01T00:00:00.000Z');
});

taipei('days and instants are those of the time zone database, in every summer too', () => {
  const zone = 'Asia/Taipei';
  const around = fc.integer({ min: Date.UTC(1979, 8, 28), max: Date.UTC(1979, 9, 3) });
  fc.assert(
    fc.property(fc.oneof(anyMs, around), (ms) => {
      const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();
      assert.is(taipeiDate(fromEpochMs(ms)), fromPlainDate(there));
    }),
  );
  const thoseDays = around.map((ms) => right(RocDate, new Date(ms).toISOString().slice(0, 10)));
  fc.assert(
    fc.property(fc.oneof(anyDay, thoseDays), (d) => {
      const day = Temporal.PlainDate.from(d);
      const last = day.toZonedDateTime({ timeZone: zone, plainTime: '23:59:59' });
      assert.is(startOfTaipeiDay(d), fromEpochMs(day.toZonedDateTime(zone).epochMilliseconds));
      assert.is(endOfTaipeiDay(d), fromEpochMs(last.epochMilliseconds));
      assert.ok(toPlainDate(d).equals(day));
    }),
  );
});

taipei('start and end of a day lie in that day', () => {
  const day = anyDay.filter((d) => d > '1000-01-01');
  fc.assert(
    fc.property(day, (d) => {
      assert.is(taipeiDate(startOfTaipeiDay(d)), d);
      assert.is(taipeiDate(endOfTaipeiDay(d)), d);
      assert.ok(startOfTaipeiDay(d) < endOfTaipeiDay(d));
    }),
  );
});

taipei.run();
