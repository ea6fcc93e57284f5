// The steps that are one check each.
import { readFileSync } from 'node:fs';
import { check, type Source } from '../boundaries/check.js';
import { workspace } from '../boundaries/workspace.js';
import { checkChecklist } from '../coverage/main.js';
import { readPages } from '../doc-examples/pages.js';
import { verify } from '../doc-examples/verify.js';
import { programs, show } from '../lib/command.js';
import { type Outcome, oneFailed, onePassed, outcomeOf } from '../lib/outcome.js';
import { absolute, filesUnder, foldersIn } from '../lib/repository.js';
import { checkPackage } from '../publishable/check.js';

const shown = (args: ReadonlyArray<string>): Outcome => (show(args) ? onePassed : oneFailed);

export const formatAndLint = async (): Promise<Outcome> =>
  shown([programs.biome, 'check', '--error-on-warnings', '.']);

export const typesAndBuild = async (): Promise<Outcome> => shown([programs.tsc, '-b']);

// What the measurements compare with is no part of the house.
const isOurs = (path: string): boolean => path.endsWith('.ts') && !path.startsWith('bench/peers/');

export const boundaries = async (): Promise<Outcome> => {
  const files: ReadonlyArray<Source> = ['packages', 'examples', 'tools', 'bench']
    .flatMap((folder) => filesUnder(folder, isOurs))
    .map((path) => ({ path, text: readFileSync(absolute(path), 'utf8') }));
  const blocks: ReadonlyArray<Source> = readPages()
    .blocks.filter(({ mode }) => mode !== 'ignore')
    .map(({ path, line, code }) => ({ path, text: code, firstLine: line }));
  console.log(`  ${files.length} files and ${blocks.length} code blocks of pages`);
  return outcomeOf(check([...files, ...blocks], workspace()));
};

export const pages = async (): Promise<Outcome> => {
  const { blocks, problems } = readPages();
  const running = blocks.filter(({ mode }) => mode === 'run').length;
  console.log(`  ${blocks.length} code blocks, ${running} of them run`);
  return outcomeOf([...problems, ...verify(blocks)]);
};

export const coverageOfChecklist = async (): Promise<Outcome> => outcomeOf(checkChecklist());

export const publishable = async (): Promise<Outcome> => {
  const licence = readFileSync(absolute('LICENSE'), 'utf8');
  const problems: string[] = [];
  for (const folder of foldersIn('packages')) {
    problems.push(...(await checkPackage(absolute(folder), licence)));
  }
  return outcomeOf(problems);
};
