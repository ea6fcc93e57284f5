import { serialOctets } from '../bytes.js';
import type { Certificate, Extension } from '../certificate.js';
import { type DigestName, digestOids } from '../crypto/digest.js';
import {
  encodeBasicResponse,
  encodeOcspResponse,
  encodeResponseData,
  type ResponseDataSpec,
  type SingleSpec,
} from '../der/ocsp-encode.js';
import { encodeCertId } from '../der/ocsp-request.js';
import { nullValue, octetString, oid, sequence } from '../der/writer.js';
import { issuerHashes } from '../revocation/ocsp/cert-id.js';
import { ocspOids } from '../revocation/ocsp/response.js';
import type { TestKey } from './keys.js';
import { signatureOids } from './make-certificate.js';

type Octets = Uint8Array<ArrayBuffer>;

/** An answer of a responder, of any shape, right or wrong on purpose, signed by any key. */
export interface OcspResponseSpec {
  readonly responderId: ResponseDataSpec['responderId'];
  readonly signer: TestKey;
  readonly producedAt: Date;
  readonly answers: ReadonlyArray<SingleSpec>;
  /** What the request had. Absent: none is written. */
  readonly nonce?: Uint8Array;
  /** Further extensions of the whole. */
  readonly extensions?: ReadonlyArray<Extension>;
  /** DER of the certificates to send along. */
  readonly certificates?: ReadonlyArray<Uint8Array>;
  /** Default SHA-256. */
  readonly digest?: DigestName;
  /** OCSPResponseStatus. Default 0, successful. */
  readonly status?: number;
  /** Wrong on purpose: another type of answer than the basic one. */
  readonly responseType?: string;
}

/** The nonce as an extension of an answer (RFC 8954 2.1). */
export const nonceExtension = (nonce: Uint8Array): Extension => ({
  oid: ocspOids.nonce,
  critical: false,
  value: octetString(nonce),
});

/** id-pkix-ocsp-nocheck: the CA says that the responder's certificate need not be asked about (RFC 6960 4.2.2.2.1). */
export const noCheckExtension: Extension = { oid: ocspOids.noCheck, critical: false, value: nullValue };

/** DER of the CertID of a certificate under an issuer (RFC 6960 4.1.1). */
export const makeCertId = async (
  certificate: Certificate,
  issuer: Certificate,
  digest: DigestName = 'SHA-1',
): Promise<Octets> =>
  encodeCertId({
    ...(await issuerHashes(digest, certificate, issuer)),
    hashOid: digestOids[digest],
    serial: serialOctets(certificate.serialNumber),
  });

/** DER of the OCSPResponse. */
export const makeOcspResponse = async (spec: OcspResponseSpec): Promise<Octets> => {
  const digest = spec.digest ?? 'SHA-256';
  const tbs = encodeResponseData({
    ...spec,
    extensions: [
      ...(spec.nonce === undefined ? [] : [nonceExtension(spec.nonce)]),
      ...(spec.extensions ?? []),
    ],
  });
  const basic = encodeBasicResponse({
    tbs,
    algorithm: sequence(oid(signatureOids[digest]), nullValue),
    signature: await spec.signer.sign(digest, tbs),
    certificates: spec.certificates ?? [],
  });
  return encodeOcspResponse(spec.status ?? 0, basic, spec.responseType);
};
