// Where things are: paths from the repository root, with forward slashes.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository root, with a separator at its end. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

export const absolute = (path: string): string => join(repository, path);

const passedOver = (name: string): boolean =>
  name.startsWith('.') || name === 'node_modules' || name === 'dist';

/** All files under a folder of the repository that nobody generates, sorted. A folder that is not there has none. */
export const filesUnder = (folder: string, accept: (path: string) => boolean): ReadonlyArray<string> => {
  if (!existsSync(absolute(folder))) return [];
  return readdirSync(absolute(folder), { withFileTypes: true })
    .filter((entry) => !passedOver(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesUnder(path, accept);
      return accept(path) ? [path] : [];
    })
    .sort();
};

/** The folders directly under a folder of the repository, sorted. */
export const foldersIn = (folder: string): ReadonlyArray<string> =>
  existsSync(absolute(folder))
    ? readdirSync(absolute(folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !passedOver(entry.name))
        .map((entry) => `${folder}/${entry.name}`)
        .sort()
    : [];
