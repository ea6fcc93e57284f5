/**
 * Writing an answer whose text is known: in one piece, and without a stream.
 *
 * @packageDocumentation
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

const headersOf = (headers: Headers, length: number): OutgoingHttpHeaders => {
  const written: OutgoingHttpHeaders = {};
  for (const [name, value] of headers) if (name !== 'set-cookie') written[name] = value;
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) written['set-cookie'] = cookies;
  written['content-length'] = length;
  return written;
};

export const writeText = (outgoing: ServerResponse, { status, headers }: Response, text: string): void => {
  outgoing.writeHead(status, headersOf(headers, Buffer.byteLength(text)));
  outgoing.end(text);
};
