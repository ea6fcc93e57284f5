import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { WireServerOrder } from '../../../src/testing/wire-server/main.js';

const main = fileURLToPath(new URL('../../../src/testing/wire-server/main.ts', import.meta.url));

/** A test server in a process of its own, which can be killed and started again on the same port and file. */
export interface ServerProcess {
  readonly url: () => string;
  readonly start: () => Promise<void>;
  /** Orders something and waits until the process has it. */
  readonly order: (order: WireServerOrder) => Promise<void>;
  /** Ends it with SIGKILL. */
  readonly kill: () => Promise<void>;
  /** Waits until it is gone, by whatever hand. */
  readonly gone: () => Promise<void>;
}

/** Makes a {@link ServerProcess} that keeps what it acknowledged in a file; it is not started yet. */
export const serverProcess = (file: string): ServerProcess => {
  let port = '0';
  let child: ChildProcess | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<void> => {
    const started = spawn(
      process.execPath,
      ['--conditions=mandate-source', '--import', 'tsx', main, '--port', port, '--file', file],
      { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    );
    child = started;
    ended = once(started, 'exit');
    if (started.stdout === null) throw new Error('no output');
    for await (const line of createInterface({ input: started.stdout })) {
      const [, found] = /^listening (\d+)$/.exec(line) ?? [];
      if (found === undefined) continue;
      port = found;
      return;
    }
    throw new Error('the server did not start');
  };
  return {
    url: () => `esdb://127.0.0.1:${port}?tls=false`,
    start,
    order: async (order) => {
      if (child === undefined) throw new Error('not started');
      const heard = once(child, 'message');
      child.send(order);
      await heard;
    },
    kill: async () => {
      child?.kill('SIGKILL');
      await ended;
    },
    gone: async () => {
      await ended;
    },
  };
};
