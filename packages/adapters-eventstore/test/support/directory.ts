import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: Array<string> = [];

/** A new directory that goes when the tests of this process are over. */
export const freshDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'mandate-'));
  if (made.length === 0) {
    process.once('exit', () => {
      for (const each of made) rmSync(each, { recursive: true, force: true });
    });
  }
  made.push(directory);
  return directory;
};

/** A path in a new directory. */
export const freshFile = (name = 'events.db'): string => join(freshDirectory(), name);
