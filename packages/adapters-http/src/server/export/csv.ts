/**
 * Tables as CSV (RFC 4180) that a spreadsheet opens as what they are: UTF-8 with its mark, and no cell that it would run.
 *
 * @packageDocumentation
 */

export type Cell = string | number | boolean | null;

/** With which a spreadsheet takes a text for a formula; in East Asian ones full width too. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const special = /[",\r\n]|^\s|\s$/;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A cell as it is written; a text that would be a formula gets an apostrophe, which spreadsheets do not show. */
export const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = formula.test(cell) ? `'${cell}` : cell;
  return harmless !== cell || special.test(cell) ? quoted(harmless) : cell;
};

/** A row with its end. */
export const csvRow = (cells: ReadonlyArray<Cell>): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What Excel tells UTF-8 by. */
export const byteOrderMark = '\uFEFF';
