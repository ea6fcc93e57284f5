/**
 * From which address a request came, for whoever counts requests.
 *
 * @packageDocumentation
 */

const addresses = new WeakMap<Request, string>();

/** Notes it for {@link remoteAddressOf}. */
export const noteAddress = (request: Request, address: string | undefined): void => {
  if (address !== undefined) addresses.set(request, address);
};

/**
 * The address at the other end of the connection that a request of {@link startServer} came on; behind a proxy that of the
 * proxy. `undefined` for any other request.
 */
export const remoteAddressOf = (request: Request): string | undefined => addresses.get(request);
