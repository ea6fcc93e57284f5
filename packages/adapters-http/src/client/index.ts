/**
 * `@mandate/adapters-http/client`: the register's HTTP interface, typed, for browsers and Node. Imports nothing at run time.
 *
 * @packageDocumentation
 */

export type { Problem } from '../server/problem.js';
export { type RegisterClient, type RegisterClientOptions, registerClient } from './client.js';
export { type CookieJar, cookieJar } from './cookies.js';
export { forwarding } from './forwarding.js';
export type { AnswerTypeOf, CallOptions, ClientFault, RegisterMethods, RequestOf } from './types.js';
