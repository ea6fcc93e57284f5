/**
 * One question and one answer over a connection of its own, within one deadline.
 *
 * @packageDocumentation
 */
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { MaterialFault } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { type HttpAnswer, receive } from './answer.js';
import { fault, fromNodeError, shortly } from './fault.js';
import { hostOf } from './target.js';
import { within } from './within.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly uri: string;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** What was had before, so that the answer can be *not modified*. */
  readonly known?: { readonly etag?: string; readonly lastModified?: string };
  /** Answers of any status come back but redirections, not only 200: for protocols that say something by them. */
  readonly anyStatus?: true;
  /** The largest body that is taken in, in octets. */
  readonly maxBytes: number;
  /** For everything together: waiting for a connection, name, TLS, headers, body. */
  readonly deadlineMilliseconds: number;
}

/** What a server must show, and what is shown to it. PEM. */
export interface TlsSettings {
  /** Instead of the roots that Node comes with. */
  readonly ca?: string | ReadonlyArray<string>;
  readonly cert?: string;
  readonly key?: string;
}

export interface Wires {
  readonly http: http.Agent;
  readonly https: https.Agent;
  readonly lookup: LookupFunction;
  readonly tls: TlsSettings;
  readonly closing: AbortSignal;
}

const headersOf = ({ body, headers, known }: HttpRequest): http.OutgoingHttpHeaders => ({
  'accept-encoding': 'identity',
  ...headers,
  ...(body === undefined ? {} : { 'content-length': body.length }),
  ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
  ...(known?.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
});

const open = (request: HttpRequest, url: URL, { lookup, tls, ...agents }: Wires): http.ClientRequest => {
  const options = {
    method: request.method,
    hostname: hostOf(url),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: headersOf(request),
    lookup,
    setHost: true,
    insecureHTTPParser: false,
  };
  if (url.protocol === 'http:') return http.request({ ...options, agent: agents.http });
  const { ca, ...own } = tls;
  const roots = ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] };
  // Said aloud, since an environment variable of Node's can turn the check off for everybody who does not.
  return https.request({ ...options, ...own, ...roots, rejectUnauthorized: true, agent: agents.https });
};

/** Settles once, and leaves neither timer nor socket behind. */
export const exchange = (
  request: HttpRequest,
  url: URL,
  wires: Wires,
): Promise<E.Either<MaterialFault, HttpAnswer>> =>
  new Promise((resolve) => {
    const where = shortly(url);
    let outgoing: http.ClientRequest | undefined;
    let settled = false;
    const settle = (answer: E.Either<MaterialFault, HttpAnswer>): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      wires.closing.removeEventListener('abort', stop);
      outgoing?.destroy();
      resolve(answer);
    };
    const stop = (): void => settle(E.left(fault('UNREACHABLE', `${where}: closed`)));
    const deadline = within(request.deadlineMilliseconds, 5000, 1, 600_000);
    const timer = setTimeout(
      () => settle(E.left(fault('TIMEOUT', `${where}: no answer within ${deadline} ms`))),
      deadline,
    );
    wires.closing.addEventListener('abort', stop);
    try {
      outgoing = open(request, url, wires);
    } catch (error) {
      settle(E.left(fromNodeError(error, where)));
      return;
    }
    outgoing.on('error', (error) => settle(E.left(fromNodeError(error, where))));
    outgoing.on('close', () => settle(E.left(fault('UNREACHABLE', `${where}: the connection was closed`))));
    outgoing.on('response', (incoming) => {
      const { maxBytes, known, anyStatus = false } = request;
      receive(incoming, { maxBytes, conditional: known !== undefined, anyStatus, where }, settle);
    });
    outgoing.end(request.body);
  });
