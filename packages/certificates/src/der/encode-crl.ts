/** Writes CRLs and what points to them. For the test PKI, and for lists that are wrong on purpose. */
import { concatBytes } from '../bytes.js';
import { type Extension, extensionOids } from '../certificate.js';
import type { ReasonFlag, RevocationReason } from '../general-name.js';
import { codeOfReason, crlExtensionOids } from './crl-extensions.js';
import { allReasons } from './distribution-points.js';
import { encodeExtension, type NameSpec } from './encode-certificate.js';
import { tags } from './reader.js';
import * as w from './writer.js';

type Octets = Uint8Array<ArrayBuffer>;

const extension = (oid: string, critical: boolean, value: Uint8Array): Extension => ({
  oid,
  critical,
  value,
});

// -------------------------------------------------------------------------------------
// points
// -------------------------------------------------------------------------------------

/** A distribution point to be written. `issuer` and `directory` are DER of names. */
export interface PointSpec {
  readonly uris?: ReadonlyArray<string>;
  readonly directory?: Uint8Array;
  /** The relative name, in place of a full one. */
  readonly relative?: ReadonlyArray<NameSpec>;
  readonly reasons?: ReadonlyArray<ReasonFlag>;
  readonly issuer?: Uint8Array;
}

const flagOrder: ReadonlyArray<ReasonFlag> = [...allReasons];

