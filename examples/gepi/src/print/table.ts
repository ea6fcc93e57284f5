/**
 * Tables with columns that line up, in two scripts.
 *
 * @packageDocumentation
 */
import { cellsOf, pad, wrap } from './cells.js';
import type { Page } from './page.js';

const indent = '    ';
const gap = '  ';

/**
 * Lines of a table under its heading. Columns are as wide as what stands in them; the last takes what the page has
 * left, and goes on below itself.
 */
export const tableLines = (
  { style, width }: Page,
  heading: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<string> => {
  const last = heading.length - 1;
  const widths = heading
    .slice(0, last)
    .map((title, column) => Math.max(cellsOf(title), ...rows.map((row) => cellsOf(row[column] ?? ''))));
  const before = widths.reduce((sum, cells) => sum + cells + gap.length, indent.length);
  const lead = (row: ReadonlyArray<string>): string =>
    indent + widths.map((cells, column) => pad(row[column] ?? '', cells) + gap).join('');
  const line = (row: ReadonlyArray<string>): ReadonlyArray<string> =>
    wrap(row[last] ?? '', Math.max(16, width - before)).map((part, index) =>
      `${index === 0 ? lead(row) : ' '.repeat(before)}${part}`.trimEnd(),
    );
  return [style.dim(`${lead(heading)}${heading[last] ?? ''}`.trimEnd()), ...rows.flatMap(line)];
};
