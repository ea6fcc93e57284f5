/**
 * `@mandate/adapters-http/testing`: servers for tests, well-behaved and not.
 *
 * @packageDocumentation
 */
export * from './est-server.js';
export * from './identity-server.js';
export * from './memory-drawer.js';
export * from './replies.js';
export * from './web-server.js';
