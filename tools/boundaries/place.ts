// Where a file stands: in which part of the house, on which floor, and what it may reach by a relative path.

/** What a file is for; each kind has its own freedoms. */
export type Kind = 'source' | 'test' | 'tool' | 'docs';

export type Place = Readonly<{
  kind: Kind;
  /** The folder of the package the file belongs to, from the repository root; empty for the root. */
  folder: string;
  /** The folders that its relative imports may reach. */
  reach: ReadonlyArray<string>;
}>;

/** Floors: a package imports what is below it, never beside or above. `undefined` where nobody has decided. */
export const floorOf = (folder: string): number | undefined => {
  if (folder === 'packages/certificates') return 0;
  if (folder === 'packages/domain') return 1;
  if (folder === 'packages/projections' || folder.startsWith('packages/adapters-')) return 2;
  if (folder === 'packages/cli' || folder.startsWith('examples/') || folder === 'bench') return 3;
  return undefined;
};

/** Packages that must run in a browser: no Node API in their sources. */
export const isPure = (folder: string): boolean =>
  folder === 'packages/certificates' || folder === 'packages/domain';

const inPackage = /^((?:packages|examples)\/[^/]+|bench)\/(?:(src|test)\/)?/;

export const placeOf = (path: string): Place => {
  const [, folder, part] = inPackage.exec(path) ?? [];
  if (path.startsWith('docs/') || path.endsWith('.md')) {
    return { kind: 'docs', folder: 'tools/doc-examples', reach: [] };
  }
  if (folder === undefined) return { kind: 'tool', folder: '', reach: ['tools/'] };
  return part === 'test'
    ? { kind: 'test', folder, reach: [`${folder}/test/`, `${folder}/src/`] }
    : { kind: 'source', folder, reach: [part === 'src' ? `${folder}/src/` : `${folder}/`] };
};
