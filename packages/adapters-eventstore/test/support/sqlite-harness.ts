import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StoreHarness, WriterProcess } from '../../src/conformance/index.js';
import { sqliteEventStore } from '../../src/index.js';
import { freshFile } from './directory.js';
import { right } from './right.js';

const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));

const spawnWriter = async (file: string, tag: string): Promise<WriterProcess> => {
  const writer = spawn(
    process.execPath,
    ['--conditions=mandate-source', '--import', 'tsx', child, file, tag],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(writer, 'exit');
  return {
    lines: createInterface({ input: writer.stdout }),
    kill: async () => {
      writer.kill('SIGKILL');
      await gone;
    },
  };
};

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
    spawnWriter: (tag) => spawnWriter(file, tag),
  };
};
