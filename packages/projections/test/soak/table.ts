/** The results of a soak as a page. */
import type { SoakResults } from './soak.js';

const row = (cells: ReadonlyArray<string | number>): string => `| ${cells.join(' | ')} |`;

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string | number>>): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

export const printSoak = ({ seconds, seed, faults, lanes, models }: SoakResults): string =>
  [
    `${Math.round(seconds)} s, seed ${seed}`,
    table(
      ['fault', 'times'],
      faults.map(({ name, times }) => [name, times ?? 'cannot be tried here']),
    ),
    table(
      ['store', 'events acknowledged', 'stored', 'lost', 'twice', 'given again', 'stored without an answer'],
      lanes.map((lane) => [
        lane.name,
        lane.acknowledged,
        lane.stored,
        lane.lost,
        lane.twice,
        lane.again,
        lane.unanswered,
      ]),
    ),
    table(
      ['subscription', 'events seen', 'lost', 'twice'],
      lanes.map(({ name, reader }) => [name, reader.seen, reader.lost, reader.twice]),
    ),
    table(
      ['read models', 'events applied', 'lost', 'twice', 'as a replay'],
      models.map(({ name, applied, lost, twice, sameAsReplay }) => [
        name,
        applied,
        lost,
        twice,
        sameAsReplay ? 'the same rows' : 'OTHER ROWS',
      ]),
    ),
    lanes.flatMap(({ unsound }) => unsound).join('\n') || 'Every chain holds.',
  ].join('\n\n');

/** Whether nothing was lost, nothing is there twice, and every chain holds. */
export const isSound = ({ lanes, models }: SoakResults): boolean =>
  lanes.every(
    ({ lost, twice, unsound, reader }) =>
      lost + twice + reader.lost + reader.twice === 0 && unsound.length === 0,
  ) && models.every(({ lost, twice, sameAsReplay }) => lost + twice === 0 && sameAsReplay);
