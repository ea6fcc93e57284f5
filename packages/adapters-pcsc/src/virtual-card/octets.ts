/** Octets as the virtual cards need them. */
export const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

export const toHex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex').toUpperCase();

export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

export const concat = (...parts: ReadonlyArray<Uint8Array>): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));

/** `octets`, filled up with `filler`; never cut. */
export const padded = (octets: Uint8Array, length: number, filler: number): Uint8Array =>
  concat(octets, new Uint8Array(Math.max(0, length - octets.length)).fill(filler));

export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
