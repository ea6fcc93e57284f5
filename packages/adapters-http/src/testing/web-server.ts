/**
 * A web server for tests, on this machine alone: a reply for each path, and a count of who came.
 *
 * @packageDocumentation
 */
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Reply, type SeenRequest, status } from './replies.js';

export interface WebServer {
  readonly port: number;
  /** `http://127.0.0.1:<port><path>`, or another host that leads here. */
  readonly uri: (path: string, host?: string) => string;
  /** From now on, at this path; a path without a reply answers 404. */
  readonly serve: (path: string, reply: Reply) => void;
  /** All that was asked of a path. */
  readonly seen: (path: string) => ReadonlyArray<SeenRequest>;
  /** Connections that are open now. */
  readonly connections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface WebServerOptions {
  /** PEM; makes it https. With `clients` only who shows a certificate under one of those is let in. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly clients?: string };
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** A promise that rejects is a machine without a free port. */
export const startWebServer = async ({ tls }: WebServerOptions = {}): Promise<WebServer> => {
  const replies = new Map<string, Reply>();
  const requests: SeenRequest[] = [];
  const listener: RequestListener = (incoming, response) => {
    const chunks: Uint8Array[] = [];
    incoming.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    incoming.on('error', () => {});
    response.on('error', () => {});
    incoming.on('end', () => {
      const path = incoming.url ?? '/';
      const { headers, method = '' } = incoming;
      const request = { method, path, headers, body: new Uint8Array(Buffer.concat(chunks)) };
      requests.push(request);
      (replies.get(path) ?? status(404))(request, response);
    });
  };
  const clients = tls?.clients === undefined ? {} : { ca: tls.clients, requestCert: true };
  const server = tls === undefined ? createHttp(listener) : createHttps({ ...tls, ...clients }, listener);
  // A client that goes away in the middle is what many of these tests are about.
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listening(server);
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    port,
    uri: (path, host = '127.0.0.1') => `${scheme}://${host}:${port}${path}`,
    serve: (path, reply) => {
      replies.set(path, reply);
    },
    seen: (path) => requests.filter((request) => request.path === path),
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
