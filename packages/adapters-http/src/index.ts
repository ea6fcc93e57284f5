/**
 * Mandate over HTTP.
 *
 * @packageDocumentation
 */
export type { AnswerProof } from './identity-match/answer-proof.js';
export {
  type IdentityPair,
  type IdentityReply,
  type IdentityRequest,
  maxPairs,
  type Sealed,
} from './identity-match/codec.js';
export {
  type ClientCredential,
  type CredentialFault,
  type CredentialInput,
  clientCredential,
} from './identity-match/credential.js';
export { type HttpIdentityMatch, httpIdentityMatch } from './identity-match/http-identity-match.js';
export {
  type IdentityService,
  type IdentityServiceOptions,
  identityService,
} from './identity-match/identity-service.js';
export type { CertificateFile, SignatureAlgorithm } from './identity-match/signatures.js';
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
