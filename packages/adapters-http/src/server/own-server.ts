/**
 * Requests of our own server for Node, which notes what it knows of each.
 *
 * @packageDocumentation
 */

/** By request, the address at the other end; `''` where there is none any more. */
const addresses = new WeakMap<Request, string>();

/** Said by our server of a request that it has read itself. */
export const noteServed = (request: Request, address: string | undefined): void => {
  addresses.set(request, address ?? '');
};

export const isFromOwnServer = (request: Request): boolean => addresses.has(request);

/** The address at the other end of the connection; `undefined` for a request of any other server. */
export const addressOfServed = (request: Request): string | undefined => addresses.get(request) || undefined;

/**
 * Whether the body will be as long as the head says: our server gives out exactly as many octets (RFC 9112 6.3). Anybody else's
 * may say one thing and bring another.
 */
export const hasCertainLength = (request: Request): boolean =>
  isFromOwnServer(request) && /^\d{1,15}$/.test(request.headers.get('content-length') ?? '');
