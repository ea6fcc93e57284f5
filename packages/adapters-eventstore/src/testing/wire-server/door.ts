/**
 * The door in front of the test server: plain TCP, so that sockets can be cut, slowed, or left open and silent.
 *
 * @packageDocumentation
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The door. */
export interface Door {
  readonly port: number;
  /** Ends all connections at once, without a word; new ones may come. */
  readonly cut: () => void;
  /** Lets nothing through in either direction, and closes nothing: both sides believe that the other is there. */
  readonly stall: () => void;
  /** Lets through again what came in the meantime. */
  readonly resume: () => void;
  /** Holds every chunk back for so long, in both directions. 0 for not at all. */
  readonly slow: (milliseconds: number) => void;
  /** Refuses new connections, or takes them again. */
  readonly refuse: (refusing: boolean) => void;
  readonly close: () => Promise<void>;
}

/** Opens a {@link Door} to a port of this machine. */
export const openDoor = async (target: number, port = 0): Promise<Door> => {
  const sockets = new Set<Socket>();
  let stalled = false;
  let refusing = false;
  let delay = 0;

  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const pass = (from: Socket, to: Socket): void => {
    let held: Promise<void> = Promise.resolve();
    let holding = 0;
    from.on('data', (chunk) => {
      // What comes while something is held back waits behind it: a connection never changes the order.
      if (delay === 0 && holding === 0) {
        to.write(chunk);
        return;
      }
      const until = new Promise<void>((resolve) => setTimeout(resolve, delay));
      holding += 1;
      held = held.then(async () => {
        await until;
        holding -= 1;
        if (!to.destroyed) to.write(chunk);
      });
    });
    from.on('close', () => to.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (refusing) {
      client.destroy();
      return;
    }
    const inner = connect(target, '127.0.0.1');
    keep(inner);
    pass(client, inner);
    pass(inner, client);
    if (stalled) for (const socket of [client, inner]) socket.pause();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stall: () => {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    slow: (milliseconds) => {
      delay = milliseconds;
    },
    refuse: (value) => {
      refusing = value;
    },
    close: async () => {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
};
