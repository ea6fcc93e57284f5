/** One connection, on which the next request goes out when the last was answered. */
import { connect } from 'node:net';
import type { Script } from './targets.js';
import { answerReader, type WireAnswer } from './wire.js';

/** What a connection tells of itself. */
export interface Watcher {
  /** A right answer, with the milliseconds that it took. */
  readonly onAnswer: (milliseconds: number) => void;
  /** What was wrong; the connection is given up. */
  readonly onError: (what: string) => void;
}

export interface ConnectionOptions {
  readonly port: number;
  readonly script: Script;
  readonly watcher: Watcher;
  /** Asked before each request; false ends the connection. */
  readonly goesOn: () => boolean;
  /** An answer that takes longer is an error. */
  readonly deadlineMilliseconds: number;
}

const wrongWith = (
  { status, mark }: Script,
  [answer, ...others]: ReadonlyArray<WireAnswer>,
): string | undefined => {
  if (answer === undefined || others.length > 0) return 'more answers than requests';
  return answer.status === status && answer.body.includes(mark)
    ? undefined
    : `${answer.status} ${answer.body.toString('utf8', 0, 300)}`;
};

/** Ends by itself: by `goesOn`, by an error, or by a deadline. Never rejects. */
export const runConnection = (options: ConnectionOptions): Promise<void> =>
  new Promise((resolve) => {
    const { port, script, watcher, goesOn, deadlineMilliseconds } = options;
    const read = answerReader();
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let sentAt = 0;
    let over = false;
    const finish = (error?: string): void => {
      if (over) return;
      over = true;
      if (error !== undefined) watcher.onError(error);
      socket.destroy();
      resolve();
    };
    const send = (): void => {
      if (goesOn()) {
        const octets = script.next();
        sentAt = performance.now();
        socket.write(octets);
      } else finish();
    };
    const take = (answers: ReadonlyArray<WireAnswer>): void => {
      const wrong = wrongWith(script, answers);
      if (wrong === undefined) {
        watcher.onAnswer(performance.now() - sentAt);
        send();
      } else finish(wrong);
    };
    socket.setTimeout(deadlineMilliseconds, () => finish('no answer in time'));
    socket.on('connect', send);
    socket.on('data', (part) => {
      try {
        const answers = read(part);
        if (answers.length > 0) take(answers);
      } catch (error) {
        finish(String(error));
      }
    });
    socket.on('error', (error) => finish(String(error)));
    socket.on('close', () => finish('closed by the server'));
  });
