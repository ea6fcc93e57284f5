/** What CK_RV means to whoever holds the card (PKCS#11 v2.40 section 5.1). */
import type { CardFault } from '@mandate/domain';

import type { ReturnValue } from './cryptoki.js';

export const returnValues = {
  slotIdInvalid: 0x3,
  generalError: 0x5,
  deviceRemoved: 0x32,
  keyHandleInvalid: 0x60,
  mechanismInvalid: 0x70,
  objectHandleInvalid: 0x82,
  operationActive: 0x90,
  pinIncorrect: 0xa0,
  pinLocked: 0xa4,
  sessionHandleInvalid: 0xb3,
  tokenNotPresent: 0xe0,
  alreadyLoggedIn: 0x100,
  bufferTooSmall: 0x150,
  alreadyInitialized: 0x191,
} as const;

type Meaning = readonly [name: string, code: CardFault['code']];

const meanings: ReadonlyMap<ReturnValue, Meaning> = new Map<ReturnValue, Meaning>([
  [0x1, ['CKR_CANCEL', 'CANCELLED']],
  // A slot that is gone went with its reader.
  [0x3, ['CKR_SLOT_ID_INVALID', 'CARD_REMOVED']],
  [0x5, ['CKR_GENERAL_ERROR', 'CARD_FAULT']],
  [0x6, ['CKR_FUNCTION_FAILED', 'CARD_FAULT']],
  [0x30, ['CKR_DEVICE_ERROR', 'CARD_FAULT']],
  [0x32, ['CKR_DEVICE_REMOVED', 'CARD_REMOVED']],
  [0x50, ['CKR_FUNCTION_CANCELED', 'CANCELLED']],
  [0x54, ['CKR_FUNCTION_NOT_SUPPORTED', 'SIGNING_UNSUPPORTED']],
  [0x60, ['CKR_KEY_HANDLE_INVALID', 'CARD_FAULT']],
  [0x62, ['CKR_KEY_SIZE_RANGE', 'SIGNING_UNSUPPORTED']],
  [0x63, ['CKR_KEY_TYPE_INCONSISTENT', 'SIGNING_UNSUPPORTED']],
  [0x68, ['CKR_KEY_FUNCTION_NOT_PERMITTED', 'SIGNING_UNSUPPORTED']],
  [0x70, ['CKR_MECHANISM_INVALID', 'SIGNING_UNSUPPORTED']],
  [0x71, ['CKR_MECHANISM_PARAM_INVALID', 'SIGNING_UNSUPPORTED']],
  [0x82, ['CKR_OBJECT_HANDLE_INVALID', 'CARD_FAULT']],
  [0x90, ['CKR_OPERATION_ACTIVE', 'CARD_FAULT']],
  [0xa0, ['CKR_PIN_INCORRECT', 'PIN_WRONG']],
  [0xa1, ['CKR_PIN_INVALID', 'PIN_FORMAT']],
  [0xa2, ['CKR_PIN_LEN_RANGE', 'PIN_FORMAT']],
  // To be changed before it serves for anything: not a wrong PIN, and no try is lost.
  [0xa3, ['CKR_PIN_EXPIRED', 'CARD_FAULT']],
  [0xa4, ['CKR_PIN_LOCKED', 'PIN_LOCKED']],
  [0xb0, ['CKR_SESSION_CLOSED', 'CARD_REMOVED']],
  [0xb1, ['CKR_SESSION_COUNT', 'CARD_BUSY']],
  [0xb3, ['CKR_SESSION_HANDLE_INVALID', 'CARD_REMOVED']],
  [0xe0, ['CKR_TOKEN_NOT_PRESENT', 'CARD_REMOVED']],
  [0xe1, ['CKR_TOKEN_NOT_RECOGNIZED', 'CARD_UNKNOWN']],
  [0x100, ['CKR_USER_ALREADY_LOGGED_IN', 'CARD_BUSY']],
  [0x101, ['CKR_USER_NOT_LOGGED_IN', 'CARD_FAULT']],
  [0x102, ['CKR_USER_PIN_NOT_INITIALIZED', 'SIGNING_UNSUPPORTED']],
  [0x104, ['CKR_USER_ANOTHER_ALREADY_LOGGED_IN', 'CARD_BUSY']],
  [0x150, ['CKR_BUFFER_TOO_SMALL', 'CARD_FAULT']],
  [0x190, ['CKR_CRYPTOKI_NOT_INITIALIZED', 'CARD_FAULT']],
]);

/**
 * A fault of ours about a module. `detail` has codes, counts and names of calls. The process of the module takes types alone
 * from the domain, so that it starts at once.
 */
export const cardFault = (code: CardFault['code'], detail: string, triesLeft?: number): CardFault => ({
  _tag: 'CardFault',
  code,
  ...(triesLeft === undefined ? {} : { triesLeft }),
  detail,
});

/** The name of a return value, or its number: `CKR_PIN_LOCKED`, `CK_RV 0x80000001`. */
export const returnValueName = (value: ReturnValue): string =>
  meanings.get(value)?.[0] ?? `CK_RV 0x${value.toString(16)}`;

/** A call that did not answer CKR_OK. */
export const returnedFault = (call: string, value: ReturnValue): CardFault =>
  cardFault(meanings.get(value)?.[1] ?? 'CARD_FAULT', `${call}: ${returnValueName(value)}`);

/** Whether the card, or its reader, is no longer there. */
export const meansRemoved = (value: ReturnValue): boolean => meanings.get(value)?.[1] === 'CARD_REMOVED';
