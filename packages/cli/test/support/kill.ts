/** Runs commands in processes of their own, and kills them at a moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly isKilled: boolean;
  /** Milliseconds from its beginning to its end. */
  readonly took: number;
  readonly err: string;
}

/** Runs a command; after `milliseconds` from its beginning it gets a SIGKILL, if it is still there. */
export const runAndKill = async (
  words: ReadonlyArray<string>,
  milliseconds?: number,
  shell?: string,
): Promise<Ended> => {
  const node = ['--conditions=mandate-source', '--import', 'tsx', child, ...words];
  const [program, args] =
    shell === undefined
      ? [process.execPath, node]
      : ['bash', ['-c', `${shell}; exec "$0" "$@"`, process.execPath, ...node]];
  const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  started.stderr.on('data', (text) => {
    err += text;
  });
  const over = once(started, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  await Promise.race([once(started.stdout, 'data'), over]);
  const began = performance.now();
  started.stdout.resume();
  if (milliseconds !== undefined) {
    await Promise.race([pause(milliseconds), over]);
    started.kill('SIGKILL');
  }
  const [exit, signal] = await over;
  return { exit, isKilled: signal === 'SIGKILL', took: performance.now() - began, err };
};
