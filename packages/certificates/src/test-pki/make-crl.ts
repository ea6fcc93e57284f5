import type { Extension } from '../certificate.js';
import type { DigestName } from '../crypto/digest.js';
import { authorityKeyExtension, encodeCertificate } from '../der/encode-certificate.js';
import {
  type CrlEntrySpec,
  crlNumberExtension,
  deltaCrlExtension,
  encodeTbsCrl,
  freshestCrlExtension,
  type IssuingPointSpec,
  issuingPointExtension,
  type PointSpec,
} from '../der/encode-crl.js';
import { nullValue, oid, sequence } from '../der/writer.js';
import type { TestKey } from './keys.js';
import { signatureOids } from './make-certificate.js';

type Octets = Uint8Array<ArrayBuffer>;

/** A CRL of any shape, right or wrong, signed by any key. */
export interface CrlSpec {
  /** DER of a Name, such as `TestAuthority.name`. */
  readonly issuer: Uint8Array;
  readonly signer: TestKey;
  readonly thisUpdate: Date;
  /** Absent: none is written, and nobody may believe the list. */
  readonly nextUpdate?: Date;
  readonly entries?: ReadonlyArray<CrlEntrySpec>;
  /** Key identifier of the signer. */
  readonly authorityKey?: Uint8Array;
  readonly number?: number;
  /** Makes it a delta on the complete list of this number. */
  readonly baseNumber?: number;
  readonly issuingPoint?: IssuingPointSpec;
  /** Where its deltas are. */
  readonly freshest?: ReadonlyArray<PointSpec>;
  /** Any others, written after those above. */
  readonly extensions?: ReadonlyArray<Extension>;
  /** Default 2. */
  readonly version?: 1 | 2;
  /** Default SHA-256. */
  readonly digest?: DigestName;
}

const extensionsOf = (spec: CrlSpec): ReadonlyArray<Extension> => [
  ...(spec.authorityKey === undefined ? [] : [authorityKeyExtension(spec.authorityKey)]),
  ...(spec.number === undefined ? [] : [crlNumberExtension(spec.number)]),
  ...(spec.baseNumber === undefined ? [] : [deltaCrlExtension(spec.baseNumber)]),
  ...(spec.issuingPoint === undefined ? [] : [issuingPointExtension(spec.issuingPoint)]),
  ...(spec.freshest === undefined ? [] : [freshestCrlExtension(spec.freshest)]),
  ...(spec.extensions ?? []),
];

/** DER of the CRL. */
export const makeCrl = async (spec: CrlSpec): Promise<Octets> => {
  const digest = spec.digest ?? 'SHA-256';
  const signatureAlgorithm = sequence(oid(signatureOids[digest]), nullValue);
  const tbs = encodeTbsCrl({
    ...spec,
    signatureAlgorithm,
    entries: spec.entries ?? [],
    extensions: extensionsOf(spec),
  });
  return encodeCertificate(tbs, signatureAlgorithm, await spec.signer.sign(digest, tbs));
};
