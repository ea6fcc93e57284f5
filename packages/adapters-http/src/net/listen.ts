/** Begins to listen on an address. */
import type { Server } from 'node:http';

/** The address is held by somebody else, or cannot be listened on for another reason. */
export type ListenFaultCode = 'PORT_IN_USE' | 'LISTEN_FAILED';

/** `undefined` once the server listens, or why it does not. */
export const listen = (
  server: Server,
  host: string,
  port: number,
): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ host, port }, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });

export const listenFaultCode = ({ code }: NodeJS.ErrnoException): ListenFaultCode =>
  code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'LISTEN_FAILED';
