/**
 * How a PIN travels to a HiCOS card of the first generation (docs/cards.md): under two-key 3DES, with a key that host and
 * card share and that is configuration here.
 *
 * @packageDocumentation
 */
import { createCipheriv } from 'node:crypto';
import { joined } from '../apdu/octets.js';

/** Two keys of DES. */
export const transportKeyLength = 16;

/** The buffer in which the card compares a PIN. */
const bufferLength = 10;

const encrypted = (key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('des-ede3-cbc', key, iv);
  return joined(cipher.update(plain), cipher.final());
};

/**
 * IV (8) and cipher text (24): the PIN in its buffer, filled with FF, and the last block of the buffer's own CBC
 * encryption behind it. What held the PIN is overwritten. `undefined` where this Node has no 3DES.
 */
export const wrappedPin = (key: Uint8Array, iv: Uint8Array, pin: Uint8Array): Uint8Array | undefined => {
  const tripleKey = joined(key.subarray(0, 16), key.subarray(0, 8));
  const buffer = new Uint8Array(bufferLength).fill(0xff);
  buffer.set(pin.subarray(0, bufferLength));
  let plain: Uint8Array | undefined;
  try {
    const mac = encrypted(tripleKey, iv, buffer).slice(-8);
    plain = joined(buffer, mac);
    return joined(iv, encrypted(tripleKey, iv, plain));
  } catch {
    return undefined;
  } finally {
    buffer.fill(0);
    plain?.fill(0);
    tripleKey.fill(0);
  }
};
