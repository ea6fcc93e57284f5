/**
 * What AuthZEN 1.0's HTTPS binding wants otherwise than the rest of the interface.
 *
 * @packageDocumentation
 */
import type { Refusal } from '../problem.js';

const message = ({ code, en, fields = [] }: Refusal): string =>
  [
    `${code}: ${en}`,
    ...fields.slice(0, 10).map(({ path, en: what }) => `${path || 'request'}: ${what}`),
  ].join(' ');

/** An error message string; 400 for whatever is wrong with what was sent. */
export const plainRefusal = (refusal: Refusal): Response => {
  const headers = new Headers(refusal._tag === 'HttpRefusal' ? refusal.headers : undefined);
  headers.set('content-type', 'text/plain; charset=utf-8');
  return new Response(message(refusal), { status: refusal.status === 415 ? 400 : refusal.status, headers });
};

/** The caller's own id of the request goes back to it; in the log stands ours. */
export const echoRequestId = (headers: Headers, request: Request): void => {
  const id = request.headers.get('x-request-id');
  if (id !== null && id.length <= 256) headers.set('x-request-id', id);
};
