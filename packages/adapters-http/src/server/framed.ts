/**
 * Requests of a server that gives out exactly as many octets of a body as its head says (RFC 9112 6.3). Anybody else's may say
 * one thing and bring another.
 *
 * @packageDocumentation
 */

const framed = new WeakSet<Request>();

/** Said by a server of a request that it has read itself. */
export const noteFramed = (request: Request): void => {
  framed.add(request);
};

/** Whether the body will be as long as the head says. */
export const hasCertainLength = (request: Request): boolean =>
  framed.has(request) && /^\d{1,15}$/.test(request.headers.get('content-length') ?? '');
