/**
 * From which address a request came, for whoever counts requests.
 *
 * @packageDocumentation
 */
import { addressOfServed } from '../server/own-server.js';

/** Of requests that were made in the name of others. */
const passed = new WeakMap<Request, string>();

/**
 * The address at the other end of the connection that a request of {@link startServer} came on, or one that
 * {@link passAddress} was told of; behind a proxy that of the proxy. `undefined` for any other request.
 */
export const remoteAddressOf = (request: Request): string | undefined =>
  addressOfServed(request) ?? passed.get(request);

/** A request that a server of pages makes in the name of another comes from where that one came. */
export const passAddress = (from: Request, to: Request): void => {
  const address = remoteAddressOf(from);
  if (address !== undefined) passed.set(to, address);
};
