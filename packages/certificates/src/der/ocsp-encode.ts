/** Writes OCSP answers (RFC 6960 4.2.1), right or wrong on purpose. */
import type { Extension } from '../certificate.js';
import { ocspOids } from '../revocation/ocsp/response.js';
import { encodeExtension } from './encode-certificate.js';
import { tags } from './reader.js';
import * as w from './writer.js';

type Octets = Uint8Array<ArrayBuffer>;

export interface SingleSpec {
  /** DER of CertID. */
  readonly certId: Uint8Array;
  /** `reason`: the number of CRLReason. */
  readonly status: 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: number };
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly extensions?: ReadonlyArray<Extension>;
}

export interface ResponseDataSpec {
  /** DER of a Name, or the SHA-1 of a key. */
  readonly responderId: { readonly byName: Uint8Array } | { readonly byKey: Uint8Array };
  readonly producedAt: Date;
  readonly answers: ReadonlyArray<SingleSpec>;
  readonly extensions: ReadonlyArray<Extension>;
}

/** Always GeneralizedTime here, whatever the year. Fractions of a second are dropped. */
const generalizedTime = (date: Date): Octets =>
  w.element(
    tags.generalizedTime,
    new TextEncoder().encode(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`),
  );

const enumerated = (value: number): Octets => w.element(tags.enumerated, Uint8Array.of(value));

const encodeStatus = (status: SingleSpec['status']): Octets => {
  if (status === 'good') return w.contextPrimitive(0, new Uint8Array(0));
  if (status === 'unknown') return w.contextPrimitive(2, new Uint8Array(0));
  const reason = status.reason === undefined ? [] : [w.context(0, enumerated(status.reason))];
  return w.context(1, generalizedTime(status.revokedAt), ...reason);
};

const encodeExtensions = (extensions: ReadonlyArray<Extension>): ReadonlyArray<Octets> =>
  extensions.length === 0 ? [] : [w.context(1, w.sequence(...extensions.map(encodeExtension)))];

const encodeSingle = ({ certId, status, thisUpdate, nextUpdate, extensions = [] }: SingleSpec): Octets =>
  w.sequence(
    certId,
    encodeStatus(status),
    generalizedTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [w.context(0, generalizedTime(nextUpdate))]),
    ...encodeExtensions(extensions),
  );

/** ResponseData: what a responder signs. */
export const encodeResponseData = (spec: ResponseDataSpec): Octets =>
  w.sequence(
    'byName' in spec.responderId
      ? w.context(1, spec.responderId.byName)
      : w.context(2, w.octetString(spec.responderId.byKey)),
    generalizedTime(spec.producedAt),
    w.sequence(...spec.answers.map(encodeSingle)),
    ...encodeExtensions(spec.extensions),
  );

export interface BasicSpec {
  readonly tbs: Uint8Array;
  /** DER of an AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
  /** DER. */
  readonly certificates: ReadonlyArray<Uint8Array>;
}

export const encodeBasicResponse = ({ tbs, algorithm, signature, certificates }: BasicSpec): Octets =>
  w.sequence(
    tbs,
    algorithm,
    w.bitString(signature),
    ...(certificates.length === 0 ? [] : [w.context(0, w.sequence(...certificates))]),
  );

/** OCSPResponse with this status; `basic` is left out where a status comes without an answer. */
export const encodeOcspResponse = (
  status: number,
  basic?: Uint8Array,
  responseType: string = ocspOids.basic,
): Octets =>
  w.sequence(
    enumerated(status),
    ...(basic === undefined ? [] : [w.context(0, w.sequence(w.oid(responseType), w.octetString(basic)))]),
  );
