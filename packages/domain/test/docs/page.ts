import { readFileSync } from 'node:fs';

/** The Markdown of a page in `docs/`. */
export const page = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

/** The text under a heading (without its marks), up to the next heading of this or a higher level. */
export const section = (markdown: string, heading: string): string | undefined => {
  const lines = markdown.split('\n');
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (from < 0) return undefined;
  const level = lines[from]?.indexOf(' ') ?? 0;
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => /^#+ /.test(line) && line.indexOf(' ') <= level);
  return rest.slice(0, to < 0 ? rest.length : to).join('\n');
};

/** The cells of the rows of all tables in a text, without head and rule. */
export const rows = (markdown: string): ReadonlyArray<ReadonlyArray<string>> => {
  const lines = markdown.split('\n');
  return lines
    .filter(
      (line, index) =>
        line.startsWith('|') &&
        !line.startsWith('|--') &&
        !line.startsWith('| --') &&
        lines[index + 1]?.startsWith('|--') !== true,
    )
    .map((line) =>
      line
        .slice(1, line.trimEnd().lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim()),
    );
};
