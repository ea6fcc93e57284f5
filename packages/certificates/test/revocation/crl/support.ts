/** Lists of any shape for the tests of revocation lists. One key signs what nobody verifies. */
import { encodeCertificate, encodeName } from '../../../src/der/encode-certificate.js';
import { type CrlEntrySpec, encodeTbsCrl, type TbsCrlSpec } from '../../../src/der/encode-crl.js';
import * as w from '../../../src/der/writer.js';
import { type Crl, decodeCrl, type Name } from '../../../src/index.js';
import { accepted } from '../../support.js';

export const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

export const nameDer = (unit: string): Uint8Array =>
  encodeName([
    { type: '2.5.4.6', value: 'TW' },
    { type: '2.5.4.11', value: unit },
  ]);

export const sha256WithRsa = w.sequence(w.oid('1.2.840.113549.1.1.11'), w.nullValue);

/** Octets of a serial written as `Certificate.serialNumber`. */
export const serialOctets = (serial: string): Uint8Array =>
  Uint8Array.from((serial.length % 2 ? `0${serial}` : serial).match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );

export const entryOf = (serial: string, change: Partial<CrlEntrySpec> = {}): CrlEntrySpec => ({
  serial: serialOctets(serial),
  revokedAt: day('2026-01-05'),
  ...change,
});

/** A list that nobody signed: enough for reading. */
export const unsigned = (change: Partial<TbsCrlSpec> = {}): Uint8Array =>
  framed(
    encodeTbsCrl({
      signatureAlgorithm: sha256WithRsa,
      issuer: nameDer('CA'),
      thisUpdate: day('2026-03-01'),
      nextUpdate: day('2026-03-08'),
      entries: [],
      extensions: [],
      ...change,
    }),
  );

/** Any content in the place of TBSCertList. */
export const framed = (tbs: Uint8Array): Uint8Array =>
  encodeCertificate(tbs, sha256WithRsa, new Uint8Array(256));

/** A list whose revokedCertificates has these octets as content. */
export const withEntryOctets = (...entries: ReadonlyArray<Uint8Array>): Uint8Array =>
  framed(
    w.sequence(
      w.smallInteger(1),
      sha256WithRsa,
      nameDer('CA'),
      w.time(day('2026-03-01')),
      w.time(day('2026-03-08')),
      w.sequence(...entries),
    ),
  );

export const readCrl = (der: Uint8Array): Promise<Crl> => accepted(decodeCrl(der));

export const ownEntry = (crl: Crl, serial: string) => crl.entry(crl.issuer, serial);

/** A name as a certificate has it. */
export const readName = async (unit: string): Promise<Name> =>
  (await readCrl(unsigned({ issuer: nameDer(unit) }))).issuer;
