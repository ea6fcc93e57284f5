/** The results as one page of Markdown tables. */
import { median, spread } from './lib/stats.js';
import type { Series } from './lib/timing.js';
import type { Plan } from './plan.js';
import type { Results } from './run.js';
import type { Verdict } from './verdicts.js';

export type Cells = ReadonlyArray<string>;

export const count = (value: number): string => Math.round(value).toLocaleString('en');
const ms = (value: number): string => value.toFixed(2);

const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/u.test(char) ? 2 : 1), 0);

/** Columns of one width, so that it reads as well in a terminal. */
export const table = (head: Cells, rows: ReadonlyArray<Cells>): string => {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => width(row[column] ?? ''))));
  const line = (cells: Cells): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join(' | ')} |`;
  return [line(head), `|${widths.map((size) => '-'.repeat(size + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
};

/** Medians of the rounds of one column. */
export const seriesCells = (rounds: ReadonlyArray<Series>): Cells => [
  count(median(rounds.map((round) => round.perSecond))),
  ms(median(rounds.map((round) => round.p50Ms))),
  ms(median(rounds.map((round) => round.p99Ms))),
];

export const spreadCell = (rounds: ReadonlyArray<Series>): string =>
  rounds.length < 2 ? '–' : `${Math.round(spread(rounds.map((round) => round.perSecond)) * 100)} %`;

const none: Cells = ['–', '–', '–'];

const commandTable = (results: Results, plan: Plan): string => {
  const { others } = results;
  const row = (
    name: string,
    single: ReadonlyArray<Series>,
    many: ReadonlyArray<Series>,
    note = '',
  ): Cells => [
    name,
    ...seriesCells(single),
    ...(many.length === 0 ? none : seriesCells(many)),
    spreadCell(single),
    note,
  ];
  const emmett = (name: string, rounds: Results['emmettMemory'], flies: boolean, note: string): Cells =>
    rounds === undefined
      ? [name, ...none, ...none, '–', results.peersMissing ?? 'failed']
      : row(
          name,
          rounds.map((round) => round.oneByOne),
          flies ? rounds.map((round) => round.inFlight) : [],
          flies ? `${note}${median(rounds.map((round) => round.failed))} failed in flight` : note,
        );
  const registers = (name: string, rounds: Results['register'], note: string): Cells =>
    row(
      name,
      rounds.map((round) => round.warmOneByOne),
      rounds.map((round) => round.warmInFlight),
      note,
    );
  const first = (name: string, rounds: Results['register'], note: string): Cells =>
    row(
      name,
      rounds.map((round) => round.coldOneByOne),
      rounds.map((round) => round.coldInFlight),
      note,
    );
  const head = [
    'command',
    'one by one /s',
    'p50 ms',
    'p99 ms',
    `${plan.width} in flight /s`,
    'p50 ms',
    'p99 ms',
    'spread',
    'note',
  ];
  return table(head, [
    row(
      'raw better-sqlite3',
      results.raw.map((round) => round.oneByOne),
      [],
      'synchronous: nothing can be in flight',
    ),
    row(
      '… events of a kilobyte',
      results.rawLong.map((round) => round.oneByOne),
      [],
      "as long as the register's",
    ),
    registers('register, default', results.register, 'folded streams cached, tail read'),
    first('register, default, first touch', results.register, '20 events loaded, decoded, checked'),
    registers('register, cache off', results.uncached, '20 events loaded, decoded, checked'),
    registers('… two events', [others.renameAndGrant], 'name and permissions'),
    first('… a new person', [others.authorizeTyped], 'a key made and synced in the vault'),
    first('… read from a card', [others.authorizeCard], 'X.509, path, revocation, evidence kept'),
    registers('… by staff', [others.byStaff], 'no session of cards, nothing sealed'),
    emmett('emmett-memory', results.emmettMemory, true, 'no disk; '),
    emmett('emmett-sqlite, one connection', results.emmettShared, true, ''),
    emmett(
      'emmett-sqlite, as documented',
      results.emmettDocumented,
      false,
      'a connection for each operation',
    ),
  ]);
};

const replayTable = (results: Results): string => {
  const row = (name: string, rounds: Results['replay']): Cells => [
    name,
    count(rounds[0]?.events ?? 0),
    count(median(rounds.map((round) => round.perSecond))),
    count(median(rounds.map((round) => round.peakMiB))),
    count(median(rounds.map((round) => round.liveMiB))),
  ];
  return table(
    ['replay', 'events', 'events/s', 'peak MiB', 'live heap MiB'],
    [
      row('raw read + parse + fold', results.rawReplay),
      row('strict decode + chain + fold', results.replay),
      row('raw read + parse + fold', results.rawReplayLong),
      row('strict decode + chain + fold', results.replayLong),
    ],
  );
};

const mayTable = (results: Results): string => {
  const row = (name: string, of: 'now' | 'history'): Cells => [
    name,
    median(results.may.map((round) => round[of].p50Us)).toFixed(2),
    median(results.may.map((round) => round[of].p99Us)).toFixed(2),
    median(results.may.map((round) => round[of].meanUs)).toFixed(2),
  ];
  return table(
    ['may', 'p50 µs', 'p99 µs', 'mean µs'],
    [row('now', 'now'), row('history, two times', 'history')],
  );
};

const physicalTable = ({ physical }: Results): string =>
  table(
    ['limit', 'per second'],
    [
      ['SQLite insert, one in a transaction, FULL', count(physical.sqliteInserts)],
      ['SQLite insert, 100 in a transaction, FULL', count(physical.sqliteInsertsBy100)],
      ['JSON.parse of a 400-byte event', count(physical.jsonParse)],
      ['SHA-256 chain over them', count(physical.sha256Chain)],
      ['AES-256-GCM, opening 120 bytes', count(physical.aesGcmOpen)],
      ['RSA-2048 verification', count(physical.rsaVerify)],
    ],
  );

const verdictCells = ({ line, measured, limit, holds }: Verdict): Cells => [
  line,
  measured,
  limit,
  holds === undefined ? 'not measured' : holds ? 'ok' : 'missed',
];

export const verdictTable = (verdicts: ReadonlyArray<Verdict>): string =>
  table(['must hold', 'measured', 'limit', 'verdict'], verdicts.map(verdictCells));

/** All but what stands above and below: the machine, and the lines that must hold. */
export const registerTables = (results: Results, plan: Plan): ReadonlyArray<string> => {
  const index = results.may[0];
  return [
    commandTable(results, plan),
    replayTable(results),
    `The log was written through the codec at ${count(results.log.perSecond)} events/s.`,
    mayTable(results),
    `Index of ${count(index?.events ?? 0)} events: fed at ${count(index?.appliedPerSecond ?? 0)} events/s, ${count(index?.indexMiB ?? 0)} MiB of rows, ${count(index?.heapMiB ?? 0)} MiB of heap in the process.`,
    physicalTable(results),
  ];
};
