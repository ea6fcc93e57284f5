/**
 * From what a handler answers to what goes out.
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '@mandate/domain';
import { type Description, isMedia } from './description.js';
import type { Digest } from './digest.js';
import { languageOf, problemOf, type Refusal } from './problem.js';
import type { RawBody, Reply } from './route.js';
import { textResponse } from './text-response.js';

/** Whether the reader has this very answer already (RFC 9110 13.1.2). */
const isKnown = ({ headers }: Request, etag: string): boolean => {
  const wanted = headers.get('if-none-match');
  if (wanted === null) return false;
  return wanted.trim() === '*' || wanted.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
};

const headersOf = (reply: Reply<unknown>, type: string): Headers => {
  const headers = new Headers(reply.headers);
  headers.set('content-type', type);
  for (const cookie of reply.cookies ?? []) headers.append('set-cookie', cookie);
  return headers;
};

/** The answer of a handler that did what was asked. */
export const answerOf = async (
  description: Description,
  request: Request,
  reply: Reply<unknown>,
  digest: Digest,
): Promise<Response> => {
  const { answer, status, method, cached } = description;
  if (isMedia(answer)) {
    // The types of route and handler say that this answer is text or octets.
    const body = reply.body as RawBody;
    const headers = headersOf(reply, answer.media);
    if (request.method !== 'HEAD') return new Response(body, { status, headers });
    // Nobody reads it, and a stream that nobody reads is open until the program ends.
    if (body instanceof ReadableStream) await body.cancel();
    return new Response(null, { status, headers });
  }
  const text = JSON.stringify(answer.encode(reply.body));
  const headers = headersOf(reply, 'application/json; charset=utf-8');
  if (method !== 'GET') return textResponse(request, text, { status, headers });
  const etag = `"${await digest(text)}"`;
  headers.set('etag', etag);
  if (cached === true) headers.set('cache-control', 'private, no-cache');
  if (!isKnown(request, etag)) return textResponse(request, text, { status, headers });
  headers.delete('content-type');
  return new Response(null, { status: 304, headers });
};

/** A refusal as `application/problem+json`. */
export const refusalAnswer = (
  refusal: Refusal,
  request: Request,
  terms: { readonly policy: PortalPolicy; readonly requestId: string },
): Response => {
  const language = languageOf(request.headers.get('accept-language'));
  const headers = new Headers(refusal._tag === 'HttpRefusal' ? refusal.headers : undefined);
  headers.set('content-type', 'application/problem+json; charset=utf-8');
  headers.set('content-language', language === 'en' ? 'en' : 'zh-TW');
  headers.set('vary', 'Accept-Language');
  const body = JSON.stringify(problemOf(refusal, { ...terms, language }));
  return textResponse(request, body, { status: refusal.status, headers });
};
