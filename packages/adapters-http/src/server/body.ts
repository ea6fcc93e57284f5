/**
 * Reading what was sent, and not more than there may be of it.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { membersOf, namesIn } from './json-text.js';
import { hasCertainLength } from './own-server.js';
import { type HttpRefusal, httpRefusal } from './problem.js';

/** `application/json`, in UTF-8 if it says so at all (RFC 8259 8.1, 11). */
const isJson = (type: string | null): boolean =>
  type === 'application/json' ||
  (type !== null && /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?$/i.test(type.trim()));

const octetsOf = async (
  body: ReadableStream<Uint8Array>,
  most: number,
): Promise<E.Either<HttpRefusal, Uint8Array>> => {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > most) {
        void reader.cancel().catch(() => undefined);
        return E.left(httpRefusal('PAYLOAD_TOO_LARGE'));
      }
      parts.push(value);
    }
  } catch {
    // The sender went away, or the connection broke: nobody reads the answer.
    return E.left(httpRefusal('JSON_MALFORMED'));
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return E.right(whole);
};

/** A body of a certain length is taken as a whole: part by part costs several times as much. */
const wholeOf = async (request: Request): Promise<E.Either<HttpRefusal, Uint8Array>> => {
  try {
    return E.right(new Uint8Array(await request.arrayBuffer()));
  } catch {
    return E.left(httpRefusal('JSON_MALFORMED'));
  }
};

const bodyOf = async (request: Request, most: number): Promise<E.Either<HttpRefusal, Uint8Array>> => {
  if (Number(request.headers.get('content-length') ?? 0) > most) {
    return E.left(httpRefusal('PAYLOAD_TOO_LARGE'));
  }
  if (hasCertainLength(request)) return wholeOf(request);
  const { body } = request;
  return body === null ? E.left(httpRefusal('JSON_MALFORMED')) : octetsOf(body, most);
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The JSON of a body, in strict UTF-8; as bounded as the limits say. */
export const jsonOf = async (
  request: Request,
  limits: { readonly bodyBytes: number; readonly jsonDepth: number },
): Promise<E.Either<HttpRefusal, unknown>> => {
  const { headers } = request;
  if (!isJson(headers.get('content-type'))) return E.left(httpRefusal('UNSUPPORTED_MEDIA_TYPE'));
  const encoding = headers.get('content-encoding');
  if (encoding !== null && encoding.trim().toLowerCase() !== 'identity') {
    return E.left(httpRefusal('UNSUPPORTED_MEDIA_TYPE'));
  }
  const octets = await bodyOf(request, limits.bodyBytes);
  if (E.isLeft(octets)) return octets;
  try {
    const text = utf8.decode(octets.right);
    const names = namesIn(text, limits.jsonDepth);
    if (names === undefined) return E.left(httpRefusal('JSON_TOO_DEEP'));
    const value: unknown = JSON.parse(text);
    // Who looked at the request before, such as a gateway, may have heard the other of the two (RFC 8259 4).
    return membersOf(value) === names ? E.right(value) : E.left(httpRefusal('JSON_MEMBER_TWICE'));
  } catch {
    return E.left(httpRefusal('JSON_MALFORMED'));
  }
};

/**
 * Whether a request that should have no body brings one. Asked of the body itself: a server may give an empty one to a request
 * that has none.
 */
export const hasBody = async (request: Request): Promise<boolean> => {
  // These have none (Fetch 5.4), and to ask for it costs a server more than all the rest.
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { headers, body } = request;
  return body !== null && headers.get('content-length') !== '0' && E.isLeft(await octetsOf(body, 0));
};
