/** The store on EventStoreDB as a table, and its lines that must hold. */
import { median } from './lib/stats.js';
import type { Plan } from './plan.js';
import type { EventStoreDbResults } from './run-eventstoredb.js';
import { type Cells, count, seriesCells, spreadCell, table } from './table.js';
import { atLeast, ratio, type Verdict } from './verdicts.js';

export const eventStoreDbTable = (results: EventStoreDbResults, plan: Plan): string => {
  const row = (name: string, rounds: EventStoreDbResults['ours']): Cells => {
    const single = rounds.map((round) => round.oneByOne);
    const [rate = ''] = seriesCells(rounds.map((round) => round.inFlight));
    return [
      name,
      ...seriesCells(single),
      spreadCell(single),
      rate,
      count(median(rounds.map((round) => round.readPerSecond))),
    ];
  };
  return table(
    [
      'EventStoreDB (test server)',
      'commands one by one /s',
      'p50 ms',
      'p99 ms',
      'spread',
      `${plan.width} in flight /s`,
      'events read /s',
    ],
    [row('ours', results.ours), row('the bare client', results.bare)],
  );
};

export const eventStoreDbVerdictsOf = ({ ours, bare }: EventStoreDbResults): ReadonlyArray<Verdict> => {
  const rates = (
    rounds: EventStoreDbResults['ours'],
    of: (round: EventStoreDbResults['ours'][number]) => number,
  ) => rounds.map(of);
  const single = (round: EventStoreDbResults['ours'][number]) => round.oneByOne.perSecond;
  const many = (round: EventStoreDbResults['ours'][number]) => round.inFlight.perSecond;
  const reads = (round: EventStoreDbResults['ours'][number]) => round.readPerSecond;
  return [
    atLeast(
      'commands on EventStoreDB, one by one',
      ratio(rates(ours, single), rates(bare, single)),
      0.85,
      'the bare client',
    ),
    atLeast('… in flight', ratio(rates(ours, many), rates(bare, many)), 0.85, 'the bare client'),
    atLeast(
      'reading all streams of EventStoreDB, strict decode and chain check',
      ratio(rates(ours, reads), rates(bare, reads)),
      0.6,
      'the bare client',
    ),
  ];
};
