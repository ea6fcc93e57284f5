import { fileURLToPath } from 'node:url';
import type { StoreHarness } from '../../src/conformance/index.js';
import { sqliteEventStore } from '../../src/index.js';
import { freshFile } from './directory.js';
import { right } from './right.js';
import { spawnWriter } from './writer.js';

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));

/** Runs the kit against `sqliteEventStore`. */
export const sqliteHarness = (): StoreHarness => {
  let file = '';
  const open = () => right(sqliteEventStore({ file, pollMilliseconds: 5 }));
  return {
    open: () => {
      file = freshFile();
      return open();
    },
    reopen: open,
    openAnother: open,
    spawnWriter: async (tag) => spawnWriter(child, file, tag),
  };
};
