/** What the tests of all measurements share. */
import { emptyFolder, type Measure, removeFolder } from '../src/lib/child.js';
import { measurements } from '../src/measurements.js';

/** Measures in this process: quicker, and nothing here asks how quick. */
export const measureHere: Measure = async (name, params) => {
  const folder = emptyFolder();
  try {
    const measure = measurements[name] as (folder: string, params: unknown) => Promise<never>;
    return await measure(folder, params);
  } finally {
    removeFolder(folder);
  }
};

/** Every number in figures of any shape, with the way to it. */
export const numbersIn = (value: unknown, path = ''): ReadonlyArray<readonly [string, number]> => {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}/${key}`));
};
