/** The files of a HiCOS card: PKCS#15 directories, all certificates in one file, card number and version. */
import { ascii, concat, fromHex, padded } from './octets.js';
import { tlv } from './tlv.js';

/** DF → EF → content, by file identifier in hexadecimal. */
export type FileTree = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

export interface HicosContents {
  readonly cardNumber: string;
  /** Signing, encryption, then issuers. */
  readonly certificates: ReadonlyArray<Uint8Array>;
  /** Where PKCS#15 paths begin: `3F00` on the first generation, `7FFF` on the second. */
  readonly root: '3F00' | '7FFF';
}

/** Key references of the signing and the encryption key. */
export const keyReferences = { sign: 0x01, encrypt: 0x05 } as const;

/** Certificates begin at multiples of this, as seen on a card. */
const certificateSlot = 0x700;

interface Placed {
  readonly certificate: Uint8Array;
  readonly offset: number;
}

const placed = (certificates: ReadonlyArray<Uint8Array>): ReadonlyArray<Placed> => {
  let next = 0;
  return certificates.map((certificate) => {
    const offset = next;
    next += certificateSlot * Math.ceil(certificate.length / certificateSlot);
    return { certificate, offset };
  });
};

const certificateFile = (certificates: ReadonlyArray<Placed>): Uint8Array =>
  concat(
    ...certificates.map(({ certificate }) =>
      padded(certificate, certificateSlot * Math.ceil(certificate.length / certificateSlot), 0),
    ),
  );

const integer = (value: number, tag = 0x02): Uint8Array => {
  const hex = value.toString(16);
  const octets = fromHex(hex.padStart(hex.length + (hex.length % 2), '0'));
  return tlv(tag, (octets[0] ?? 0) > 0x7f ? Uint8Array.of(0) : new Uint8Array(0), octets);
};

const label = (text: string): Uint8Array => tlv(0x30, tlv(0x0c, ascii(text)));

const objectIds = ['SIGN', 'KEYX', 'CACert', 'ROOTCACert'];

/** An entry of the CDF (PKCS #15 v1.1 6.6): label, identifier, and where the certificate lies. */
const certificateEntry = (path: Uint8Array, { certificate, offset }: Placed, index: number): Uint8Array => {
  const id = objectIds[index] ?? `CERT${index}`;
  return tlv(
    0x30,
    label(id),
    tlv(0x30, tlv(0x04, ascii(id))),
    tlv(0xa1, tlv(0x30, tlv(0x30, tlv(0x04, path), integer(offset), integer(certificate.length, 0x80)))),
  );
};

/** An entry of the PrKDF or PuKDF (PKCS #15 v1.1 6.3): identifier, usage, key reference. */
const keyEntry = (path: Uint8Array, id: string, usage: number, reference: number): Uint8Array =>
  tlv(
    0x30,
    label(id),
    tlv(0x30, tlv(0x04, ascii(id)), tlv(0x03, Uint8Array.of(0, usage)), integer(reference)),
    tlv(0xa1, tlv(0x30, tlv(0x30, tlv(0x04, path)), integer(2048))),
  );

const keyEntries = (path: Uint8Array): Uint8Array =>
  concat(
    keyEntry(path, 'SIGN', 0x20, keyReferences.sign),
    keyEntry(path, 'KEYX', 0x40, keyReferences.encrypt),
  );

/** A directory file: content, filler, and the content's length in the last two octets, the low one first. */
const directory = (content: Uint8Array): Uint8Array => {
  const size = Math.max(0x200, 0x100 * Math.ceil((content.length + 2) / 0x100));
  return concat(padded(content, size - 2, 0xff), Uint8Array.of(content.length & 0xff, content.length >> 8));
};

/** TokenInfo (PKCS #15 v1.1 6.9): version, serial, manufacturer, label, flags. */
const tokenInfo = (cardNumber: string): Uint8Array =>
  tlv(
    0x30,
    integer(0),
    tlv(0x04, ascii(cardNumber)),
    tlv(0x0c, ascii('Chunghwa TeleCom Co., Ltd.')),
    tlv(0x80, ascii('HiCOS PKI Smart Card')),
    tlv(0x03, Uint8Array.of(4, 0x10)),
  );

const pki = ({ certificates, cardNumber, root }: HicosContents): ReadonlyMap<string, Uint8Array> => {
  const path = (fid: string): Uint8Array => fromHex(`${root}5030${fid}`);
  const all = placed(certificates);
  return new Map([
    ['4100', directory(keyEntries(path('0810')))],
    ['4101', directory(keyEntries(path('0811')))],
    ['4104', directory(concat(...all.map((one, index) => certificateEntry(path('08F2'), one, index))))],
    ['4107', directory(new Uint8Array(0))],
    ['4108', directory(new Uint8Array(0))],
    ['5032', tokenInfo(cardNumber)],
    ['0810', new Uint8Array(0)],
    ['0811', new Uint8Array(0)],
    ['08F2', certificateFile(all)],
  ]);
};

export const hicosFiles = (contents: HicosContents): FileTree =>
  new Map([
    ['5030', pki(contents)],
    [
      '0900',
      new Map([
        ['0903', ascii(contents.cardNumber)],
        ['0905', ascii('CHT V32N')],
      ]),
    ],
  ]);
