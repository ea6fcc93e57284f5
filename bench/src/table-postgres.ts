/** Read models on PostgreSQL as a table, and its lines that must hold. */
import { median } from './lib/stats.js';
import type { PostgresResults, PostgresRound } from './run-postgres.js';
import { type Cells, count, table } from './table.js';
import { atLeast, ratio, type Verdict } from './verdicts.js';

const rates = (rounds: ReadonlyArray<PostgresRound>): ReadonlyArray<number> =>
  rounds.map(({ perSecond }) => perSecond);

export const postgresTable = (results: PostgresResults): string => {
  const { missing, events, rows, bare, one, two, parted } = results;
  if (missing !== undefined) return `Read models on PostgreSQL: not measured, ${missing}.`;
  const row = (name: string, rounds: ReadonlyArray<PostgresRound>, note: string): Cells => [
    name,
    count(median(rates(rounds))),
    count(median(rounds.map(({ ownMicroseconds }) => ownMicroseconds))),
    count(median(rounds.map(({ serverMicroseconds }) => serverMicroseconds))),
    note,
  ];
  return [
    `All read models of ${count(events)} events on PostgreSQL, ${count(rows)} rows in the end.`,
    table(
      ['PostgreSQL', 'events/s', 'own µs an event', "server's µs an event", 'note'],
      [
        row('one runner', one, 'read, decoded, checked, opened, applied, written'),
        row('two runners', two, 'from the first that starts to the last row'),
        row('pg alone', bare, 'the rows of the end, as many transactions; nothing else'),
        ...(parted.missing === undefined
          ? [
              row('one runner, parted', parted.one, `with ${parted.share} of a processor`),
              row('two runners, parted', parted.two, `each with ${parted.share} of a processor`),
            ]
          : []),
      ],
    ),
    ...(parted.missing === undefined
      ? []
      : [`Runners with a part of a processor: not measured, ${parted.missing}.`]),
  ].join('\n\n');
};

const least = 1.6;
/** Of what the processors allow, where that is less: what two lose to each other. */
const leastPart = 0.9;

/** Two runners, beside one and beside what the processors allow that they share with each other and the server. */
const sharedVerdict = ({ processors, one, two }: PostgresResults): Verdict => {
  const measured = ratio(rates(two), rates(one));
  const cost = median(
    two.map(({ ownMicroseconds, serverMicroseconds }) => ownMicroseconds + serverMicroseconds),
  );
  const allowed = (processors * 1_000_000) / cost / median(rates(one));
  const line = '… two runners, all on the processors of this machine';
  const isBounded = leastPart * allowed < least;
  return isBounded
    ? {
        line,
        measured: `${measured.toFixed(2)} × one runner`,
        limit: `≥ ${leastPart} of the ${allowed.toFixed(2)} × that ${processors} processors allow`,
        holds: measured >= leastPart * allowed,
      }
    : atLeast(line, measured, least, 'one runner');
};

export const postgresVerdictsOf = (results: PostgresResults): ReadonlyArray<Verdict> => {
  const { missing, one, two, parted } = results;
  if (missing !== undefined) return [];
  const single = median(rates(one));
  const equal = [...two, ...parted.one, ...parted.two].every(
    ({ digest }) => digest !== undefined && digest === one[0]?.digest,
  );
  return [
    {
      line: 'read models on PostgreSQL, one runner',
      measured: `${count(single)} events/s`,
      limit: '≥ 5,000 events/s',
      holds: single >= 5_000,
    },
    sharedVerdict(results),
    ...(parted.missing === undefined
      ? [
          atLeast(
            `… two runners with ${parted.share} of a processor each`,
            ratio(rates(parted.two), rates(parted.one)),
            least,
            'one such runner',
          ),
        ]
      : []),
    {
      line: '… two runners make the same rows as one',
      measured: equal ? 'equal digests' : 'other digests',
      limit: 'equal',
      holds: equal,
    },
  ];
};
