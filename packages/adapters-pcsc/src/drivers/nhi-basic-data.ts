/**
 * What the basic data of an NHI card say (docs/cards.md).
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault, decodeValue, PersonalId, PersonName, RocDate } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { asciiOf } from '../apdu/octets.js';
import type { NhiBasicData } from './data.js';

const basicLength = 57;

/** Text up to its NUL. */
const unpadded = (octets: Uint8Array): Uint8Array => {
  const end = octets.indexOf(0);
  return end === -1 ? octets : octets.subarray(0, end);
};

/** ASCII, or a lead octet with its trail: decoders are lenient about what stands alone. */
const isBig5 = (octets: Uint8Array): boolean => {
  for (let at = 0; at < octets.length; at += 1) {
    const lead = octets[at] ?? 0;
    if (lead < 0x80) continue;
    at += 1;
    const trail = octets[at] ?? 0;
    const isTrail = (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe);
    if (lead === 0x80 || lead === 0xff || !isTrail) return false;
  }
  return true;
};

/** Big5 as the WHATWG Encoding Standard has it; `undefined` for octets that are none. */
const big5 = (octets: Uint8Array): string | undefined => {
  if (!isBig5(octets)) return undefined;
  try {
    return new TextDecoder('big5', { fatal: true }).decode(octets).trim();
  } catch {
    return undefined;
  }
};

const valueOr = <A>(decoded: E.Either<unknown, A>): A | undefined =>
  E.isRight(decoded) ? decoded.right : undefined;

const rocDate = (text: string | undefined): RocDate | undefined =>
  text !== undefined && /^\d{7}$/.test(text) ? valueOr(decodeValue(RocDate, text)) : undefined;

/** Only what is there: an absent key rather than an undefined value. */
const present = (fields: { [Key in keyof NhiBasicData]: NhiBasicData[Key] | undefined }): NhiBasicData =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * The 57 octets, field by field.
 *
 * Errors: `CARD_FAULT` for another length.
 */
export const nhiBasicData = (octets: Uint8Array): E.Either<CardFault, NhiBasicData> => {
  if (octets.length < basicLength) {
    return E.left(cardFault('CARD_FAULT', { detail: `basic data of ${octets.length} octets` }));
  }
  const field = (at: number, length: number) => unpadded(octets.subarray(at, at + length));
  const text = (at: number, length: number) => asciiOf(field(at, length))?.trim();
  const cardNumber = text(0, 12);
  const sex = text(49, 1);
  return E.right(
    present({
      cardNumber: cardNumber !== undefined && /^\d{12}$/.test(cardNumber) ? cardNumber : undefined,
      name: valueOr(decodeValue(PersonName, big5(field(12, 20)))),
      nationalId: valueOr(decodeValue(PersonalId, text(32, 10))),
      birthDate: rocDate(text(42, 7)),
      sex: sex === 'M' || sex === 'F' ? sex : undefined,
      issuedOn: rocDate(text(50, 7)),
    }),
  );
};
