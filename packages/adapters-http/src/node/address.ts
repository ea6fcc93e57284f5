/**
 * From which address a request came, for whoever counts requests.
 *
 * @packageDocumentation
 */
import { addressOfServed } from '../server/own-server.js';

/**
 * The address at the other end of the connection that a request of {@link startServer} came on; behind a proxy that of the
 * proxy. `undefined` for any other request.
 */
export const remoteAddressOf = (request: Request): string | undefined => addressOfServed(request);
