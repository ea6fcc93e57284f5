/** A fresh process and an empty folder for each measurement. */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FiguresOf, MeasurementName, ParamsOf } from '../measurements.js';

const worker = fileURLToPath(new URL('../worker.ts', import.meta.url));

/** On the disk of the repository, for all measurements alike. */
export const workplace = fileURLToPath(new URL('../../../.cache/bench/', import.meta.url));

const cleanUps = new Set<string>();
process.on('exit', () => {
  for (const folder of cleanUps) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder, gone when the process ends. */
export const emptyFolder = (): string => {
  mkdirSync(workplace, { recursive: true });
  const folder = mkdtempSync(join(workplace, 'run-'));
  cleanUps.add(folder);
  return folder;
};

export const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
  cleanUps.delete(folder);
};

/** Takes one measurement. */
export type Measure = <N extends MeasurementName>(name: N, params: ParamsOf<N>) => Promise<FiguresOf<N>>;

/** Measures in a child process. Rejects when the child fails; what it printed is in the message. */
export const measureInChild: Measure = async <N extends MeasurementName>(name: N, params: ParamsOf<N>) => {
  const folder = emptyFolder();
  try {
    return await new Promise<FiguresOf<N>>((resolve, reject) => {
      // stdout is left out: a peer prints its faults there.
      const child = fork(worker, [name, folder, JSON.stringify(params)], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      let errors = '';
      let figures: FiguresOf<N> | undefined;
      child.stderr?.on('data', (part: Buffer) => {
        errors = `${errors}${part.toString()}`.slice(-4000);
      });
      child.on('message', (message) => {
        figures = message as FiguresOf<N>;
      });
      child.on('error', reject);
      child.on('close', (code) => {
        if (figures !== undefined) resolve(figures);
        else reject(new Error(`${name} ended with ${code}: ${errors.trim()}`));
      });
    });
  } finally {
    removeFolder(folder);
  }
};

/** The kind of file system under a folder, such as `ext4`; `unknown` where the system does not tell. */
export const fileSystemOf = (folder: string): string => {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, at]) => at !== undefined && `${folder}/`.startsWith(at === '/' ? '/' : `${at}/`));
    const nearest = mounts.sort((a, b) => (b[1]?.length ?? 0) - (a[1]?.length ?? 0))[0];
    return nearest?.[2] ?? 'unknown';
  } catch {
    return 'unknown';
  }
};
