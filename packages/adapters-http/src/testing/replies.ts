/**
 * How a server behaves, well and badly.
 *
 * @packageDocumentation
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What was asked. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

export type Reply = (request: SeenRequest, response: ServerResponse) => void;

type Headers = Readonly<Record<string, string>>;

/** Status 200 and these octets. */
export const octets =
  (body: Uint8Array, headers: Headers = {}): Reply =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': body.length, ...headers }).end(body);
  };

/** These octets, or *not modified* for whoever has them; `etag` with its quotes. */
export const octetsWithTag =
  (body: Uint8Array, etag: string): Reply =>
  (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else octets(body, { etag })(request, response);
  };

/** Any status, with a page for people. */
export const status =
  (code: number, page = '<html><body>抱歉</body></html>'): Reply =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  };

export const redirect =
  (location: string, code = 302): Reply =>
  (_request, response) => {
    response.writeHead(code, { location }).end();
  };

/** Takes the question and says nothing. */
export const silence: Reply = () => {};

const beat = 10;

/** Calls `next` every few milliseconds until the connection is gone. */
const whileOpen = (response: ServerResponse, next: () => void): void => {
  const timer = setInterval(next, beat);
  response.on('close', () => clearInterval(timer));
};

/** Headers without end, a line at a time (slow loris, the other way round). */
export const slowHeaders: Reply = (_request, response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\n');
  whileOpen(response, () => response.socket?.write('X-A: b\r\n'));
};

/** The octets one at a time. */
export const slowBody =
  (body: Uint8Array): Reply =>
  (_request, response) => {
    let at = 0;
    response.writeHead(200, { 'content-length': body.length });
    whileOpen(response, () => {
      response.write(body.subarray(at, at + 1));
      at += 1;
    });
  };

/** Octets without end and without a word of how many. */
export const endless: Reply = (_request, response) => {
  const block = new Uint8Array(64 * 1024);
  response.writeHead(200);
  const more = (): void => {
    if (!response.destroyed) response.write(block, more);
  };
  more();
};

/** Announces one length and sends another. */
export const misannounced =
  (body: Uint8Array, announced: number): Reply =>
  (_request, response) => {
    response.socket?.end(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${announced}\r\n\r\n`), body]),
    );
  };

/** Breaks the connection after `sent` octets of a longer answer. */
export const reset =
  (sent?: Uint8Array): Reply =>
  (_request, response) => {
    if (sent === undefined) {
      response.socket?.resetAndDestroy();
      return;
    }
    response.writeHead(200, { 'content-length': sent.length + 1000 });
    response.write(sent, () => setTimeout(() => response.socket?.resetAndDestroy(), beat));
  };

/** Octets that are not HTTP. */
export const noise =
  (text = '\u0000\u0001 this is not HTTP \r\n\r\n'): Reply =>
  (_request, response) => {
    response.socket?.end(text);
  };
