/**
 * `@mandate/adapters-http/node`: a Node server for a `fetch` handler, with a graceful stop.
 *
 * @packageDocumentation
 */
export { passAddress, remoteAddressOf } from './address.js';
export { type RunningServer, type ServerFault, type ServerOptions, startServer } from './start-server.js';
