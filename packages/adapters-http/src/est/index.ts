/**
 * `@mandate/adapters-http/est`: a CA by EST (RFC 7030), for the port `CertificateAuthority`.
 *
 * @packageDocumentation
 */
export { type EstAuthority, type EstOptions, estAuthority } from './authority.js';
export type { RetryBounds } from './retry-after.js';
