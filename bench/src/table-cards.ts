/** Cards in a reader as a table, and the lines that must hold of them. */
import { median } from './lib/stats.js';
import { type CardResults, cardKinds } from './run-cards.js';
import { type OperationFigures, paceOfCards, thought } from './subjects/cards.js';
import { type Cells, table } from './table.js';
import type { Verdict } from './verdicts.js';

const operations = [
  ['show', 'certificates shown'],
  ['sign', 'signed'],
] as const;

const rowsOf = (results: CardResults) =>
  cardKinds.flatMap((kind) =>
    operations.map(([operation, words]) => ({
      name: `${kind}: ${words}`,
      rounds: results[kind].map((round) => round[operation]),
    })),
  );

const middle = (rounds: ReadonlyArray<OperationFigures>, of: keyof OperationFigures): number =>
  median(rounds.map((round) => round[of]));

/** The median of what a figure is to another in each round. */
const ratioOf = (
  rounds: ReadonlyArray<OperationFigures>,
  of: keyof OperationFigures,
  to: keyof OperationFigures,
): number => median(rounds.map((round) => round[of] / round[to]));

const pacedTable = (results: CardResults): string =>
  table(
    [`with ${paceOfCards} ms an exchange`, 'ours ms', 'raw ms', 'ours less raw, ms', 'ours/raw'],
    rowsOf(results).map(
      ({ name, rounds }): Cells => [
        name,
        middle(rounds, 'pacedOursMs').toFixed(1),
        middle(rounds, 'pacedRawMs').toFixed(1),
        median(rounds.map(({ pacedOursMs, pacedRawMs }) => pacedOursMs - pacedRawMs)).toFixed(1),
        ratioOf(rounds, 'pacedOursMs', 'pacedRawMs').toFixed(2),
      ],
    ),
  );

export const cardTable = (results: CardResults): string =>
  results.missing === undefined
    ? `${table(
        [
          'card in a reader',
          'exchanges',
          'after insertion ms',
          'ours ms',
          'transmit ms',
          'raw ms',
          `raw, ${thought * 1000} µs between`,
          'raw apart ms',
          'ours/transmit',
          'ours/raw',
        ],
        rowsOf(results).map(
          ({ name, rounds }): Cells => [
            name,
            String(middle(rounds, 'exchanges')),
            middle(rounds, 'afterInsertionMs').toFixed(1),
            middle(rounds, 'oursMs').toFixed(2),
            middle(rounds, 'portMs').toFixed(2),
            middle(rounds, 'rawMs').toFixed(2),
            middle(rounds, 'rawThinkingMs').toFixed(2),
            middle(rounds, 'rawApartMs').toFixed(2),
            ratioOf(rounds, 'oursMs', 'portMs').toFixed(2),
            ratioOf(rounds, 'oursMs', 'rawMs').toFixed(2),
          ],
        ),
      )}\n\n${pacedTable(results)}`
    : `Cards in a reader: not measured, ${results.missing}.`;

const beside = (line: string, ratio: number): Verdict => ({
  line,
  measured: `${ratio.toFixed(2)} ×`,
  limit: '≤ 1.3 ×',
  holds: ratio <= 1.3,
});

/** Beside pcsc-mini and a card that answers at once nothing must hold: docs/decisions/0065. */
export const cardVerdictsOf = (results: CardResults): ReadonlyArray<Verdict> =>
  results.missing === undefined
    ? rowsOf(results).flatMap(({ name, rounds }) => [
        beside(`${name}, beside the same commands by raw \`transmit\``, ratioOf(rounds, 'oursMs', 'portMs')),
        beside(
          `… beside pcsc-mini alone, with a card that takes ${paceOfCards} ms an exchange`,
          ratioOf(rounds, 'pacedOursMs', 'pacedRawMs'),
        ),
      ])
    : [];