/** Bit 0 is unused; trailing zero bits are dropped (X.690 11.2.2). */
const reasonFlags = (number: number, reasons: ReadonlyArray<ReasonFlag>): Octets => {
  const bits = reasons.map((reason) => flagOrder.indexOf(reason) + 1);
  const last = Math.max(0, ...bits);
  const octets = new Uint8Array((last >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return w.contextPrimitive(number, concatBytes(Uint8Array.of(7 - (last & 7)), octets));
};

const pointName = ({ uris = [], directory, relative }: PointSpec): ReadonlyArray<Octets> => {
  const attribute = ({ type, value }: NameSpec) => w.sequence(w.oid(type), w.utf8(value));
  if (relative !== undefined) return [w.context(0, w.context(1, ...relative.map(attribute)))];
  const names = [
    ...(directory === undefined ? [] : [w.context(4, directory)]),
    ...uris.map((uri) => w.ia5Context(6, uri)),
  ];
  return names.length === 0 ? [] : [w.context(0, w.context(0, ...names))];
};

const encodePoint = (point: PointSpec): Octets =>
  w.sequence(
    ...pointName(point),
    ...(point.reasons === undefined ? [] : [reasonFlags(1, point.reasons)]),
    ...(point.issuer === undefined ? [] : [w.context(2, w.context(4, point.issuer))]),
  );

/** cRLDistributionPoints of a certificate (RFC 5280 4.2.1.13). */
export const distributionPointsExtension = (points: ReadonlyArray<PointSpec>): Extension =>
  extension(extensionOids.crlDistributionPoints, false, w.sequence(...points.map(encodePoint)));

/** freshestCRL, of a certificate or of a CRL (RFC 5280 4.2.1.15, 5.2.6). */
export const freshestCrlExtension = (points: ReadonlyArray<PointSpec>): Extension =>
  extension(extensionOids.freshestCrl, false, w.sequence(...points.map(encodePoint)));

// -------------------------------------------------------------------------------------
// extensions of a list
// -------------------------------------------------------------------------------------

export const crlNumberExtension = (number: number): Extension =>
  extension(crlExtensionOids.crlNumber, false, w.smallInteger(number));

export const deltaCrlExtension = (base: number): Extension =>
  extension(crlExtensionOids.deltaCrlIndicator, true, w.smallInteger(base));

export interface IssuingPointSpec extends Omit<PointSpec, 'reasons' | 'issuer'> {
  readonly only?: 'user' | 'ca' | 'attribute';
  readonly onlySomeReasons?: ReadonlyArray<ReasonFlag>;
  readonly indirect?: boolean;
}

/** BOOLEAN DEFAULT FALSE under an implicit tag. */
const flag = (number: number, value: boolean): ReadonlyArray<Octets> =>
  value ? [w.contextPrimitive(number, Uint8Array.of(0xff))] : [];

export const issuingPointExtension = (point: IssuingPointSpec): Extension =>
  extension(
    crlExtensionOids.issuingDistributionPoint,
    true,
    w.sequence(
      ...pointName(point),
      ...flag(1, point.only === 'user'),
      ...flag(2, point.only === 'ca'),
      ...(point.onlySomeReasons === undefined ? [] : [reasonFlags(3, point.onlySomeReasons)]),
      ...flag(4, point.indirect === true),
      ...flag(5, point.only === 'attribute'),
    ),
  );

// -------------------------------------------------------------------------------------
// the list
// -------------------------------------------------------------------------------------

export interface CrlEntrySpec {
  /** Magnitude of the serial number. */
  readonly serial: Uint8Array;
  readonly revokedAt: Date;
  readonly reason?: RevocationReason;
  readonly invalidityDate?: Date;
  /** DER of a Name: whose certificate this and the next ones are (RFC 5280 5.3.3). */
  readonly certificateIssuer?: Uint8Array;
  readonly extensions?: ReadonlyArray<Extension>;
}

const generalizedTime = (date: Date): Octets =>
  w.element(
    tags.generalizedTime,
    new TextEncoder().encode(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`),
  );

const entryExtensions = (entry: CrlEntrySpec): ReadonlyArray<Extension> => {
  const { reason, invalidityDate, certificateIssuer } = entry;
  return [
    ...(reason === undefined
      ? []
      : [
          extension(
            crlExtensionOids.reasonCode,
            false,
            w.element(tags.enumerated, Uint8Array.of(codeOfReason(reason))),
          ),
        ]),
    ...(invalidityDate === undefined
      ? []
      : [extension(crlExtensionOids.invalidityDate, false, generalizedTime(invalidityDate))]),
    ...(certificateIssuer === undefined
      ? []
      : [extension(crlExtensionOids.certificateIssuer, true, w.sequence(w.context(4, certificateIssuer)))]),
    ...(entry.extensions ?? []),
  ];
};

const encodeEntry = (entry: CrlEntrySpec): Octets => {
  const extensions = entryExtensions(entry);
  return w.sequence(
    w.unsigned(entry.serial),
    w.time(entry.revokedAt),
    ...(extensions.length === 0 ? [] : [w.sequence(...extensions.map(encodeExtension))]),
  );
};

/** Concatenated in one go: a list may have more entries than a call can have arguments. */
const encodeEntries = (entries: ReadonlyArray<CrlEntrySpec>): Octets => {
  const parts = entries.map(encodeEntry);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return w.element(tags.sequence, whole);
};

export interface TbsCrlSpec {
  /** Default 2; version 1 has no extensions. */
  readonly version?: 1 | 2;
  /** DER of an AlgorithmIdentifier. */
  readonly signatureAlgorithm: Uint8Array;
  /** DER of a Name. */
  readonly issuer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly entries: ReadonlyArray<CrlEntrySpec>;
  readonly extensions: ReadonlyArray<Extension>;
}

/** TBSCertList. */
export const encodeTbsCrl = (spec: TbsCrlSpec): Octets =>
  w.sequence(
    ...(spec.version === 1 ? [] : [w.smallInteger(1)]),
    spec.signatureAlgorithm,
    spec.issuer,
    w.time(spec.thisUpdate),
    ...(spec.nextUpdate === undefined ? [] : [w.time(spec.nextUpdate)]),
    ...(spec.entries.length === 0 ? [] : [encodeEntries(spec.entries)]),
    ...(spec.extensions.length === 0
      ? []
      : [w.context(0, w.sequence(...spec.extensions.map(encodeExtension)))]),
  );
