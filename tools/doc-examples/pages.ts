// The pages whose code must hold.
import { existsSync, readFileSync } from 'node:fs';
import { absolute, filesUnder, foldersIn } from '../lib/repository.js';
import { type Page, readPage } from './blocks.js';
import { brokenLinks } from './links.js';

const isMarkdown = (path: string): boolean => path.endsWith('.md');

const paths = (): ReadonlyArray<string> => [
  ...filesUnder('', (path) => isMarkdown(path) && !path.includes('/')),
  ...filesUnder('docs', isMarkdown),
  ...[...foldersIn('packages'), ...foldersIn('examples'), 'bench'].flatMap((folder) =>
    filesUnder(folder, (path) => isMarkdown(path) && !path.slice(folder.length + 1).includes('/')),
  ),
];

/** The code blocks of all pages, and what is wrong with a mark or a link. */
export const readPages = (): Page => {
  const pages = paths().map((path) => {
    const text = readFileSync(absolute(path), 'utf8');
    const { blocks, problems } = readPage(path, text);
    const links = brokenLinks(path, text, (target) => existsSync(absolute(target)));
    return { blocks, problems: [...problems, ...links] };
  });
  return {
    blocks: pages.flatMap(({ blocks }) => blocks),
    problems: pages.flatMap(({ problems }) => problems),
  };
};
