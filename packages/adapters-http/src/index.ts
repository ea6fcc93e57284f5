/**
 * Mandate over HTTP.
 *
 * @packageDocumentation
 */
export type { HttpAnswer } from './net/answer.js';
export type { HttpRequest, TlsSettings } from './net/exchange.js';
export { type HttpClient, httpClient, type NetOptions } from './net/http-client.js';
export type { Resolve } from './net/lookup.js';
