/** OCSPRequest for one certificate (RFC 6960 4.1.1): written, and read again by whoever answers in tests. */
import type { CertId } from '../revocation/ocsp/response.js';
import { ocspOids } from '../revocation/ocsp/response.js';
import { extensionListOf } from './extension-list.js';
import { certIdOf } from './ocsp-answer.js';
import { nonceIn } from './ocsp-nonce.js';
import { E, type Read, refuse } from './read.js';
import { contextTag, readDer, tags, wholeOf } from './reader.js';
import * as w from './writer.js';

type Octets = Uint8Array<ArrayBuffer>;

/** CertID to be written. */
export interface CertIdSpec {
  readonly hashOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Magnitude of the serial number. */
  readonly serial: Uint8Array;
}

/** The digest with NULL, which RFC 3370 2.1 allows for SHA-1 and openssl writes as well. */
export const encodeCertId = (spec: CertIdSpec): Octets =>
  w.sequence(
    w.sequence(w.oid(spec.hashOid), w.nullValue),
    w.octetString(spec.issuerNameHash),
    w.octetString(spec.issuerKeyHash),
    w.unsigned(spec.serial),
  );

/** One extension, not critical. */
const extension = (oid: string, value: Uint8Array): Octets => w.sequence(w.oid(oid), w.octetString(value));

/** The nonce is an OCTET STRING within the one that every extension has (RFC 8954 2.1). */
export const encodeNonce = (nonce: Uint8Array): Octets => extension(ocspOids.nonce, w.octetString(nonce));

/** Not signed: a responder of the GPKI answers everybody. */
export const encodeOcspRequest = (certId: Uint8Array, nonce: Uint8Array | undefined): Octets =>
  w.sequence(
    w.sequence(
      w.sequence(w.sequence(certId)),
      ...(nonce === undefined ? [] : [w.context(2, w.sequence(encodeNonce(nonce)))]),
    ),
  );

export interface OcspRequest {
  readonly certId: CertId;
  /** DER of the CertID, to be put into an answer as it came. */
  readonly certIdOctets: Uint8Array;
  readonly nonce?: Uint8Array;
}

const limits = { maxBytes: 4096, maxDepth: 10, maxNodes: 100 };

/** The request that this package writes, and no other. */
export const ocspRequestOf = (der: Uint8Array): Read<OcspRequest> => {
  const read = readDer(der, limits);
  if (E.isLeft(read)) return refuse(read.left);
  const tbs = read.right.children[0];
  const [list, extensionsNode] = tbs?.children ?? [];
  const certIdNode = list?.children[0]?.children[0];
  const certId = certIdOf(certIdNode);
  if (list?.tag !== tags.sequence || list.children.length !== 1 || !certIdNode || !certId) {
    return refuse('request');
  }
  const request = { certId, certIdOctets: wholeOf(certIdNode) };
  if (extensionsNode === undefined) return E.right(request);
  if (extensionsNode.tag !== contextTag(2, true)) return refuse('request extensions');
  const extensions = extensionListOf(extensionsNode.children[0]);
  if (E.isLeft(extensions)) return extensions;
  const nonce = nonceIn(extensions.right);
  return E.right(nonce === undefined ? request : { ...request, nonce });
};
