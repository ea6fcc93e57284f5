/**
 * What a page asks of the component: the package, a JSON text.
 *
 * @packageDocumentation
 */

import { retCodes } from './codes.js';
import { type Bag, bagOf, type Either, fromBase64, isBag, left, member, right, textMember } from './json.js';

/** The functions that pages ask for in this project; others exist, and are answered as not supported. */
export type HipkiFunction = 'CheckEnvir' | 'GetUserCert' | 'MakeSignature';

export interface SignPackage {
  readonly func: 'MakeSignature';
  /** The octets to be signed. */
  readonly content: Uint8Array;
  readonly signatureType: 'PKCS1' | 'PKCS7';
  readonly hashAlgorithm: 'SHA1' | 'SHA256';
  readonly slotDescription?: string;
  readonly pin?: string;
  readonly nonce?: string;
  readonly withSigningTime: boolean;
  readonly withCardSN: boolean;
  readonly checkValidity: boolean;
  /** The card that is meant. */
  readonly cardid?: string;
  /** A key of the card, as an earlier answer named it. */
  readonly keyidb64?: string;
  /** What the page calls its purpose: its words, and nothing that is signed. */
  readonly purposeName?: { readonly zh: string; readonly en: string };
}

export interface InfoPackage {
  readonly func: 'CheckEnvir' | 'GetUserCert';
}

export type HipkiPackage = SignPackage | InfoPackage;

/** No text of the protocol is longer. */
export const maxPackageLetters = 262_144;

/** Official pages fill what they leave out with this word. */
const leftOut = '__NotExistedTag__';

const text = (bag: Bag, name: string): string | undefined => {
  const value = textMember(bag, name);
  return value === undefined || value === leftOut || value === '' ? undefined : value;
};

/** Components take `"true"` as well as `true`. */
const flag = (bag: Bag, name: string): boolean =>
  [true, 'true'].includes(member(bag, name) as boolean | string);

const optional = <K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({ [name]: value } as Partial<Record<K, string>>);

/** Longer names would push what is signed out of sight. */
const maxNameLetters = 60;

const purposeNameOf = (bag: Bag): Pick<SignPackage, 'purposeName'> => {
  const named = member(bag, 'purposeName');
  if (!isBag(named)) return {};
  const [zh, en] = [text(named, 'zh'), text(named, 'en')];
  if (zh === undefined || en === undefined) return {};
  return zh.length > maxNameLetters || en.length > maxNameLetters ? {} : { purposeName: { zh, en } };
};

const contentOf = (bag: Bag): Either<number, Uint8Array> => {
  const tbs = text(bag, 'tbs');
  if (tbs === undefined) return left(retCodes.noTbs);
  const encoding = text(bag, 'tbsEncoding');
  if (encoding === undefined) return right(new TextEncoder().encode(tbs));
  const octets = encoding.toLowerCase() === 'base64' ? fromBase64(tbs) : undefined;
  return octets === undefined || octets.length === 0 ? left(retCodes.parameter) : right(octets);
};

const signPackage = (bag: Bag): Either<number, SignPackage> => {
  const content = contentOf(bag);
  if (content._tag === 'Left') return content;
  const signatureType = text(bag, 'signatureType');
  if (signatureType !== 'PKCS1' && signatureType !== 'PKCS7') return left(retCodes.signingType);
  const hashAlgorithm = text(bag, 'hashAlgorithm') ?? 'SHA256';
  if (hashAlgorithm !== 'SHA1' && hashAlgorithm !== 'SHA256') return left(retCodes.parameter);
  return right({
    func: 'MakeSignature',
    content: content.right,
    signatureType,
    hashAlgorithm,
    ...optional('slotDescription', text(bag, 'slotDescription') ?? text(bag, 'readername')),
    ...optional('pin', text(bag, 'pin')),
    ...optional('nonce', text(bag, 'nonce')),
    ...optional('cardid', text(bag, 'cardid')),
    ...optional('keyidb64', text(bag, 'keyidb64')),
    ...purposeNameOf(bag),
    withSigningTime: flag(bag, 'withSigningTime'),
    withCardSN: flag(bag, 'withCardSN'),
    checkValidity: flag(bag, 'checkValidity'),
  });
};

/** Reads a package; Left is the `ret_code` to answer. Any text is answered, whatever it is. */
export const decodePackage = (json: unknown): Either<number, HipkiPackage> => {
  if (typeof json === 'string' && json.length > maxPackageLetters) return left(retCodes.tooBig);
  const bag = bagOf(json);
  if (bag === undefined) return left(retCodes.notJson);
  const func = textMember(bag, 'func');
  if (func === 'MakeSignature') return signPackage(bag);
  if (func === 'CheckEnvir' || func === 'GetUserCert') return right({ func });
  return left(retCodes.unsupported);
};
