/** How a PIN travels to a HiCOS card of the first generation (docs/cards.md): under 3DES with a key that host and card share. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { ascii, concat, padded, sameOctets } from './octets.js';

/** The virtual card's own key, two keys of DES; no real card has it. */
export const testPinTransportKey: Uint8Array = ascii('MandateTestKey!!');

/** PIN in the buffer of ten octets in which the card compares it. */
export const pinBuffer = (pin: string): Uint8Array => padded(ascii(pin), 10, 0xff);

const tripleDes = (key: Uint8Array): Uint8Array => concat(key.subarray(0, 16), key.subarray(0, 8));

const encrypt = (key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('des-ede3-cbc', tripleDes(key), iv);
  return concat(cipher.update(plain), cipher.final());
};

const decrypt = (key: Uint8Array, iv: Uint8Array, cipherText: Uint8Array): Uint8Array | undefined => {
  const decipher = createDecipheriv('des-ede3-cbc', tripleDes(key), iv);
  try {
    return concat(decipher.update(cipherText), decipher.final());
  } catch {
    return undefined; // the padding is wrong
  }
};

/** The last block of the CBC encryption. */
const mac = (key: Uint8Array, iv: Uint8Array, buffer: Uint8Array): Uint8Array =>
  encrypt(key, iv, buffer).slice(-8);

/** IV (8) and cipher text (24) for VERIFY: what a host sends. For tests; `iv` is random in life. */
export const wrappedPin = (key: Uint8Array, iv: Uint8Array, pin: string): Uint8Array => {
  const buffer = pinBuffer(pin);
  return concat(iv, encrypt(key, iv, concat(buffer, mac(key, iv, buffer))));
};

/** The PIN buffer of ten octets, or `undefined` where key or MAC is not right. */
export const unwrappedPin = (key: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined => {
  if (wrapped.length !== 32) return undefined;
  const iv = wrapped.subarray(0, 8);
  const plain = decrypt(key, iv, wrapped.subarray(8));
  if (plain?.length !== 18) return undefined;
  const buffer = plain.slice(0, 10);
  return sameOctets(mac(key, iv, buffer), plain.subarray(10)) ? buffer : undefined;
};
