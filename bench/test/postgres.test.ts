import { suiteNeeding } from '@mandate/testing';
import { postgresNeed } from '@mandate/testing/postgres';
import * as assert from 'uvu/assert';
import { report } from '../src/page.js';
import { tiny } from '../src/plan.js';
import { type PostgresResults, runPostgres } from '../src/run-postgres.js';
import { postgresVerdictsOf } from '../src/table-postgres.js';
import { measureHere } from './support.js';

const postgres = suiteNeeding('read models on PostgreSQL, with tiny numbers', postgresNeed);

postgres('one runner and two make the same rows, and pg alone writes as many', async () => {
  const results = await runPostgres({ plan: tiny, measure: measureHere, tell: () => undefined });
  assert.is(results.events, tiny.postgresAgencies * 20);
  // Of a registration alone there are a dozen rows in all read models.
  assert.ok(results.rows > tiny.postgresAgencies * 12, `${results.rows} rows`);
  for (const round of [...results.one, ...results.two, ...results.bare]) assert.ok(round.perSecond > 0);
  const digests = [...results.one, ...results.two].map(({ digest }) => digest);
  assert.is(new Set(digests).size, 1);
  const page = report({ postgres: results }, tiny, 'a machine');
  const verdicts = postgresVerdictsOf(results);
  assert.is(verdicts.length, 3);
  for (const { line, measured } of verdicts) {
    assert.match(page, line);
    assert.not.match(measured, 'NaN');
  }
});

const round = { perSecond: 6000, ownMicroseconds: 100, serverMicroseconds: 60, digest: 'a' };
const slower = { ...round, perSecond: 2000 };
const good: PostgresResults = {
  missing: undefined,
  processors: 2,
  events: 100,
  rows: 200,
  bare: [],
  one: [round],
  two: [{ ...round, perSecond: 9_600 }],
  parted: { share: 0.5, missing: undefined, one: [slower], two: [{ ...round, perSecond: 3_200 }] },
};
const holding = (results: PostgresResults) => postgresVerdictsOf(results).map(({ holds }) => holds);

postgres('a line is missed by rates below it, and by rows that differ', () => {
  assert.equal(holding(good), [true, true, true, true]);
  assert.equal(holding({ ...good, one: [{ ...round, perSecond: 4_999 }] }), [false, true, true, true]);
  assert.equal(holding({ ...good, two: [{ ...round, perSecond: 9_500 }] }), [true, false, true, true]);
  const two = [{ ...round, perSecond: 3_100 }];
  assert.equal(holding({ ...good, parted: { ...good.parted, two } }), [true, true, false, true]);
  const others = [{ ...round, perSecond: 9_600, digest: 'b' }];
  assert.equal(holding({ ...good, two: others }), [true, true, true, false]);
  assert.equal(holding({ ...good, parted: { ...good.parted, two: others } }), [true, true, true, false]);
});

postgres('where the processors cannot feed two runners, nine tenths of what they can is asked for', () => {
  const costly = { ...round, ownMicroseconds: 200, serverMicroseconds: 50 };
  assert.equal(holding({ ...good, two: [{ ...costly, perSecond: 7_300 }] }), [true, true, true, true]);
  assert.equal(holding({ ...good, two: [{ ...costly, perSecond: 7_100 }] }), [true, false, true, true]);
  assert.equal(holding({ ...good, processors: 4, two: [{ ...costly, perSecond: 9_500 }] }), [
    true,
    false,
    true,
    true,
  ]);
});

postgres(
  'where no process can be held to a part of a processor, the page says why, and that line is left out',
  () => {
    const parted = { share: 0.5, missing: 'no groups', one: [], two: [] };
    assert.match(report({ postgres: { ...good, parted } }, tiny, 'a machine'), 'not measured, no groups');
    assert.equal(holding({ ...good, parted }), [true, true, true]);
  },
);

postgres('where there is no server, the page says why, and no line is missed', () => {
  const none: PostgresResults = { ...good, missing: 'no PostgreSQL server' };
  assert.match(report({ postgres: none }, tiny, 'a machine'), 'not measured, no PostgreSQL server');
  assert.equal(holding(none), []);
});

postgres.run();
