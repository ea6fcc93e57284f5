// docs/coverage.md: every item of the checklist beside the tests that name it.
import { itemsIn, type TestName } from './names.js';

export type Item = Readonly<{ id: string; kind: string; title: string }>;

/** `now`: the families whose items are worked on; the others come later. */
export type Checklist = Readonly<{ now: ReadonlyArray<string>; items: ReadonlyArray<Item> }>;

export type Coverage = ReadonlyMap<string, ReadonlyArray<TestName>>;

const familyOf = (id: string): string => id.slice(0, id.indexOf('-'));

/** Items by the tests that name them, in the order of the tests. */
export const coverageOf = (names: ReadonlyArray<TestName>): Coverage => {
  const coverage = new Map<string, TestName[]>();
  for (const name of names) {
    for (const item of new Set(itemsIn(name.name))) {
      const found = coverage.get(item);
      if (found === undefined) coverage.set(item, [name]);
      else found.push(name);
    }
  }
  return coverage;
};

/** Items that must have a test by now and have none: kind D of GEPI. */
export const missing = ({ items }: Checklist, coverage: Coverage): ReadonlyArray<Item> =>
  items.filter(({ id, kind }) => familyOf(id) === 'GEPI' && kind === 'D' && !coverage.has(id));

/** Numbers in test names that no item has: a slip of the pen. */
export const unknown = ({ items }: Checklist, coverage: Coverage): ReadonlyArray<string> => {
  const ids = new Set(items.map(({ id }) => id));
  return [...coverage].flatMap(([id, tests]) =>
    ids.has(id) ? [] : tests.map(({ file, line }) => `${file}:${line}: ${id} is not in the checklist`),
  );
};

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const testsCell = (tests: ReadonlyArray<TestName>, isNow: boolean): string => {
  if (tests.length === 0) return isNow ? 'none' : 'later';
  const byFile = new Map<string, string[]>();
  for (const { file, name } of tests) byFile.set(file, [...(byFile.get(file) ?? []), name]);
  return [...byFile]
    .map(([file, found]) => `\`${file}\`: ${found.map((name) => inCell(name)).join('; ')}`)
    .join('<br>');
};

const kinds = `- **D**: certificates and delegation: built here.
- **P**: a general pattern that a D item needs.
- **H**: help data: carried by the portal's policy pack.
- **B**: the portal's own business: not built here.
- **X**: a fact that all portals share.`;

/** The page as text. The same tests make the same page. */
export const renderPage = ({ now, items }: Checklist, coverage: Coverage): string => {
  const rows = items.map(({ id, kind, title }) => {
    const cell = testsCell(coverage.get(id) ?? [], now.includes(familyOf(id)));
    return `| ${id} | ${kind} | ${inCell(title)} | ${cell} |`;
  });
  const covered = items.filter(({ id }) => coverage.has(id)).length;
  return `# Checklist and tests

What the portals' manuals ask for, item by item, and the tests that name the item. Made by
\`node tools/coverage.mjs --write\` from the names of the tests; \`npm test\` fails when it is out of date.

${kinds}

${covered} of ${items.length} items have a test. \`none\` has no test yet; \`later\` is not worked on yet.

| Item | Kind | What | Tests |
|---|---|---|---|
${rows.join('\n')}
`;
};
