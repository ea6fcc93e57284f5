/** The address that a started agent tells of itself, as soon as it has. */
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

export const addressOf = (program: ChildProcessByStdio<null, Readable, Readable>): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    program.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      const [address] = /http:\/\/localhost:\d+/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    program.on('exit', () => reject(new Error(`ended: ${text}`)));
  });
