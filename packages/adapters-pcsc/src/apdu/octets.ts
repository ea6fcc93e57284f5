/** Octets in and out of the forms that commands and answers have. */

export const hexOf = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex');

/** Octets of a literal in the code; spaces are for the reader. */
export const octetsOf = (hex: string): Uint8Array<ArrayBuffer> => {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
};

export const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Printable ASCII, `undefined` where an octet is none. */
export const asciiOf = (octets: Uint8Array): string | undefined =>
  octets.every((octet) => octet >= 0x20 && octet < 0x7f) ? String.fromCharCode(...octets) : undefined;

export const equalOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && Buffer.compare(a, b) === 0;
