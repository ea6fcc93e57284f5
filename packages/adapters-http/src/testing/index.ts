/**
 * `@mandate/adapters-http/testing`: servers for tests, well-behaved and not.
 *
 * @packageDocumentation
 */
export * from './replies.js';
export * from './web-server.js';
