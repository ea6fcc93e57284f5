import { tags } from './reader.js';
import * as w from './writer.js';

type Octets = Uint8Array<ArrayBuffer>;

export interface SignedDataSpec {
  readonly content: Uint8Array;
  readonly detached: boolean;
  /** DER of the certificates to send along. */
  readonly certificates: ReadonlyArray<Uint8Array>;
  /** DER of the signer's issuer name, and the magnitude of its serial. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly digestOid: string;
  /** DER of the attributes; undefined signs the content directly, as old components did. */
  readonly attributes?: ReadonlyArray<Uint8Array>;
  readonly contentType?: string;
}

const idData = '1.2.840.113549.1.7.1';
const idSignedData = '1.2.840.113549.1.7.2';
const rsaEncryption = '1.2.840.113549.1.1.1';

/** Attribute ::= SEQUENCE { type, SET OF value }. */
export const attribute = (type: string, ...values: ReadonlyArray<Uint8Array>): Octets =>
  w.sequence(w.oid(type), w.setOf(...values));

/** What the signer signs: the attributes as a SET OF, or the content itself (RFC 5652 5.4). */
export const toBeSigned = (spec: SignedDataSpec): Uint8Array =>
  spec.attributes === undefined ? spec.content : w.setOf(...spec.attributes);

/** ContentInfo with SignedData and one signer named by issuer and serial (RFC 5652 3, 5). */
export const encodeSignedData = (spec: SignedDataSpec, signature: Uint8Array): Octets => {
  const digestAlgorithm = w.sequence(w.oid(spec.digestOid), w.nullValue);
  const attributes = spec.attributes === undefined ? [] : [toBeSigned(spec).slice()];
  // SET OF under the signature, [0] IMPLICIT in the structure.
  for (const set of attributes) set[0] = 0xa0;
  const signer = w.sequence(
    w.smallInteger(1),
    w.sequence(spec.issuer, w.unsigned(spec.serial)),
    digestAlgorithm,
    ...attributes,
    w.sequence(w.oid(rsaEncryption), w.nullValue),
    w.octetString(signature),
  );
  const contentType = spec.contentType ?? idData;
  return w.sequence(
    w.oid(idSignedData),
    w.context(
      0,
      w.sequence(
        w.smallInteger(contentType === idData ? 1 : 3),
        w.setOf(digestAlgorithm),
        w.sequence(w.oid(contentType), ...(spec.detached ? [] : [w.context(0, w.octetString(spec.content))])),
        ...(spec.certificates.length === 0 ? [] : [w.context(0, ...spec.certificates)]),
        w.element(tags.set, signer),
      ),
    ),
  );
};

/** A SignedData of certificates alone: no digest, no content, no signer (RFC 5272 4.1). */
export const encodeCertificatesOnly = (certificates: ReadonlyArray<Uint8Array>): Octets =>
  w.sequence(
    w.oid(idSignedData),
    w.context(
      0,
      w.sequence(
        w.smallInteger(1),
        w.setOf(),
        w.sequence(w.oid(idData)),
        w.context(0, ...certificates),
        w.setOf(),
      ),
    ),
  );
