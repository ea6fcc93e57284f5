/** Readers who open a stream of changes, hear its beginning, and go away. */
import { connect } from 'node:net';
import type { ConnectionOptions } from './connection.js';
import type { Targets } from './targets.js';
import { octetsOf } from './wire.js';

export interface StreamsOptions extends Omit<ConnectionOptions, 'script'> {
  readonly targets: Targets;
}

/** One stream; answers what was wrong with it. */
const openOne = (port: number, octets: Buffer, deadlineMilliseconds: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let heard = '';
    const finish = (error?: string): void => {
      socket.destroy();
      resolve(error);
    };
    socket.setTimeout(deadlineMilliseconds, () => finish('no stream in time'));
    socket.on('connect', () => socket.write(octets));
    socket.on('data', (part: Buffer) => {
      heard += part.toString('latin1');
      if (heard.includes('retry: ')) finish(heard.startsWith('HTTP/1.1 200') ? undefined : heard);
      else if (heard.includes('\r\n\r\n') && !heard.startsWith('HTTP/1.1 200')) finish(heard.slice(0, 300));
    });
    socket.on('error', (error) => finish(String(error)));
    socket.on('close', () => finish('closed by the server'));
  });

/** Ends by itself, as a connection does. */
export const runStreams = async (options: StreamsOptions): Promise<void> => {
  const { port, targets, watcher, goesOn, deadlineMilliseconds } = options;
  const headers = { authorization: `Bearer ${targets.token}` };
  const octets = octetsOf({ method: 'GET', path: '/changes', headers });
  while (goesOn()) {
    const error = await openOne(port, octets, deadlineMilliseconds);
    if (error !== undefined) {
      watcher.onError(`stream: ${error}`);
      return;
    }
    watcher.onAnswer(0);
  }
};
