/**
 * What steps with a card answer, read as a stranger's: they may have been done in another process, in which native code runs.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { CardKind, CardShown, Opened, PinForm } from '../drivers/data.js';

type Told<A> = E.Either<CardFault, A>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const strange: Told<never> = E.left(
  cardFault('CARD_FAULT', { detail: 'the process for cards answered what it must not' }),
);

/** The codes, as a type tells them and a program does not. */
const codes: Readonly<Record<CardFault['code'], true>> = {
  NO_PCSC: true,
  NO_READER: true,
  NO_CARD: true,
  PIN_FORMAT: true,
  PIN_WRONG: true,
  PIN_LAST_TRY: true,
  PIN_LOCKED: true,
  CARD_REMOVED: true,
  CARD_BUSY: true,
  CARD_UNKNOWN: true,
  SIGNING_UNSUPPORTED: true,
  WRITE_UNSUPPORTED: true,
  WRITE_UNCONFIRMED: true,
  TIMEOUT: true,
  CARD_FAULT: true,
  CANCELLED: true,
};

const kinds: Readonly<Record<CardKind, true>> = { T7S: true, GPPKI: true, NHI: true, PIV: true };

const isKeyOf = <Key extends string>(value: unknown, keys: Readonly<Record<Key, true>>): value is Key =>
  typeof value === 'string' && Object.hasOwn(keys, value);

const longestDetail = 400;
const longestText = 64;
const mostCertificates = 16;
/** As `exchangeLimits` has it. */
const mostOctets = 65_536;
/** An RSA key of 8,192 bits, and then some. */
const longestSignature = 1_024;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length <= most;

const isOptional = <A>(value: unknown, is: (value: unknown) => value is A): value is A | undefined =>
  value === undefined || is(value);

const isOctets =
  (most: number) =>
  (value: unknown): value is Uint8Array =>
    value instanceof Uint8Array && value.length <= most;

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 15;

const faultTold = (value: unknown): Told<never> => {
  if (!isObject(value)) return strange;
  const { code, detail, triesLeft } = value;
  if (!isKeyOf(code, codes) || !isOptional(triesLeft, isCount)) return strange;
  return isOptional(detail, (text): text is string => isText(text, longestDetail))
    ? E.left(cardFault(code, { triesLeft, detail }))
    : strange;
};

/** What a step came to; what it answered is not looked at yet. */
export const outcomeTold = (value: unknown): Told<unknown> => {
  if (!isObject(value)) return strange;
  if (value['_tag'] === 'Right') return E.right(value['right']);
  return value['_tag'] === 'Left' ? faultTold(value['left']) : strange;
};

const isShortText = (value: unknown): value is string => isText(value, longestText);

const shownTold = (value: unknown): CardShown | undefined => {
  if (!isObject(value)) return undefined;
  const { kind, model, cardNumber, certificates, basicData } = value;
  if (!isKeyOf(kind, kinds) || !isOptional(model, isShortText) || !isOptional(cardNumber, isShortText)) {
    return undefined;
  }
  if (!Array.isArray(certificates) || certificates.length > mostCertificates) return undefined;
  if (!certificates.every(isOctets(mostOctets)) || !isOptional(basicData, isOctets(mostOctets))) {
    return undefined;
  }
  return {
    kind,
    ...(model === undefined ? {} : { model }),
    cardNumber,
    certificates: certificates.map((der) => new Uint8Array(der)),
    ...(basicData === undefined ? {} : { basicData }),
  };
};

/** `null` for what is none. Never so short that an empty PIN would do. */
const formTold = (value: unknown): PinForm | undefined | null => {
  if (value === undefined) return undefined;
  if (!isObject(value)) return null;
  const { min, max, digitsOnly } = value;
  return isCount(min) && isCount(max) && min > 0 && typeof digitsOnly === 'boolean'
    ? { min, max, digitsOnly }
    : null;
};

export const openedTold = (value: unknown): Told<Opened> => {
  if (!isObject(value)) return strange;
  const shown = shownTold(value['shown']);
  const pin = formTold(value['pin']);
  if (shown === undefined || pin === null) return strange;
  return E.right({ shown, ...(pin === undefined ? {} : { pin }) });
};

export const preparedTold = (value: unknown): Told<boolean> =>
  typeof value === 'boolean' ? E.right(value) : strange;

export const verifiedTold = (value: unknown): Told<void> =>
  value === undefined ? E.right(undefined) : strange;

export const poweredTold = (value: unknown): Told<Uint8Array> =>
  isOctets(longestSignature)(value) ? E.right(new Uint8Array(value)) : strange;

/** What a card holds after a write: a certificate, or nothing. */
export const writtenTold = (value: unknown): Told<Uint8Array> =>
  isOctets(mostOctets)(value) ? E.right(new Uint8Array(value)) : strange;
