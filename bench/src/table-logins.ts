/** Log-ins by card as tables. */
import type { Plan } from './plan.js';
import type { LoginResults } from './run-logins.js';
import type { JudgeName } from './subjects/logins.js';
import { type Cells, count, seriesCells, spreadCell, table } from './table.js';
import { besidePkijs } from './verdicts-logins.js';

const rows: ReadonlyArray<readonly [JudgeName, string, string]> = [
  ['warm', 'ours, card known', 'its record and signatures kept, both looked up in the lists'],
  ['cold', 'ours, card new', 'card decoded, every signature checked, both looked up'],
  ['unprepared', '… anchors and CAs new, too', 'nothing known at all; no revocation'],
  ['pkijs', 'pkijs', 'read, verify, chain; no policy, no revocation'],
  ['nodeCold', 'node:crypto alone, card new', 'digest, reading the card, three signatures'],
  ['nodeWarm', '… card known', 'one digest, one signature'],
  ['webWarm', 'WebCrypto alone, card known', 'the same, in another thread'],
];

export const loginTable = (results: LoginResults, plan: Plan): string => {
  const row = ([judge, name, note]: (typeof rows)[number]): Cells => {
    const rounds = results.judges[judge];
    const single = rounds.map((round) => round.oneByOne);
    const many = rounds.map((round) => round.inFlight);
    const [rate = ''] = seriesCells(many);
    return [
      name,
      ...seriesCells(single),
      spreadCell(single),
      rate,
      `${besidePkijs(results, judge).toFixed(1)} ×`,
      note,
    ];
  };
  const head = [
    'log-in',
    'one by one /s',
    'p50 ms',
    'p99 ms',
    'spread',
    `${plan.width} in flight /s`,
    'pkijs',
    'note',
  ];
  return table(head, rows.map(row));
};

const shown = 6;

/** The slowest few. */
export const hostileTable = ({ hostile }: LoginResults): string => {
  const slowest = [...hostile.inputs].sort((a, b) => b.medianMs - a.medianMs).slice(0, shown);
  return table(
    [`hostile input, the slowest of ${hostile.inputs.length}`, 'what', 'bytes', 'ms', 'refused as'],
    slowest.map(({ name, kind, bytes, medianMs, refusal }) => [
      name,
      kind,
      count(bytes),
      medianMs.toFixed(2),
      refusal ?? 'readable',
    ]),
  );
};

export const memoryLine = ({ memory }: LoginResults): string =>
  `${count(memory.cards)} cards that log in one after another: ${memory.beforeMiB.toFixed(1)} MiB live before, ${memory.halfwayMiB.toFixed(1)} MiB when the caches are full, ${memory.afterMiB.toFixed(1)} MiB at the end.`;
