// What the checklist check finds in this repository, and the page it writes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { absolute } from '../lib/repository.js';
import { findTests } from '../runner/find.js';
import { testNames } from './names.js';
import { type Checklist, coverageOf, missing, renderPage, unknown } from './page.js';

const pagePath = 'docs/coverage.md';

const readText = (path: string): string => readFileSync(absolute(path), 'utf8');

/** Tests of the tools speak of the checklist in their own examples: they prove nothing about it. */
const provingTests = (): ReadonlyArray<string> => findTests([]).filter((path) => !path.startsWith('tools/'));

const read = () => {
  const checklist: Checklist = JSON.parse(readText('tools/coverage/checklist.json'));
  const coverage = coverageOf(provingTests().flatMap((path) => testNames(path, readText(path))));
  return { checklist, coverage, page: renderPage(checklist, coverage) };
};

export const writePage = (): void => writeFileSync(absolute(pagePath), read().page);

/** What is wrong, in words. */
export const checkChecklist = (): ReadonlyArray<string> => {
  const { checklist, coverage, page } = read();
  const present = existsSync(absolute(pagePath)) ? readText(pagePath) : '';
  return [
    ...missing(checklist, coverage).map(({ id, title }) => `${id} has no test that names it: ${title}`),
    ...unknown(checklist, coverage),
    ...(present === page ? [] : [`${pagePath} is out of date: node tools/coverage.mjs --write`]),
  ];
};

if (process.argv[1]?.endsWith('coverage/main.ts') === true) {
  if (process.argv.includes('--write')) writePage();
  const problems = checkChecklist();
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
