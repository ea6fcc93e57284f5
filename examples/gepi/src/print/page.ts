/**
 * Where text goes: a width, a style, and lines.
 *
 * @packageDocumentation
 */
import { cellsOf, wrap } from './cells.js';
import type { Style } from './style.js';

export interface Page {
  readonly style: Style;
  /** Cells of a line. */
  readonly width: number;
  readonly line: (text?: string) => void;
}

/** Wide enough for the tables, narrow enough to read. */
const narrowest = 80;
const widest = 100;

export const pageWidth = (columns: number | undefined): number =>
  Math.min(widest, Math.max(narrowest, columns ?? widest));

/** `━━ 四、首次註冊作業  First registration ━━━━`. */
export const printHeading = ({ line, style, width }: Page, zh: string, en: string): void => {
  const used = cellsOf(zh) + cellsOf(en) + 6;
  line();
  line(`${style.bold(`━━ ${zh}`)}  ${style.dim(`${en} ${'━'.repeat(Math.max(2, width - used))}`)}`);
};

interface PairStyles {
  readonly main?: (text: string) => string;
  readonly aside?: (text: string) => string;
}

/** Two texts under an indent: the second beside the end of the first where it fits, else below it. */
export const printPair = (
  page: Page,
  indent: number,
  main: string,
  aside: string,
  styles: PairStyles = {},
): void => {
  const styleMain = styles.main ?? ((text: string) => text);
  const styleAside = styles.aside ?? page.style.dim;
  const before = ' '.repeat(indent);
  const lines = wrap(main, page.width - indent);
  const last = lines.at(-1) ?? '';
  const joins = aside !== '' && indent + cellsOf(last) + 2 + cellsOf(aside) <= page.width;
  for (const [index, part] of lines.entries()) {
    const isLast = index === lines.length - 1;
    page.line(`${before}${styleMain(part)}${isLast && joins ? `  ${styleAside(aside)}` : ''}`);
  }
  if (!joins && aside !== '')
    for (const part of wrap(aside, page.width - indent)) page.line(`${before}${styleAside(part)}`);
};

/** The same, with something in the indent of the first line; `lead` takes `indent` cells. */
export const printLed = (
  page: Page,
  indent: number,
  lead: string,
  main: string,
  aside: string,
  styles: PairStyles = {},
): void => {
  let first = true;
  const line = (text = ''): void => {
    page.line(first ? lead + text.slice(indent) : text);
    first = false;
  };
  printPair({ ...page, line }, indent, main, aside, styles);
};
