/**
 * Takes in one answer, octet for octet under a limit.
 *
 * @packageDocumentation
 */
import type { IncomingMessage } from 'node:http';
import type { MaterialFault } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { fault, fromNodeError } from './fault.js';

export interface HttpAnswer {
  /** 200, or 304 where the request was conditional; another one only where any was asked for. */
  readonly status: number;
  readonly body: Uint8Array;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
}

export interface Expected {
  readonly maxBytes: number;
  readonly conditional: boolean;
  readonly anyStatus: boolean;
  /** Who answers, for `detail`. */
  readonly where: string;
}

const statusFault = (status: number, expected: Expected): MaterialFault | undefined => {
  const { conditional, anyStatus, where } = expected;
  if (status === 200 || (status === 304 && conditional)) return undefined;
  const redirects = status >= 300 && status < 400 && status !== 304;
  if (anyStatus && !redirects && status !== 304) return undefined;
  return fault(redirects ? 'REDIRECTED' : 'ANSWER_REFUSED', `${where}: status ${status}`);
};

/** Nothing is unpacked: a small answer must not become a large one. */
const encodingFault = (incoming: IncomingMessage, { where }: Expected): MaterialFault | undefined => {
  const encoding = (incoming.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const transfer = (incoming.headers['transfer-encoding'] ?? 'chunked').trim().toLowerCase();
  return encoding === 'identity' && transfer === 'chunked'
    ? undefined
    : fault('ANSWER_REFUSED', `${where}: the answer is encoded`);
};

const lengthFault = (incoming: IncomingMessage, { maxBytes, where }: Expected): MaterialFault | undefined =>
  Number(incoming.headers['content-length'] ?? 0) > maxBytes
    ? fault('TOO_LARGE', `${where}: more than ${maxBytes} octets announced`)
    : undefined;

const joined = (chunks: ReadonlyArray<Uint8Array>, length: number): Uint8Array => {
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
};

/** Calls `settle` at least once; what was announced is looked at first, what comes is counted all the same. */
export const receive = (
  incoming: IncomingMessage,
  expected: Expected,
  settle: (answer: E.Either<MaterialFault, HttpAnswer>) => void,
): void => {
  const { maxBytes, where } = expected;
  const status = incoming.statusCode ?? 0;
  const refused =
    statusFault(status, expected) ?? encodingFault(incoming, expected) ?? lengthFault(incoming, expected);
  // Listened to even where the answer is refused already: nobody else would.
  incoming.on('error', (error) => settle(E.left(fromNodeError(error, where))));
  if (refused !== undefined) {
    settle(E.left(refused));
    return;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  incoming.on('data', (chunk: Uint8Array) => {
    length += chunk.length;
    if (length > maxBytes) settle(E.left(fault('TOO_LARGE', `${where}: more than ${maxBytes} octets`)));
    else chunks.push(chunk);
  });
  // An answer that breaks off has an error and no end.
  incoming.on('end', () => {
    const { etag, 'last-modified': lastModified, 'content-type': contentType } = incoming.headers;
    const { 'retry-after': retryAfter } = incoming.headers;
    const body = joined(chunks, length);
    settle(E.right({ status, body, etag, lastModified, contentType, retryAfter }));
  });
};
