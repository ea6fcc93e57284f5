/**
 * What a card's fault is in the component's codes.
 *
 * @packageDocumentation
 */
import type { CardFault } from '@mandate/domain';
import { lastErrors, retCodes } from '../hipki/codes.js';

export interface FaultCodes {
  readonly retCode: number;
  readonly lastError: number;
}

const alone = (retCode: number): FaultCodes => ({ retCode, lastError: lastErrors.none });
const login = (lastError: number): FaultCodes => ({ retCode: retCodes.loginFailed, lastError });

const triesLeft = new Map<number | undefined, number>([
  [0, lastErrors.pinLocked],
  [1, lastErrors.oneTryLeft],
  [2, lastErrors.twoTriesLeft],
]);

const table: Readonly<Record<CardFault['code'], (fault: CardFault) => FaultCodes>> = {
  NO_PCSC: () => alone(retCodes.noReader),
  NO_READER: () => alone(retCodes.noReader),
  NO_CARD: () => alone(retCodes.noCard),
  CARD_REMOVED: () => alone(retCodes.noCard),
  PIN_FORMAT: () => login(lastErrors.pinLength),
  PIN_WRONG: (fault) => login(triesLeft.get(fault.triesLeft) ?? lastErrors.pinIncorrect),
  // The card was not asked, so no PIN was wrong: nobody has entered one for its last try yet.
  PIN_LAST_TRY: () => alone(retCodes.pinNotEntered),
  PIN_LOCKED: () => login(lastErrors.pinLocked),
  CARD_BUSY: () => alone(retCodes.session),
  CARD_UNKNOWN: () => alone(retCodes.notGpkiCard),
  SIGNING_UNSUPPORTED: () => alone(retCodes.unsupported),
  // The component's protocol writes nothing.
  WRITE_UNSUPPORTED: () => alone(retCodes.unsupported),
  WRITE_UNCONFIRMED: () => alone(retCodes.signing),
  TIMEOUT: () => alone(retCodes.timedOut),
  CARD_FAULT: () => alone(retCodes.signing),
  CANCELLED: () => alone(retCodes.cancelled),
};

export const faultCodes = (fault: CardFault): FaultCodes => table[fault.code](fault);

/** The same of a card that was only read. */
export const readingCodes = (fault: CardFault): FaultCodes =>
  fault.code === 'CARD_FAULT' ? alone(retCodes.cardInformation) : faultCodes(fault);
