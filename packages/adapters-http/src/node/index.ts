/**
 * `@mandate/adapters-http/node`: a Node server for a `fetch` handler, with a graceful stop.
 *
 * @packageDocumentation
 */
export {};
