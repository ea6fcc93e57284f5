// Type-checks and runs the blocks as a reader would: against the built packages, by their names.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, programs } from '../lib/command.js';
import { absolute } from '../lib/repository.js';
import type { Block } from './blocks.js';

/** Beside this package's node_modules, so that the packages resolve; its name keeps it out of every other check. */
const defaultFolder = absolute('tools/doc-examples/.cache');

const configuration = {
  extends: absolute('tsconfig.base.json'),
  compilerOptions: {
    types: ['node'],
    customConditions: [],
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    sourceMap: false,
    moduleDetection: 'force',
    // A page shows a part of a program: what it names need not all be used.
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
  include: ['*.ts'],
};

const fileOf = ({ path, line }: Block): string => `${path.replaceAll('/', '__')}.${line}.ts`;

/** Empty lines in front keep the line numbers of the page. */
const padded = ({ code, line }: Block): string => `${'\n'.repeat(line - 1)}${code}\n`;

/** Speaks of the page where the tools spoke of the extracted file. */
const inPages = (output: string, folder: string, blocks: ReadonlyArray<Block>): string =>
  blocks.reduce(
    (text, block) => {
      const file = fileOf(block).replaceAll('.', '\\.');
      return text.replace(new RegExp(`[^\\s(]*${file}(?:\\((\\d+),(\\d+)\\))?`, 'g'), (_all, line, column) =>
        line === undefined ? block.path : `${block.path}:${line}:${column}`,
      );
    },
    output.replaceAll(`file://${folder}`, folder),
  );

const runBlock = (block: Block, folder: string): ReadonlyArray<string> => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'mandate-doc-'));
  const file = join(folder, fileOf(block));
  const { ok, output } = capture(['--import', import.meta.resolve('tsx'), file], { cwd: elsewhere });
  rmSync(elsewhere, { recursive: true, force: true });
  return ok ? [] : [`${block.path}:${block.line}: does not run:\n${inPages(output, folder, [block])}`];
};

/** What does not hold, in words; empty where all blocks are good. */
export const verify = (
  blocks: ReadonlyArray<Block>,
  folder: string = defaultFolder,
): ReadonlyArray<string> => {
  const checked = blocks.filter(({ mode }) => mode !== 'ignore');
  rmSync(folder, { recursive: true, force: true });
  if (checked.length === 0) return [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration, null, 2));
  for (const block of checked) writeFileSync(join(folder, fileOf(block)), padded(block));

  const types = capture([programs.tsc, '-p', folder, '--pretty', 'false']);
  return [
    ...(types.ok ? [] : [inPages(types.output.trimEnd(), folder, checked)]),
    ...checked.filter(({ mode }) => mode === 'run').flatMap((block) => runBlock(block, folder)),
  ];
};
