// The pages whose code must hold.
import { readFileSync } from 'node:fs';
import { absolute, filesUnder, foldersIn } from '../lib/repository.js';
import { type Page, readPage } from './blocks.js';

const isMarkdown = (path: string): boolean => path.endsWith('.md');

const paths = (): ReadonlyArray<string> => [
  ...filesUnder('', (path) => isMarkdown(path) && !path.includes('/')),
  ...filesUnder('docs', isMarkdown),
  ...[...foldersIn('packages'), ...foldersIn('examples'), 'bench'].flatMap((folder) =>
    filesUnder(folder, (path) => isMarkdown(path) && !path.slice(folder.length + 1).includes('/')),
  ),
];

export const readPages = (): Page => {
  const pages = paths().map((path) => readPage(path, readFileSync(absolute(path), 'utf8')));
  return {
    blocks: pages.flatMap(({ blocks }) => blocks),
    problems: pages.flatMap(({ problems }) => problems),
  };
};
