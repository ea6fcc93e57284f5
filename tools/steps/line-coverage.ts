// Lines of the pure packages that the tests ran, from what V8 wrote in the processes of their tests.
import { readFileSync, rmSync } from 'node:fs';
import { programs, show } from '../lib/command.js';
import { add, nothing, type Outcome, oneFailed, onePassed } from '../lib/outcome.js';
import { absolute, filesUnder } from '../lib/repository.js';
import { hasNoCode } from '../lib/syntax.js';

/** Where test processes write what V8 counted. */
const v8Folder = absolute('coverage/v8');

const packages: ReadonlyArray<string> = ['packages/certificates', 'packages/domain'];
const least = '95';

/** Whose tests are there to run these lines; what others happen to run beside their own proves nothing, and takes its time. */
const counted: ReadonlyArray<string> = [...packages, 'examples/gepi', 'examples/renewal', 'examples/packs'];

export const coverageFolderOf = (file: string): string | undefined =>
  counted.some((folder) => file.startsWith(`${folder}/`)) ? v8Folder : undefined;

export const clearCoverage = (): void => rmSync(absolute('coverage'), { recursive: true, force: true });

// A file of types only is never loaded, so V8 cannot have seen it.
const withoutCode = (folder: string): ReadonlyArray<string> =>
  filesUnder(folder, (path) => path.endsWith('.ts')).filter((path) =>
    hasNoCode(path, readFileSync(absolute(path), 'utf8')),
  );

const check = (folder: string): Outcome => {
  console.log(`\n${folder}/src, at least ${least} % of the lines; files with a gap:`);
  const args = [
    ['report', '--temp-directory', v8Folder, '--reports-dir', absolute('coverage/report')],
    ['--all', '--src', `${folder}/src`, '--include', `${folder}/src/**`],
    ['--exclude-after-remap', '--reporter', 'text', '--skip-full'],
    ['--check-coverage', '--lines', least, '--functions', '0', '--branches', '0', '--statements', '0'],
    ...withoutCode(`${folder}/src`).map((path) => ['--exclude', path]),
  ];
  return show([programs.c8, ...args.flat()]) ? onePassed : oneFailed;
};

export const lineCoverage = async (): Promise<Outcome> => packages.map(check).reduce(add, nothing);
