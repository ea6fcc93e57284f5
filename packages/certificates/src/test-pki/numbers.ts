/** Octets for serials and numbers: WebCrypto's by default, a test's own where it wants the same ones again. */
export type Random = (length: number) => Uint8Array;

export const webRandom: Random = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));

/**
 * A serial of 128 bits as the GPKI's (16 octets, in DER 17 where the top bit is set). Never zero, and always 32
 * hexadecimal digits: a test that wants a shorter one makes it by hand.
 */
export const newSerial = (random: Random): Uint8Array => {
  const serial = Uint8Array.from(random(16));
  serial[0] = (serial[0] ?? 0) < 0x10 ? 0x50 | (serial[0] ?? 0) : (serial[0] ?? 0);
  return serial;
};

export const newDigits = (random: Random, length: number): string =>
  [...random(length)].map((octet) => octet % 10).join('');
