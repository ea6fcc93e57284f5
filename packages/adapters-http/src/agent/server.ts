/** The limits of the server, whatever is sent to it. */
import { createServer, type RequestListener, type Server } from 'node:http';

/** A server that nobody can hold up: of slow or endless requests the connection is ended. */
export const serverOf = (listener: RequestListener): Server => {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, maxHeaderSize: 16_384, keepAliveTimeout: 5_000 },
    listener,
  );
  server.maxConnections = 1024;
  return server;
};
