/** Tokens as a module lists them: cards, each in its slot. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { tokenFlags } from './constants.js';
import type { Cryptoki, Handle, RawTokenInfo } from './cryptoki.js';
import { meansRemoved, returnedFault, returnValues } from './return-values.js';

/** What the flags tell of a PIN without asking for it. A module need not tell all, and tells `unknown` then. */
export type PinState = 'unknown' | 'count-low' | 'final-try' | 'locked';

export interface Pkcs11Token {
  /** Without the blanks that pad it, as all texts here. */
  readonly label: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
  /** What the module calls the reader. */
  readonly slotDescription: string;
  /** Hexadecimal; names the slot until the module is asked again. */
  readonly slot: string;
  readonly pinState: PinState;
  /** The signing key needs a PIN. */
  readonly loginRequired: boolean;
  /** Octets; 0 where the module does not tell. */
  readonly minPinLength: number;
  readonly maxPinLength: number;
}

export interface TokenList {
  /** Readers, with or without a card. */
  readonly slots: number;
  readonly tokens: ReadonlyArray<Pkcs11Token>;
}

/** No machine has more readers; what comes after is not looked at. */
const maxSlots = 64;
const maxText = 64;

const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;

/** Texts are padded with blanks, by some modules with zeros. */
const unpadded = (text: string): string => {
  const [shown = ''] = String(text).slice(0, maxText).split('\u0000');
  return shown.trimEnd();
};

const length = (value: number): number =>
  Number.isSafeInteger(value) && value > 0 && value <= 255 ? value : 0;

export const pinStateOf = (flags: number): PinState => {
  if (has(flags, tokenFlags.pinLocked)) return 'locked';
  if (has(flags, tokenFlags.pinFinalTry)) return 'final-try';
  return has(flags, tokenFlags.pinCountLow) ? 'count-low' : 'unknown';
};

export const slotName = (slot: Handle): string => Buffer.from(slot).toString('hex');

const tokenOf = (slot: Handle, slotDescription: string, info: RawTokenInfo): Pkcs11Token => ({
  label: unpadded(info.label),
  serial: unpadded(info.serial),
  manufacturer: unpadded(info.manufacturer),
  model: unpadded(info.model),
  slotDescription: unpadded(slotDescription),
  slot: slotName(slot),
  pinState: pinStateOf(info.flags),
  loginRequired: has(info.flags, tokenFlags.loginRequired),
  minPinLength: length(info.minPinLength),
  maxPinLength: length(info.maxPinLength),
});

/** The token in one slot as it is now. */
export const tokenIn = (cryptoki: Cryptoki, slot: Handle): E.Either<CardFault, Pkcs11Token> => {
  const info = cryptoki.tokenInfo(slot);
  if (E.isLeft(info)) return E.left(returnedFault('C_GetTokenInfo', info.left));
  const description = cryptoki.slotDescription(slot);
  return E.right(tokenOf(slot, E.isRight(description) ? description.right : '', info.right));
};

const isEmptySlot = (value: number): boolean =>
  meansRemoved(value) || value === returnValues.slotIdInvalid || value === 0xe1;

/** Every initialised token. An empty reader, and one whose card the module does not know, has none. */
export const listTokens = (cryptoki: Cryptoki): E.Either<CardFault, TokenList> => {
  const slots = cryptoki.slots();
  if (E.isLeft(slots)) return E.left(returnedFault('C_GetSlotList', slots.left));
  const tokens: Pkcs11Token[] = [];
  let fault: CardFault | undefined;
  for (const slot of slots.right.slice(0, maxSlots)) {
    const info = cryptoki.tokenInfo(slot);
    if (E.isLeft(info)) {
      if (!isEmptySlot(info.left)) fault ??= returnedFault('C_GetTokenInfo', info.left);
    } else if (has(info.right.flags, tokenFlags.tokenInitialized)) {
      const description = cryptoki.slotDescription(slot);
      tokens.push(tokenOf(slot, E.isRight(description) ? description.right : '', info.right));
    }
  }
  // One reader that is out of order must not hide the card in the next.
  return fault !== undefined && tokens.length === 0
    ? E.left(fault)
    : E.right({ slots: slots.right.length, tokens });
};
