// A program of this repository, once it is built. Plain JavaScript: it is used before anything is built.
import { spawn } from 'node:child_process';
import { repository } from './install.mjs';

/**
 * Runs a built program in `folder` and ends as it ends.
 *
 * @type {(program: ReadonlyArray<string>, folder?: string) => void}
 */
export const runProgram = (program, folder = repository) => {
  const child = spawn(process.execPath, program, { cwd: folder, stdio: 'inherit' });
  // A terminal sends Ctrl-C to both: the program ends in its own time, and this one after it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
};
