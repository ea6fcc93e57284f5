/** Octets in and out of the forms that commands and answers have. */

export const hexOf = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** Octets of a literal in the code; spaces are for the reader. */
export const octetsOf = (hex: string): Uint8Array<ArrayBuffer> => {
  const digits = hex.replaceAll(' ', '');
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );
};

export const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
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
  a.length === b.length && a.every((octet, at) => octet === b[at]);
