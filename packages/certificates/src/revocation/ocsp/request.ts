import type { Task } from 'fp-ts/lib/Task.js';
import { serialOctets } from '../../bytes.js';
import type { Certificate } from '../../certificate.js';
import type { DigestName } from '../../crypto/digest.js';
import { digestOids } from '../../crypto/digest.js';
import { encodeCertId, encodeOcspRequest } from '../../der/ocsp-request.js';
import { issuerHashes } from './cert-id.js';

/** Octets of a nonce (RFC 8954 2.1: 32 are what a client sends). */
export const nonceOctets = 32;

export interface OcspRequestInput {
  readonly certificate: Certificate;
  /** Whose key signed `certificate`. */
  readonly issuer: Certificate;
  /** 1 to 32 octets that nobody can foresee, new for each request. Absent: any current answer will do. */
  readonly nonce?: Uint8Array;
  /**
   * Digest of the issuer's name and key. Default SHA-1: it is what RFC 5019 2.1.1 asks for and what every responder
   * knows, and it only says which issuer is meant, so that its weakness helps nobody.
   */
  readonly digest?: DigestName;
}

/** DER of the OCSPRequest for one certificate (RFC 6960 4.1), not signed. */
export const ocspRequest =
  ({ certificate, issuer, nonce, digest = 'SHA-1' }: OcspRequestInput): Task<Uint8Array> =>
  async () => {
    const hashes = await issuerHashes(digest, certificate, issuer);
    const serial = serialOctets(certificate.serialNumber);
    return encodeOcspRequest(encodeCertId({ ...hashes, hashOid: digestOids[digest], serial }), nonce);
  };
