/**
 * One portal for each data folder: a socket beside it, which the system closes when the program ends, however it ends.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { mkdirSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { messageOf, type StartFault, startFault } from './fault.js';

export interface FolderLock {
  /** What a second start is told: where the first one is to be found. */
  readonly tell: (address: string) => void;
  readonly release: () => Promise<void>;
}

/** The path of a socket has no more than about 100 octets, wherever the data lie. */
const longest = 100;

const pathOf = (folder: string): string => {
  const name = `mandate-portal-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const beside = `${folder}.lock`;
  return Buffer.byteLength(beside) <= longest ? beside : join(tmpdir(), name);
};

/** What the holder says; `undefined` where nobody holds it. */
const ask = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect(path);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
    });
    socket.on('end', () => resolve(said));
    socket.on('error', () => resolve(undefined));
  });

const listen = (server: Server, path: string): Promise<E.Either<NodeJS.ErrnoException, void>> =>
  new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(E.left(error));
    server.once('error', failed);
    server.listen(path, () => {
      server.off('error', failed);
      resolve(E.right(undefined));
    });
  });

const removeLeftOver = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else was quicker; listening will tell.
  }
};

/** Takes the folder, or says who has it. The folder itself need not exist. */
export const lockFolder = async (folder: string): Promise<E.Either<StartFault, FolderLock>> => {
  const path = pathOf(folder);
  try {
    mkdirSync(dirname(folder), { recursive: true });
  } catch (error) {
    return E.left(startFault('UNUSABLE', messageOf(error)));
  }
  let address = '';
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(address);
  });
  let listening = await listen(server, path);
  if (E.isLeft(listening) && listening.left.code === 'EADDRINUSE') {
    const said = await ask(path);
    if (said !== undefined) return E.left(startFault('IN_USE', said));
    removeLeftOver(path);
    listening = await listen(server, path);
  }
  if (E.isLeft(listening)) return E.left(startFault('UNUSABLE', messageOf(listening.left)));
  server.unref();
  return E.right({
    tell: (where) => {
      address = where;
    },
    release: () => new Promise((resolve) => server.close(() => resolve())),
  });
};
