/** The signed attributes that a component writes under a card's signature (docs/gpki.md 8), as DER. */
import { type DigestName, digest as digestOf } from '../crypto/digest.js';
import { attribute } from '../der/encode-signed-data.js';
import { octetString, oid, printable, time, utf8 } from '../der/writer.js';
import { attributeOids } from './attributes.js';

const idData = '1.2.840.113549.1.7.1';

/** What may be said beside the content. Advisory for whoever reads it: see `SignerAttributes`. */
export interface SignedDataAttributes {
  /** Seconds are kept, fractions are not. */
  readonly signingTime?: Date;
  /** A string is written as one, octets as OCTET STRING. */
  readonly nonce?: string | Uint8Array;
  /** Attribute 2.16.886.1.100.2.204, a string. */
  readonly cardNumber?: string;
}

const printableOnly = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** PrintableString where its alphabet suffices (X.680 41.4). */
const textValue = (text: string): Uint8Array => (printableOnly.test(text) ? printable(text) : utf8(text));

/** Attributes of a content: contentType and messageDigest (RFC 5652 11.1, 11.2), and those that were asked for. */
export const standardAttributes = async (
  content: Uint8Array,
  { signingTime, nonce, cardNumber }: SignedDataAttributes,
  {
    digest = 'SHA-256',
    contentType = idData,
    messageDigest,
  }: {
    readonly digest?: DigestName;
    readonly contentType?: string;
    /** Of the content, where it is known already. */
    readonly messageDigest?: Uint8Array;
  } = {},
): Promise<ReadonlyArray<Uint8Array>> => [
  attribute(attributeOids.contentType, oid(contentType)),
  attribute(attributeOids.messageDigest, octetString(messageDigest ?? (await digestOf(digest, content)))),
  ...(signingTime === undefined ? [] : [attribute(attributeOids.signingTime, time(signingTime))]),
  ...(nonce === undefined
    ? []
    : [attribute(attributeOids.nonce, typeof nonce === 'string' ? textValue(nonce) : octetString(nonce))]),
  ...(cardNumber === undefined ? [] : [attribute(attributeOids.cardNumber, textValue(cardNumber))]),
];
