/**
 * What a command writes to and reads from, so that tests can stand in for a terminal.
 *
 * @packageDocumentation
 */
import type { Language } from '../messages.js';

export interface Terminal {
  /** Standard output: answers. Resolves when it was taken. */
  readonly out: (text: string) => Promise<void>;
  /** Standard error: messages and progress. */
  readonly err: (text: string) => void;
  /** True where standard error is a terminal that a line can be drawn over. */
  readonly isInteractive: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; for rates alone. */
  readonly now: () => number;
}

/** The language that the environment asks for: MANDATE_LANG before LC_ALL, LC_MESSAGES and LANG. */
export const languageOf = (env: Terminal['env']): Language => {
  const asked = env['MANDATE_LANG'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return asked.toLowerCase().startsWith('zh') ? 'zh-TW' : 'en';
};

/** The terminal of this process. */
export const processTerminal = (): Terminal => {
  // Whoever writes is told what became of it; a stream that nobody listens to would end the process with a trace of its stack.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    out: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => {
          if (error == null) resolve();
          else reject(error);
        });
      }),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY === true,
    // A window may be made larger or smaller meanwhile.
    get columns() {
      return process.stderr.columns ?? 80;
    },
    env: process.env,
    now: () => performance.now(),
  };
};
