import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { frame, frames } from '../../src/virtual-card/vpcd-frames.js';
import { hex, octets } from './support.js';

/** A reader that a card can connect to, as vpcd is one. */
export interface FakeVpcd {
  readonly port: number;
  /** The next card that comes. */
  readonly card: () => Promise<Inserted>;
  readonly close: () => Promise<void>;
}

export interface Inserted {
  /** Sends a message and takes none back. */
  readonly tell: (message: string) => void;
  /** Sends a message and waits for what comes, both in hexadecimal; `gone` when the card leaves instead. */
  readonly ask: (message: string) => Promise<string>;
  /** As vpcd does: length and message apart. */
  readonly askInParts: (message: string) => Promise<string>;
  readonly gone: Promise<unknown>;
  readonly drop: () => void;
}

const inserted = (socket: Socket): Inserted => {
  const take = frames();
  const heard: string[] = [];
  const waiting: ((answer: string) => void)[] = [];
  socket.on('data', (data) => {
    for (const message of take(data)) {
      const answer = waiting.shift();
      if (answer === undefined) heard.push(hex(message));
      else answer(hex(message));
    }
  });
  socket.on('error', () => {});
  const gone = once(socket, 'close');
  const answered = (): Promise<string> =>
    Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), gone.then(() => 'gone')]);
  return {
    tell: (message) => socket.write(frame(octets(message))),
    ask: (message) => {
      socket.write(frame(octets(message)));
      return answered();
    },
    askInParts: (message) => {
      const whole = frame(octets(message));
      socket.write(whole.subarray(0, 2));
      setImmediate(() => socket.write(whole.subarray(2)));
      return answered();
    },
    gone,
    drop: () => socket.destroy(),
  };
};

export const fakeVpcd = async (port = 0): Promise<FakeVpcd> => {
  const came: Inserted[] = [];
  const waiting: ((card: Inserted) => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const card = inserted(socket);
    const wanted = waiting.shift();
    if (wanted === undefined) came.push(card);
    else wanted(card);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    card: async () => came.shift() ?? (await new Promise((resolve) => waiting.push(resolve))),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
