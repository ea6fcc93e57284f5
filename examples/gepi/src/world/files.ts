/**
 * Files that are whole or not there, whenever the program is killed.
 *
 * @packageDocumentation
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Ends the name of a file that is not finished yet. */
export const unfinished = '.part';

/** Writes a file readable by its owner alone, in one piece. */
export const writeWhole = (file: string, text: string): void => {
  const part = `${file}${unfinished}`;
  const handle = openSync(part, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
};

/** `undefined` where there is no such file; other faults are thrown. */
export const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** JSON, or `undefined` for anything else. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
