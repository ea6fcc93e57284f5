import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { WriterProcess } from '../../src/conformance/index.js';

/** A process that appends until it is killed. `program`: the file that does it, with what it is told. */
export const spawnWriter = (program: string, ...told: ReadonlyArray<string>): WriterProcess => {
  const flags = ['--conditions=mandate-source', '--import', 'tsx'];
  const writer = spawn(process.execPath, [...flags, program, ...told], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(writer, 'exit');
  return {
    lines: createInterface({ input: writer.stdout }),
    kill: async () => {
      writer.kill('SIGKILL');
      await gone;
    },
  };
};
