// Every import of every file against the plan of the house.
import { findCycles } from './cycles.js';
import { type Import, importsOf } from './imports.js';
import { placeOf } from './place.js';
import { isRelative, problemsOf, resolveRelative } from './rules.js';
import type { Package } from './workspace.js';

/** A file, or a code block of a page: `firstLine` is where its text begins in the file. */
export type Source = Readonly<{ path: string; text: string; firstLine?: number }>;

type Read = Readonly<{ source: Source; imports: ReadonlyArray<Import> }>;

const read = (source: Source): Read => {
  const offset = (source.firstLine ?? 1) - 1;
  const name = source.path.endsWith('.md') ? `${source.path}.ts` : source.path;
  return {
    source,
    imports: importsOf(name, source.text).map((one) => ({ ...one, line: one.line + offset })),
  };
};

const circles = (files: ReadonlyArray<Read>): ReadonlyArray<string> => {
  const edges = new Map(
    files.map(({ source, imports }) => [
      source.path,
      imports
        .filter((one) => isRelative(one.specifier))
        .map((one) => resolveRelative(source.path, one.specifier)),
    ]),
  );
  return findCycles(edges).map((cycle) => {
    const [first = '', second = first] = cycle;
    const imports = files.find(({ source }) => source.path === first)?.imports ?? [];
    const closing = imports.find(
      (one) => isRelative(one.specifier) && resolveRelative(first, one.specifier) === second,
    );
    return `${first}:${closing?.line ?? 1}: a circle: ${[...cycle, first].join(' → ')}`;
  });
};

/** What is wrong, each as `file:line: words`, in the order of the files. */
export const check = (
  sources: ReadonlyArray<Source>,
  packages: ReadonlyArray<Package>,
): ReadonlyArray<string> => {
  const files = sources.map(read);
  const single = files.flatMap(({ source, imports }) => {
    const place = placeOf(source.path);
    return imports.flatMap(({ specifier, line }) =>
      problemsOf(source.path, place, specifier, packages).map((words) => `${source.path}:${line}: ${words}`),
    );
  });
  return [...single, ...circles(files.filter(({ source }) => !source.path.endsWith('.md')))];
};
