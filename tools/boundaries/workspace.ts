// The packages of the workspace, as their package.json tells them.
import { existsSync, readFileSync } from 'node:fs';
import { absolute, foldersIn } from '../lib/repository.js';

export type Package = Readonly<{
  name: string;
  /** From the repository root; empty for the root itself. */
  folder: string;
  /** The keys of `exports`: what others may import. */
  exports: ReadonlyArray<string>;
  dependencies: ReadonlyArray<string>;
  devDependencies: ReadonlyArray<string>;
}>;

type Manifest = Readonly<{
  name: string;
  exports?: Readonly<Record<string, unknown>>;
  dependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
  optionalDependencies?: Readonly<Record<string, string>>;
  devDependencies?: Readonly<Record<string, string>>;
}>;

const read = (folder: string): Package => {
  const manifest: Manifest = JSON.parse(readFileSync(absolute(`${folder}/package.json`), 'utf8'));
  return {
    name: manifest.name,
    folder,
    exports: Object.keys(manifest.exports ?? {}),
    dependencies: Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    }),
    devDependencies: Object.keys(manifest.devDependencies ?? {}),
  };
};

export const workspace = (): ReadonlyArray<Package> =>
  ['', ...foldersIn('packages'), ...foldersIn('examples'), ...foldersIn('tools'), 'bench']
    .filter((folder) => existsSync(absolute(`${folder}/package.json`)))
    .map(read);
