/** A terminal that remembers what was written to it, and a command line run on it. */
import { type ExitCode, runCommandLine, type Terminal } from '../../src/index.js';

export interface Ran {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
export const mandate = async (words: ReadonlyArray<string>, parts: Partial<Terminal> = {}): Promise<Ran> => {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isInteractive: false,
    columns: 80,
    env: { LANG: 'en_GB.UTF-8' },
    now: () => 0,
    ...parts,
  };
  const exit = await runCommandLine(words, terminal);
  return { exit, out, err };
};

/** The same with `--json`; answers what was printed. */
export const mandateJson = async (
  words: ReadonlyArray<string>,
): Promise<Readonly<Record<string, unknown>> & { readonly exit: ExitCode }> => {
  const { exit, out } = await mandate([...words, '--json']);
  return { exit, ...JSON.parse(out) };
};
