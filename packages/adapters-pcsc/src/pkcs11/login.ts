/** The PIN, shown to a token once, and only where its flags say that this cannot lock it unasked. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { userTypes } from './constants.js';
import type { Cryptoki, Handle } from './cryptoki.js';
import { cardFault, returnedFault, returnValues } from './return-values.js';
import { type PinState, type Pkcs11Token, pinStateOf } from './token.js';

/** Why a PIN may not be shown in this state: what is asked before it is touched, and again at the last moment. */
export const loginRefusal = (state: PinState, allowLastTry: boolean): CardFault | undefined => {
  if (state === 'locked') return cardFault('PIN_LOCKED', 'CKF_USER_PIN_LOCKED; not asked', 0);
  return state === 'final-try' && !allowLastTry
    ? cardFault('PIN_LAST_TRY', 'CKF_USER_PIN_FINAL_TRY; not asked', 1)
    : undefined;
};

const hicosManufacturer = /^Chunghwa Tele/i;

/**
 * CKR_VENDOR_DEFINED + 1 and + 2 of HiCOS: a wrong PIN, with the tries that are left (docs/gpki.md). Another vendor means
 * something else by them.
 */
const hicosTriesLeft = (token: Pkcs11Token, value: number): number | undefined =>
  hicosManufacturer.test(token.manufacturer) && (value === 0x8000_0001 || value === 0x8000_0002)
    ? value - 0x8000_0000
    : undefined;

/** After a wrong PIN: what the flags say now. They need not be believed where they say nothing. */
const wrongPin = (state: PinState): CardFault => {
  if (state === 'locked') return cardFault('PIN_LOCKED', 'C_Login: CKR_PIN_INCORRECT, locked by it', 0);
  return state === 'final-try'
    ? cardFault('PIN_WRONG', 'C_Login: CKR_PIN_INCORRECT', 1)
    : cardFault('PIN_WRONG', 'C_Login: CKR_PIN_INCORRECT');
};

const loginFault = (cryptoki: Cryptoki, slot: Handle, token: Pkcs11Token, value: number): CardFault => {
  const left = hicosTriesLeft(token, value);
  if (left !== undefined) return cardFault('PIN_WRONG', 'C_Login: HiCOS CKR_VENDOR_DEFINED', left);
  if (value === returnValues.pinLocked) return cardFault('PIN_LOCKED', 'C_Login: CKR_PIN_LOCKED', 0);
  if (value !== returnValues.pinIncorrect) return returnedFault('C_Login', value);
  const now = cryptoki.tokenInfo(slot);
  return wrongPin(E.isRight(now) ? pinStateOf(now.right.flags) : 'unknown');
};

/**
 * C_Login, once. Where the module says that somebody is logged in already, this PIN has not been looked at: the other
 * login is ended, so that it is.
 */
export const login = (
  cryptoki: Cryptoki,
  session: Handle,
  slot: Handle,
  token: Pkcs11Token,
  pin: string,
): E.Either<CardFault, void> => {
  let answer = cryptoki.login(session, userTypes.user, pin);
  if (E.isLeft(answer) && answer.left === returnValues.alreadyLoggedIn) {
    cryptoki.logout(session);
    answer = cryptoki.login(session, userTypes.user, pin);
  }
  return E.isLeft(answer) ? E.left(loginFault(cryptoki, slot, token, answer.left)) : answer;
};
