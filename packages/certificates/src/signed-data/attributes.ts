import { toHex } from '../bytes.js';
import { contentOf, type DerNode, tags } from '../der/reader.js';
import type { SignedAttribute } from '../der/signed-data.js';
import { textOf, timeOf } from '../der/values.js';

/**
 * What the card's component adds under its signature. Advisory: a component fills it in, nobody vouches for the
 * clock, and a decision must not hang on it. What binds an answer to a request is the signed content.
 */
export interface SignerAttributes {
  /** ISO 8601, UTC, milliseconds. */
  readonly signingTime?: string;
  /** A string as it stands; octets as lower-case hexadecimal (its type is not settled, docs/gpki.md 8). */
  readonly nonce?: string;
  readonly cardNumber?: string;
}

export const attributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  algorithmProtection: '1.2.840.113549.1.9.52',
  nonce: '1.2.840.113549.1.9.25.3',
  cardNumber: '2.16.886.1.100.2.204',
} as const;

/** The value of an attribute that has exactly one. */
export const singleValue = (list: ReadonlyArray<SignedAttribute>, type: string): DerNode | undefined => {
  const values = list.find((attribute) => attribute.type === type)?.values;
  return values?.length === 1 ? values[0] : undefined;
};

const isPrintable = (octets: Uint8Array): boolean =>
  octets.length > 0 && octets.every((octet) => octet >= 0x20 && octet < 0x7f);

const asciiOf = (octets: Uint8Array): string => String.fromCharCode(...octets);

/** Reads tolerantly: an attribute of an unexpected type is as if it were not there. */
export const signerAttributes = (list: ReadonlyArray<SignedAttribute>): SignerAttributes => {
  const time = timeOf(singleValue(list, attributeOids.signingTime));
  const nonceNode = singleValue(list, attributeOids.nonce);
  const nonce = nonceNode?.tag === tags.octetString ? toHex(contentOf(nonceNode)) : textOf(nonceNode);
  const cardNode = singleValue(list, attributeOids.cardNumber);
  const cardOctets = cardNode?.tag === tags.octetString ? contentOf(cardNode) : undefined;
  const cardNumber =
    cardOctets === undefined ? textOf(cardNode) : isPrintable(cardOctets) ? asciiOf(cardOctets) : undefined;
  return {
    ...(time === undefined ? {} : { signingTime: new Date(time).toISOString() }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(cardNumber === undefined ? {} : { cardNumber }),
  };
};
