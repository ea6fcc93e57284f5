/** Revocation lists as a table, and the lines that must hold of them. */
import { median } from './lib/stats.js';
import type { CrlResults, CrlRound } from './run-crls.js';
import type { PeerFigures } from './subjects/crl-peers.js';
import { type Cells, count, table } from './table.js';
import type { Verdict } from './verdicts.js';

const peerCells = (name: string, rounds: ReadonlyArray<PeerFigures>): Cells => {
  const times = rounds.flatMap(({ readMs }) => readMs ?? []);
  const failed = rounds.find((round) => round.failed !== undefined)?.failed;
  const time = failed === undefined ? count(median(times)) : '–';
  return ['', name, time, '–', '–', '–', '–', failed ?? ''];
};

const middle = (rounds: ReadonlyArray<CrlRound>, of: keyof CrlRound['ours']): number =>
  median(rounds.map(({ ours }) => ours[of]));

const rowsOf = (rounds: ReadonlyArray<CrlRound>): ReadonlyArray<Cells> => [
  [
    `${count(middle(rounds, 'entries'))} (${(middle(rounds, 'bytes') / 1e6).toFixed(1)} MB)`,
    'ours',
    middle(rounds, 'readMs').toFixed(middle(rounds, 'readMs') < 10 ? 1 : 0),
    middle(rounds, 'longestBlockMs').toFixed(1),
    count(middle(rounds, 'growthMiB')),
    `${middle(rounds, 'hitUs').toFixed(1)} / ${middle(rounds, 'missUs').toFixed(1)}`,
    middle(rounds, 'warmStatusUs').toFixed(1),
    'read, signature checked, one certificate judged',
  ],
  peerCells(
    'pkijs',
    rounds.map(({ pkijs }) => pkijs),
  ),
  peerCells(
    'openssl crl',
    rounds.map(({ openssl }) => openssl),
  ),
];

export const crlTable = ({ complete, small }: CrlResults): string =>
  table(
    [
      'revocation list',
      'by',
      'ms',
      'longest block ms',
      'growth MiB',
      'look-up µs, on it / not',
      'judged, warm µs',
      'note',
    ],
    [...rowsOf(complete), ...rowsOf(small)],
  );

const below = (line: string, value: number, limit: number, unit: string): Verdict => ({
  line,
  measured: `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`,
  limit: `< ${limit.toLocaleString('en')} ${unit}`,
  holds: value < limit,
});

export const crlVerdictsOf = ({ complete }: CrlResults): ReadonlyArray<Verdict> => [
  below('a complete revocation list, read and its signature checked', middle(complete, 'readMs'), 1000, 'ms'),
  below('… longest time without a turn of the event loop', middle(complete, 'longestBlockMs'), 50, 'ms'),
  below('… growth of the process, the file included', middle(complete, 'growthMiB'), 120, 'MiB'),
  below('… look-up', Math.max(middle(complete, 'hitUs'), middle(complete, 'missUs')), 10, 'µs'),
];
