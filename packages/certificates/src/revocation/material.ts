/**
 * Where CRLs and OCSP answers come from: the ports that an adapter implements. An adapter fetches and says nothing of
 * what it fetched; what it brings is judged here.
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Name } from '../name.js';
import type { Crl } from './crl/crl.js';

/** Why nothing could be brought. `detail` is English and technical, with addresses and nothing personal. */
export interface MaterialFault {
  readonly code:
    | 'UNREACHABLE'
    | 'TIMEOUT'
    | 'TOO_LARGE'
    /** Redirects are not followed: they would lead past the check of addresses. */
    | 'REDIRECTED'
    /** The address is private, or of a scheme that is not allowed. */
    | 'ADDRESS_REFUSED'
    /** An HTTP status or a content that is no answer. */
    | 'ANSWER_REFUSED'
    /** What came is no CRL. */
    | 'MALFORMED';
  readonly detail: string;
}

/** Which CRLs are asked for: one distribution point, or what a CA publishes as a whole. */
export interface CrlQuery {
  /** Whose name the CRL must bear. */
  readonly issuer: Name;
  /** The point's addresses, in its order: each leads to the same CRL. Empty: whatever is there of this issuer. */
  readonly uris: ReadonlyArray<string>;
  readonly at: Date;
}

/**
 * Brings CRLs, read once and kept until they are outdated. More than one may answer (generations of one name, a folder
 * of files): each is judged by its scope and signature.
 */
export interface CrlSource {
  readonly find: (query: CrlQuery) => TaskEither<MaterialFault, ReadonlyArray<Crl>>;
}

/** Posts one DER OCSPRequest and brings the octets of the answer (RFC 6960 appendix A). */
export interface OcspTransport {
  readonly ask: (uri: string, request: Uint8Array) => TaskEither<MaterialFault, Uint8Array>;
}
