/** Octets as values: comparison, text forms, and copies that own their memory. */

const hexDigits = '0123456789abcdef';

/** Lower-case hexadecimal, two digits an octet. */
export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += hexDigits.charAt(byte >> 4) + hexDigits.charAt(byte & 15);
  return text;
};

/** Octets of a hexadecimal text; separators (space, colon) are ignored. Undefined when it is not hexadecimal. */
export const fromHex = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const digits = text.replace(/[\s:]/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
};

const firstOf = Uint8Array.prototype.at;

/**
 * Whether these are octets that can be read. An array whose memory was transferred or has shrunk away, and a proxy of one,
 * are of the right class, and make the first who reads them throw.
 */
export const isOctets = (given: unknown): given is Uint8Array => {
  if (!(given instanceof Uint8Array)) return false;
  try {
    firstOf.call(given, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * A copy backed by its own ArrayBuffer: what was checked cannot be changed by whoever holds the original, and
 * WebCrypto accepts it (it refuses shared memory).
 */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** The octets themselves where WebCrypto takes them; it copies what it is given, and a list may have 20 MB. */
export const forWebCrypto = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : ownBytes(bytes);

export const concatBytes = (...parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** Hexadecimal of a non-negative integer in its normal form: upper case, no leading zeros ("0" for zero). */
export const normalSerial = (bytes: Uint8Array): string => {
  const digits = toHex(bytes).replace(/^0+/, '').toUpperCase();
  return digits === '' ? '0' : digits;
};

/** Octets of a serial in its normal form: what a certificate's INTEGER is written from. */
export const serialOctets = (serial: string): Uint8Array<ArrayBuffer> =>
  fromHex(serial.length % 2 === 0 ? serial : `0${serial}`) ?? new Uint8Array(0);

/** Any accepted spelling of a serial (32 or 34 digits, spaces, colons, either case) in its normal form. */
export const normaliseSerialText = (text: string): string =>
  text
    .replace(/[\s:]/g, '')
    .replace(/^0+(?=.)/, '')
    .toUpperCase();
