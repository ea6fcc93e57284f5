/**
 * Folders for tests, removed when the process ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A path in a new folder of its own. */
export const freshFile = (name = 'read-models.db'): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-projections-'));
  folders.push(folder);
  return join(folder, name);
};
