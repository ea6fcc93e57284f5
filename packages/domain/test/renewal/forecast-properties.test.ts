import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import {
  type ForecastCertificate,
  type ForecastHolder,
  forecast,
  type Lockout,
  usableAt,
} from '../../src/renewal/index.js';
import type { Instant } from '../../src/values/index.js';
import { anyInstant, instant, later } from './support.js';

const test = suite('forecast: properties');

// -------------------------------------------------------------------------------------
// any register
// -------------------------------------------------------------------------------------

/** A few years, so that what happens to one meets what happens to another. */
const soon = fc
  .integer({ min: 0, max: 4 * 365 * 24 })
  .map((hours) => later(instant('2024-01-01T00:00:00Z'), hours * 3_600_000));

const certificates: fc.Arbitrary<ForecastCertificate> = fc
  .record({
    ca: fc.constantFrom('MOICA', 'MOICA', 'GCA', 'XCA'),
    serial: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
    card: fc.constantFrom('a', 'b', 'c', null),
    notBefore: anyInstant,
    notAfter: soon,
    knownFrom: soon,
    renewals: fc.nat(1),
  })
  .chain((one) =>
    fc
      .option(fc.record({ issuedAt: soon, activatedAt: fc.option(soon) }))
      .map((activation) => ({ ...one, activation })),
  );

const holderOf = (n: number, person: string, certificate: ForecastCertificate | null): ForecastHolder => {
  const agencyCode = `1000${Math.floor(n / 4) + 1}`;
  if (n % 4 === 0) return { agencyCode, holder: 'agency', clerk: null, person: null, certificate };
  if (n % 4 === 1) return { agencyCode, holder: 'manager', clerk: null, person, certificate };
  return { agencyCode, holder: 'clerk', clerk: `clerk ${n % 4}`, person, certificate };
};

/** Three agencies of four holders, some missing; persons may be in several places. */
const registers: fc.Arbitrary<ReadonlyArray<ForecastHolder>> = fc
  .array(fc.tuple(fc.constantFrom('p', 'q', 'r', 's'), fc.option(certificates)), {
    minLength: 12,
    maxLength: 12,
  })
  .chain((rows) => fc.subarray(rows.map(([person, certificate], n) => holderOf(n, person, certificate))));

const ever = {
  from: instant('1000-01-01T00:00:00Z'),
  to: instant('9999-12-31T23:59:59Z'),
  policy: gepiPolicy,
};

const spans = fc
  .tuple(soon, soon)
  .map((times) => [...times].sort())
  .map(([from = ever.from, to = ever.to]) => ({ from, to, policy: gepiPolicy }));

const keyOf = ({ agencyCode, holder, clerk }: ForecastHolder): string => `${agencyCode} ${holder} ${clerk}`;
const keysOf = (lockouts: ReadonlyArray<Lockout>): ReadonlyArray<string> =>
  lockouts.map(({ who }) => keyOf(who));

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

test('each holder stands in one list, or in none where the certificate is of use beyond the span', () => {
  fc.assert(
    fc.property(registers, spans, (holders, span) => {
      const all = new Map(
        forecast(holders, ever).lockouts.map((lockout) => [keyOf(lockout.who), lockout.at]),
      );
      const { lockouts, already, undated } = forecast(holders, span);
      const told = [...keysOf(lockouts), ...keysOf(already), ...undated.map(keyOf)];
      assert.is(new Set(told).size, told.length);
      for (const holder of holders) {
        const key = keyOf(holder);
        const at = all.get(key);
        const list = keysOf(lockouts).includes(key)
          ? 'lockouts'
          : keysOf(already).includes(key)
            ? 'already'
            : undated.includes(holder)
              ? 'undated'
              : 'none';
        const expected =
          at === undefined ? 'undated' : at < span.from ? 'already' : at < span.to ? 'lockouts' : 'none';
        assert.is(list, expected);
      }
    }),
  );
});

test('a lockout is the first instant at which the certificate is of no use', () => {
  fc.assert(
    fc.property(registers, (holders) => {
      for (const { who, at } of forecast(holders, ever).lockouts) {
        const { certificate, person } = who;
        if (certificate === null) throw new Error('undated');
        const known =
          person === null
            ? [certificate]
            : holders.flatMap((one) =>
                one.person === person && one.certificate !== null ? [one.certificate] : [],
              );
        const codeAt = (time: Instant) =>
          usableAt(known, time).find((one) => one.certificate === certificate)?.code;
        if (at >= certificate.notBefore) assert.not(codeAt(at) === null, 'of use when it is out');
        const before = later(at, -1);
        if (before < certificate.knownFrom || before < certificate.notBefore) continue;
        assert.ok(
          [null, 'CERTIFICATE_NOT_ACTIVATED'].includes(codeAt(before) ?? null),
          'out before it is told',
        );
      }
    }),
  );
});

test('lists are in the order of time, and the order of what is handed in decides nothing', () => {
  const shuffled = registers.chain((holders) =>
    fc.tuple(fc.constant(holders), fc.shuffledSubarray([...holders], { minLength: holders.length })),
  );
  fc.assert(
    fc.property(shuffled, spans, ([holders, others], span) => {
      const told = forecast(holders, span);
      assert.equal(forecast(others, span), told);
      for (const list of [told.lockouts, told.already]) {
        const times = list.map(({ at }) => at);
        assert.equal(times, [...times].sort());
      }
    }),
  );
});

test('GEPI-44: the first operation that mends is one that can still be done', () => {
  fc.assert(
    fc.property(registers, (holders) => {
      for (const { mending, stillPossible } of forecast(holders, ever).lockouts) {
        const [first] = mending?.operations ?? [];
        assert.ok(first !== undefined && stillPossible.includes(first.purpose));
      }
    }),
  );
});

test('two spans that meet tell what one over both tells', () => {
  fc.assert(
    fc.property(registers, spans, soon, (holders, { from, to, policy }, middle) => {
      if (middle < from || middle > to) return;
      const both = [
        ...forecast(holders, { from, to: middle, policy }).lockouts,
        ...forecast(holders, { from: middle, to, policy }).lockouts,
      ];
      assert.equal(both, forecast(holders, { from, to, policy }).lockouts);
    }),
  );
});

test.run();
