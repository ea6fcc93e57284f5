// One test file in a process of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ReportEvent, reportVariable } from './events.js';
import { type Ending, judge, type Verdict } from './judge.js';
import { keyPoolVariable } from './key-pool.js';

const preload = new URL('./child/preload.ts', import.meta.url).href;
const repository = fileURLToPath(new URL('../../', import.meta.url));

export type FileRun = Verdict & Readonly<{ file: string; output: string; seconds: number }>;

export type RunOptions = Readonly<{
  /** Where V8 writes its coverage; none is taken without it. */
  coverageFolder?: string;
  /** RSA keys for the file, as {@link makeKeyPool} writes them; it makes its own without. */
  keyPool?: string;
  /** Seconds in which a process must record something new; a guard against a run that never ends. */
  patience: number;
}>;

const parseEvents = (text: string): ReadonlyArray<ReportEvent> =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): ReportEvent => JSON.parse(line));

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (found) => found.size,
    () => 0,
  );

const runProcess = (
  file: string,
  report: string,
  options: RunOptions,
): Promise<{ ending: Ending; output: string }> =>
  new Promise((resolve) => {
    const flags = ['--conditions=mandate-source', '--import', 'tsx', '--import', preload];
    const child = spawn(process.execPath, [...flags, file], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...(process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? { FORCE_COLOR: '1' } : {}),
        ...(options.coverageFolder === undefined ? {} : { NODE_V8_COVERAGE: options.coverageFolder }),
        ...(options.keyPool === undefined ? {} : { [keyPoolVariable]: options.keyPool }),
        [reportVariable]: report,
      },
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));

    let seen = 0;
    let silentSince = Date.now();
    let gaveUp = false;
    const watch = setInterval(async () => {
      const size = await sizeOf(report);
      if (size !== seen) {
        seen = size;
        silentSince = Date.now();
      } else if (Date.now() - silentSince > options.patience * 1000) {
        gaveUp = true;
        child.kill('SIGKILL');
      }
    }, 250);

    const settle = (code: number | null, signal: string | null): void => {
      clearInterval(watch);
      resolve({
        ending: { code, signal, ...(gaveUp ? { silentFor: options.patience } : {}) },
        output: Buffer.concat(output).toString('utf8'),
      });
    };
    child.on('error', (error) => {
      output.push(Buffer.from(String(error)));
      settle(1, null);
    });
    // What a test started may outlive it and hold its output open: the test file is over when its process is.
    child.on('exit', () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, 2000).unref();
    });
    child.on('close', settle);
  });

/** Runs one test file (a path from the repository root, or an absolute one) and judges what came of it. */
export const runFile = async (file: string, options: RunOptions): Promise<FileRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-test-'));
  const report = join(folder, 'report.ndjson');
  const began = Date.now();
  try {
    const { ending, output } = await runProcess(file, report, options);
    const events = parseEvents(await readFile(report, 'utf8').catch(() => ''));
    return { ...judge(events, ending), file, output, seconds: (Date.now() - began) / 1000 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
