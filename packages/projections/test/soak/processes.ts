/** Processes that are killed, stopped for a while, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Process {
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
  readonly tell: (order: object) => void;
  /** Waits until it ends by itself; its exit code. */
  readonly ended: () => Promise<number | null>;
}

export interface ProcessOptions {
  readonly program: string;
  /** Asked anew for each start. */
  readonly told: () => ReadonlyArray<string>;
  readonly onLine?: (line: string) => void;
  /** The line that says that it can be used. */
  readonly readyAt?: RegExp;
  /** Called when it ends and nobody killed it. */
  readonly onBroken: (what: string) => void;
}

export const processOf = ({ program, told, onLine, readyAt, onBroken }: ProcessOptions): Process => {
  let child: ChildProcess | undefined;
  let over: Promise<number | null> = Promise.resolve(0);
  let isKilled = false;
  return {
    start: async () => {
      isKilled = false;
      const file = fileURLToPath(new URL(program, import.meta.url));
      const started = spawn(
        process.execPath,
        ['--conditions=mandate-source', '--import', 'tsx', file, ...told()],
        { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
      );
      child = started;
      let errors = '';
      started.stderr?.on('data', (part) => {
        errors = `${errors}${part}`.slice(-2000);
      });
      // A message to a process that is just dying is lost with it.
      started.on('error', () => {});
      over = once(started, 'close').then(([code]) => {
        if (!isKilled && code !== 0) onBroken(`${program} ended with ${code}: ${errors}`);
        return code as number | null;
      });
      if (started.stdout === null) throw new Error('no output');
      const lines = createInterface({ input: started.stdout });
      const ready = new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          if (readyAt?.test(line) === true) resolve();
          onLine?.(line);
        });
      });
      if (readyAt !== undefined) await Promise.race([ready, over]);
    },
    kill: async () => {
      isKilled = true;
      child?.kill('SIGKILL');
      await over;
    },
    signal: (signal) => void child?.kill(signal),
    tell: (order) => {
      if (child?.connected === true) child.send(order, () => {});
    },
    ended: () => over,
  };
};
