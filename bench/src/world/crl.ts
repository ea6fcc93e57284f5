/** A complete list of a CA, as large as the largest of the GPKI, and cards of which one is on it. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CrlEntrySpec, createTestPki, makeCrl } from '@mandate/certificates/test-pki';
import { personName } from './people.js';

export interface CrlWorldParams {
  readonly folder: string;
  readonly entries: number;
}

/** Octets in hexadecimal. */
interface SavedWorld {
  readonly good: string;
  readonly revoked: string;
  readonly issuer: string;
  readonly root: string;
}

/** DER of a card that no entry names, of one that is on the list, of their CA and of its root. */
export type CrlWorld = Readonly<Record<keyof SavedWorld, Uint8Array>>;

export const crlFile = (folder: string): string => join(folder, 'complete.crl');
export const issuerFile = (folder: string): string => join(folder, 'issuer.pem');
const worldFile = (folder: string): string => join(folder, 'crl.json');

export const crlTime = new Date('2026-03-02T01:00:00Z');

/** 128 bits, as MOICA's are. An `index` beyond the list is the serial of a certificate that is not on it. */
export const serialOf = (index: number): Uint8Array => {
  const octets = Uint8Array.from(createHash('sha256').update(String(index)).digest().subarray(0, 16));
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
};

export const readCrlWorld = (folder: string): CrlWorld => {
  const saved: SavedWorld = JSON.parse(readFileSync(worldFile(folder), 'utf8'));
  const octets = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
  return {
    good: octets(saved.good),
    revoked: octets(saved.revoked),
    issuer: octets(saved.issuer),
    root: octets(saved.root),
  };
};

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** 49 octets each: with a reason a list of 412,196 has the 20 MB of the real one. */
const entryOf = (index: number): CrlEntrySpec => ({
  serial: serialOf(index),
  revokedAt: new Date(Date.UTC(2020, 0, 1) + index * 60_000),
  reason: index % 2 === 0 ? 'superseded' : 'cessationOfOperation',
});

export const buildCrl = async (
  _folder: string,
  { folder, entries }: CrlWorldParams,
): Promise<{ readonly entries: number; readonly bytes: number }> => {
  const pki = await createTestPki({ cas: ['MOICA'] });
  const [good, revoked] = await Promise.all(
    [0, 1].map((index) => pki.issueCitizen({ name: personName(index), last4: '6789' })),
  );
  const root = pki.trustInput.anchors[1];
  if (good === undefined || revoked === undefined || root === undefined) throw new RangeError('no cards');
  const ca = pki.authority('MOICA G3');
  const list = Array.from({ length: entries - 1 }, (_, index) => entryOf(index));
  const serial = Uint8Array.from(Buffer.from(revoked.serial.padStart(32, '0'), 'hex'));
  list.splice(Math.floor(entries / 2), 0, { serial, revokedAt: new Date('2026-02-01T00:00:00Z') });
  const der = await makeCrl({
    issuer: ca.name,
    signer: ca.key,
    authorityKey: ca.keyIdentifier,
    number: 2026030201,
    thisUpdate: new Date('2026-03-01T16:00:00Z'),
    nextUpdate: new Date('2026-03-03T16:00:00Z'),
    entries: list,
  });
  writeFileSync(crlFile(folder), der);
  writeFileSync(issuerFile(folder), pem(ca.certificate));
  const saved: SavedWorld = {
    good: hex(good.certificate),
    revoked: hex(revoked.certificate),
    issuer: hex(ca.certificate),
    root: hex(root.der),
  };
  writeFileSync(worldFile(folder), JSON.stringify(saved));
  return { entries, bytes: der.length };
};
