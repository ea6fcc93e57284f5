/** Data objects of a PIV card (NIST SP 800-73-4 part 1, 3 and appendix A). */
import { createHash } from 'node:crypto';
import { ascii, concat, fromHex } from './octets.js';
import { tlv } from './tlv.js';

/** SP 800-73-4 part 1, 2.2; a host may leave the version out. */
export const pivAid: Uint8Array = fromHex('A000000308000010000100');

/** Application property template (part 2, 3.1.1). */
export const applicationTemplate: Uint8Array = tlv(
  0x61,
  tlv(0x4f, fromHex('000010000100')),
  tlv(0x79, tlv(0x4f, fromHex('A000000308'))),
);

const certificateObject = (certificate: Uint8Array): Uint8Array =>
  tlv(0x53, tlv(0x70, certificate), tlv(0x71, Uint8Array.of(0)), tlv(0xfe));

/** 16 octets that name the card: a digest of the number, in the form of a UUID of version 5 (RFC 4122). */
export const pivGuid = (cardNumber: string): Uint8Array => {
  const guid = new Uint8Array(createHash('sha256').update(cardNumber).digest()).slice(0, 16);
  guid[6] = 0x50 | ((guid[6] ?? 0) & 0x0f);
  guid[8] = 0x80 | ((guid[8] ?? 0) & 0x3f);
  return guid;
};

/** Card holder unique identifier. The FASC-N is all nines: not of a federal agency. */
const chuid = (cardNumber: string): Uint8Array =>
  tlv(
    0x53,
    tlv(0x30, fromHex('D4E739DA739CED39CE739DA1685A1082108CE73984119257FC')),
    tlv(0x34, pivGuid(cardNumber)),
    tlv(0x35, ascii('20991231')),
    tlv(0x3e),
    tlv(0xfe),
  );

const capabilities = (cardNumber: string): Uint8Array =>
  tlv(
    0x53,
    tlv(0xf0, concat(fromHex('A000000116'), fromHex('FF02'), pivGuid(cardNumber).slice(0, 14))),
    tlv(0xf1, Uint8Array.of(0x21)),
    tlv(0xf2, Uint8Array.of(0x21)),
    tlv(0xf3),
    tlv(0xf4, Uint8Array.of(0)),
    tlv(0xf5, Uint8Array.of(0x10)),
    ...[0xf6, 0xf7, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe].map((tag) => tlv(tag)),
  );

/** Discovery object: the PIV PIN alone, no global one. */
const discovery: Uint8Array = tlv(0x7e, tlv(0x4f, pivAid), tlv(0x5f2f, fromHex('4000')));

export interface PivContents {
  readonly cardNumber: string;
  readonly certificate: Uint8Array;
  readonly encryptionCertificate: Uint8Array;
}

/** By tag, in hexadecimal. */
export const pivObjects = (contents: PivContents): ReadonlyMap<string, Uint8Array> =>
  new Map([
    ['7E', discovery],
    ['5FC102', chuid(contents.cardNumber)],
    ['5FC107', capabilities(contents.cardNumber)],
    ['5FC105', certificateObject(contents.certificate)],
    ['5FC10A', certificateObject(contents.certificate)],
    ['5FC10B', certificateObject(contents.encryptionCertificate)],
  ]);
