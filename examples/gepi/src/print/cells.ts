/**
 * Text in terminal cells: a CJK character takes two, so columns are padded and lines broken by cells.
 *
 * @packageDocumentation
 */

/** East Asian Wide and Fullwidth of UAX #11, as far as the texts of this program go. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const colours = /\u001b\[\d+m/g;

/** Cells of a text; colours take none. */
export const cellsOf = (text: string): number => {
  let cells = 0;
  for (const character of text.replaceAll(colours, '')) cells += wide.test(character) ? 2 : 1;
  return cells;
};

/** Fills a text up to a number of cells. */
export const pad = (text: string, cells: number): string =>
  text + ' '.repeat(Math.max(0, cells - cellsOf(text)));

/** No line begins with one of these: 、。」』》】 and the marks of both widths. */
const closing = /^[,.;:!?)\]\u3001\u3002\u300d\u300f\u300b\u3011\uff01\uff09\uff0c\uff1a\uff1b\uff1f]$/u;

/** No line ends with one of these: 「『《【 and brackets of both widths. */
const opening = /[([\u300c\u300e\u300a\u3010\uff08]$/u;

/** What is never broken: a Latin word, or a CJK character with the marks that belong to it. */
const unitsOf = (text: string): ReadonlyArray<string> => {
  const units: string[] = [];
  for (const character of text) {
    const last = units.at(-1);
    const joins =
      last !== undefined &&
      (closing.test(character) ||
        opening.test(last) ||
        (!wide.test(character) && character !== ' ' && !wide.test(last.at(-1) ?? '') && !last.endsWith(' ')));
    if (joins) units[units.length - 1] = last + character;
    else units.push(character);
  }
  return units;
};

/** Breaks a text into lines of at most `cells`; a single unit that is longer stays whole. */
export const wrap = (text: string, cells: number): ReadonlyArray<string> => {
  // Coloured texts are short ones, and stay whole.
  if (cellsOf(text) <= cells) return [text.trimEnd()];
  const lines: string[] = [];
  let line = '';
  for (const unit of unitsOf(text)) {
    if (line !== '' && cellsOf(line) + cellsOf(unit.trimEnd()) > cells) {
      lines.push(line.trimEnd());
      line = unit.trimStart();
    } else line += unit;
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()];
};
