/**
 * A Node server for a `fetch` handler, which nobody can hold up by being slow, and which stops without cutting anybody off.
 *
 * @packageDocumentation
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type ListenFaultCode, listen, listenFaultCode } from '../net/listen.js';
import { noteServed } from '../server/own-server.js';
import { textOf } from '../server/text-response.js';
import { writeText } from './write-text.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface ServerOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** @defaultValue `127.0.0.1`: this machine alone */
  readonly host?: string;
  /** 0 takes any free one. @defaultValue 8080 */
  readonly port?: number;
  /** Until a request's head is there. @defaultValue 10,000 */
  readonly headersMilliseconds?: number;
  /** Until all of a request is there. @defaultValue 30,000 */
  readonly requestMilliseconds?: number;
  /** A connection without a request under way. @defaultValue 5,000 */
  readonly keepAliveMilliseconds?: number;
  /** A connection on which nothing moves, whatever is under way. @defaultValue 120,000 */
  readonly silentMilliseconds?: number;
  /** @defaultValue 16,384 */
  readonly headerBytes?: number;
  /** Of more at a time, those that come last are closed. @defaultValue 4,096 */
  readonly connections?: number;
  /** How long {@link RunningServer.stop} waits for what is under way. @defaultValue 10,000 */
  readonly graceMilliseconds?: number;
  /** Called when stopping begins: ends what is open for long, such as streams. */
  readonly onStop?: () => Promise<void>;
}

export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /**
   * Takes no more connections, finishes what is under way, and then ends; what is not over by then is cut off. A second call
   * waits for the same end.
   */
  readonly stop: () => Promise<void>;
}

/** The server does not listen. `detail` is English, for operators. */
export interface ServerFault {
  readonly _tag: 'ServerFault';
  readonly code: ListenFaultCode;
  readonly detail: string;
}

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** How often it is looked for connections that are late: Node's own half minute is longer than the times above. */
const lookMilliseconds = 1_000;

/** A request that is none, such as one with an impossible `Host`. Nobody is told more. */
const notUnderstood = (): Response =>
  new Response(null, { status: 400, headers: { 'cache-control': 'no-store', connection: 'close' } });

const faultOf = (error: NodeJS.ErrnoException): ServerFault => ({
  _tag: 'ServerFault',
  code: listenFaultCode(error),
  detail: error.message,
});

/** Two names of one host: Node hears the first, and whoever stands before it may have heard the other (RFC 9112 3.2). */
const hasTwoHosts = ({ rawHeaders }: IncomingMessage): boolean => {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts > 1;
};

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;

// -------------------------------------------------------------------------------------
// start and stop
// -------------------------------------------------------------------------------------

const stopping = async (
  server: Server,
  { graceMilliseconds = 10_000, onStop }: ServerOptions,
): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection whose last answer went out after the stop began is idle from then on.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  await onStop?.();
  await closed;
  clearInterval(idle);
  clearTimeout(late);
};

/** Listens. TLS is for what stands before it; see docs/http.md. */
export const startServer =
  (options: ServerOptions): TaskEither<ServerFault, RunningServer> =>
  async () => {
    const answer = getRequestListener(
      async (request, { incoming, outgoing }) => {
        noteServed(request, (incoming as IncomingMessage).socket.remoteAddress);
        const response = await options.fetch(request);
        const text = textOf(response);
        if (text === undefined) return response;
        writeText(outgoing as ServerResponse, response, text);
        return RESPONSE_ALREADY_SENT;
      },
      { overrideGlobalObjects: false, errorHandler: notUnderstood },
    );
    let stopped: Promise<void> | undefined;
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      if (stopped !== undefined) response.setHeader('connection', 'close');
      if (hasTwoHosts(request)) {
        response.writeHead(400, { 'cache-control': 'no-store', connection: 'close' }).end();
        return;
      }
      void answer(request, response);
    };
    const server = createServer(
      {
        headersTimeout: options.headersMilliseconds ?? 10_000,
        requestTimeout: options.requestMilliseconds ?? 30_000,
        keepAliveTimeout: options.keepAliveMilliseconds ?? 5_000,
        maxHeaderSize: options.headerBytes ?? 16_384,
        connectionsCheckingInterval: lookMilliseconds,
      },
      listener,
    );
    server.maxConnections = options.connections ?? 4_096;
    server.setTimeout(options.silentMilliseconds ?? 120_000);
    const fault = await listen(server, options.host ?? '127.0.0.1', options.port ?? 8080);
    if (fault !== undefined) return E.left(faultOf(fault));
    const address = server.address() as AddressInfo;
    return E.right({
      port: address.port,
      url: urlOf(address),
      stop: () => {
        stopped ??= stopping(server, options);
        return stopped;
      },
    });
  };
