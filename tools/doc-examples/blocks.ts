// The TypeScript blocks of a Markdown page.

/** `run`: checked and run. `check`: checked. `ignore`: shown only. */
export type Mode = 'run' | 'check' | 'ignore';

export type Block = Readonly<{
  /** The page, from the repository root. */
  path: string;
  /** The line of its first line of code, from 1. */
  line: number;
  mode: Mode;
  code: string;
}>;

/** The blocks, and what is wrong with how they are marked, as `file:line: words`. */
export type Page = Readonly<{ blocks: ReadonlyArray<Block>; problems: ReadonlyArray<string> }>;

type Fence = Readonly<{ indent: number; mark: string; words: ReadonlyArray<string>; line: number }>;

const opening = /^( *)(`{3,}|~{3,})(.*)$/;

const languages = new Set(['ts', 'typescript']);

const modes: ReadonlyMap<string, Mode> = new Map([
  ['', 'check'],
  ['run', 'run'],
  ['ignore', 'ignore'],
]);

const closes = (line: string, { mark }: Fence): boolean => {
  const text = line.trim();
  return text.startsWith(mark) && text === mark.charAt(0).repeat(text.length);
};

const unindented = (line: string, indent: number): string =>
  line.slice(0, indent).trim() === '' ? line.slice(indent) : line;

/** Reads a page: ` ```ts run ` runs, ` ```ts ` is type-checked, ` ```ts ignore ` is left alone. */
export const readPage = (path: string, markdown: string): Page => {
  const blocks: Block[] = [];
  const problems: string[] = [];
  let fence: Fence | undefined;
  let code: string[] = [];

  const finish = ({ words: [language = '', mark = '', ...more], line }: Fence): void => {
    if (!languages.has(language)) return;
    const mode = more.length === 0 ? modes.get(mark) : undefined;
    if (mode === undefined) {
      problems.push(`${path}:${line - 1}: a ts block is marked run, ignore, or not at all`);
    } else {
      blocks.push({ path, line, mode, code: code.join('\n') });
    }
  };

  for (const [index, text] of markdown.split('\n').entries()) {
    if (fence === undefined) {
      const [, indent, mark, info] = opening.exec(text) ?? [];
      if (mark === undefined) continue;
      const words = (info ?? '').trim().split(/\s+/);
      fence = { indent: indent?.length ?? 0, mark, words, line: index + 2 };
      code = [];
    } else if (closes(text, fence)) {
      finish(fence);
      fence = undefined;
    } else {
      code.push(unindented(text, fence.indent));
    }
  }
  if (fence !== undefined) problems.push(`${path}:${fence.line - 1}: a block that never ends`);
  return { blocks, problems };
};
