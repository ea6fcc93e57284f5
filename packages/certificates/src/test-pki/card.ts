import { fromHex } from '../bytes.js';
import type { Ca } from '../gpki/oids.js';
import type { SavedKey, TestKey } from './keys.js';
import { makeSignedData, type SignOptions } from './make-signed-data.js';
import type { Defects, SubscriberIdentity } from './subscriber.js';

/** What a card is, as data: everything but the keys, ready for JSON when the octets are hexadecimal. */
export interface CardRecord {
  readonly ca: Ca;
  readonly generation: string;
  readonly cardNumber: string;
  readonly identity: SubscriberIdentity;
  readonly defects: Defects;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Upper-case hexadecimal, the normal form. */
  readonly serial: string;
  readonly encryptionSerial: string;
  /** Text of the issuer's name. */
  readonly issuerName: string;
  readonly certificate: string;
  readonly encryptionCertificate: string;
  /** DER of the issuer's name. */
  readonly issuer: string;
}

export interface SavedCard {
  readonly record: CardRecord;
  readonly key: SavedKey;
}

/** A card: two certificates, and a key that signs for whoever holds it. */
export interface TestCard {
  readonly cardNumber: string;
  /** DER of the signing certificate. */
  readonly certificate: Uint8Array;
  /** DER of the encryption certificate. */
  readonly encryptionCertificate: Uint8Array;
  readonly holderName: string;
  readonly last4?: string;
  /** The signing certificate's key among all certificates: issuer and serial (checklist X-2). */
  readonly issuerName: string;
  readonly serial: string;
  readonly encryptionSerial: string;
  readonly record: CardRecord;
  /** Answers a challenge: CMS SignedData in DER, content attached, signed attributes. */
  readonly sign: (content: Uint8Array, options?: CardSignOptions) => Promise<Uint8Array>;
  /** JSON-serialisable, with the key; `TestPki.restore` makes the card again. */
  readonly save: () => SavedCard;
}

export interface CardSignOptions extends SignOptions {
  /** Wrong on purpose: the answer is made with the key of the encryption certificate. */
  readonly byEncryptionKey?: boolean;
}

const octets = (hex: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
  if (bytes === undefined) throw new TypeError('saved octets are not hexadecimal');
  return bytes;
};

export const cardOf = (record: CardRecord, key: TestKey, encryptionKey: TestKey): TestCard => {
  const certificate = octets(record.certificate);
  const encryptionCertificate = octets(record.encryptionCertificate);
  const { cardNumber } = record;
  const issuer = octets(record.issuer);
  const signer = { key, certificate, issuer, serial: octets(record.serial), cardNumber };
  const encryptionSigner = {
    key: encryptionKey,
    certificate: encryptionCertificate,
    issuer,
    serial: octets(record.encryptionSerial),
    cardNumber,
  };
  return {
    cardNumber,
    certificate,
    encryptionCertificate,
    holderName: record.identity.name,
    ...(record.identity.last4 === undefined ? {} : { last4: record.identity.last4 }),
    issuerName: record.issuerName,
    serial: record.serial,
    encryptionSerial: record.encryptionSerial,
    record,
    sign: (content, options = {}) =>
      makeSignedData(options.byEncryptionKey === true ? encryptionSigner : signer, content, options),
    save: () => ({ record, key: key.save() }),
  };
};
