import type { Pkcs11Token } from './token.js';

/** Octets. */
export interface PinLength {
  readonly min: number;
  readonly max: number;
}

const hicos: PinLength = { min: 6, max: 8 };

/** As configured; HiCOS has six to eight whatever its module tells; else as the module tells. Never an empty one. */
export const pinLengthFor = (token: Pkcs11Token, configured: PinLength | undefined): PinLength => {
  if (configured !== undefined) return configured;
  if (token.label.startsWith('HiCOS')) return hicos;
  const { minPinLength, maxPinLength } = token;
  return { min: Math.max(1, minPinLength), max: maxPinLength === 0 ? 255 : maxPinLength };
};

const control = /\p{Cc}/u;

/** Whether a card would look at it at all: one of another length may cost a try, an empty one may be taken for right. */
export const pinFits = (pin: string, { min, max }: PinLength): boolean => {
  const octets = new TextEncoder().encode(pin).length;
  return octets > 0 && octets >= min && octets <= max && !control.test(pin);
};
