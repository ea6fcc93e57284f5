/**
 * Mandate over HTTP.
 *
 * @packageDocumentation
 */
export type { HttpAnswer } from './net/answer.js';
export type { HttpRequest, TlsSettings } from './net/exchange.js';
export { type HttpClient, httpClient, type NetOptions } from './net/http-client.js';
export type { Resolve } from './net/lookup.js';
export {
  type FolderCrlOptions,
  folderCrlSource,
} from './revocation/folder-crl-source.js';
export { type HttpCrlOptions, type HttpCrlSource, httpCrlSource } from './revocation/http-crl-source.js';
export {
  type HttpOcspOptions,
  type HttpOcspTransport,
  httpOcspTransport,
} from './revocation/http-ocsp-transport.js';
export type { OnTrouble, Trouble } from './revocation/trouble.js';
