// Whether a package could be published as it lies here, after the build.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

type Manifest = Readonly<{
  name?: string;
  private?: boolean;
  license?: string;
  description?: string;
  exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}>;

const wantedConditions: ReadonlyArray<string> = ['types', 'default'];

const besidesExports = (folder: string, manifest: Manifest, licence: string): ReadonlyArray<string> => {
  const copy = join(folder, 'LICENSE');
  return [
    ...(manifest.private === true ? ['is private'] : []),
    ...(manifest.description === undefined ? ['has no description'] : []),
    ...(manifest.license === 'Apache-2.0' ? [] : ['is not under Apache-2.0']),
    ...(existsSync(join(folder, 'README.md')) ? [] : ['has no README.md']),
    ...(existsSync(copy) && readFileSync(copy, 'utf8') === licence ? [] : ['has no copy of LICENSE']),
  ];
};

const exported = (folder: string, { exports = {} }: Manifest): ReadonlyArray<string> =>
  Object.keys(exports).length === 0
    ? ['exports nothing']
    : Object.entries(exports).flatMap(([key, conditions]) => [
        ...wantedConditions
          .filter((condition) => conditions[condition] === undefined)
          .map((condition) => `exports["${key}"] has no ${condition}`),
        ...Object.values(conditions)
          .filter((target) => !existsSync(join(folder, target)))
          .map((target) => `exports["${key}"] names ${target}, which is not there`),
      ]);

/** What keeps a package from being published, each as `name: words`. `licence` is the text of the root LICENSE. */
export const checkPackage = async (folder: string, licence: string): Promise<ReadonlyArray<string>> => {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const own = [...besidesExports(folder, manifest, licence), ...exported(folder, manifest)];
  // npm packs, as on the day of publishing: what `files` leaves out counts as not there.
  const { messages } = await publint({ pkgDir: folder, pack: 'npm', strict: true });
  const linted = messages.map(
    (message) => formatMessage(message, manifest, { color: false }) ?? message.code,
  );
  return [...own, ...linted].map((words) => `${manifest.name ?? folder}: ${words}`);
};
