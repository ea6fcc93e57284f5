/**
 * A conversation with cards, written down: plain data, so that it can be kept as JSON. What a real card said once can
 * be asked again and again, on a machine without a reader.
 *
 * @packageDocumentation
 */

/** What the card does when it has been sent the command of an exchange. */
export type ReplayTurn =
  /** The R-APDU in hexadecimal; anything may stand here, nothing at all and one octet too. `after` milliseconds. */
  | { readonly answer: string; readonly after?: number }
  /** Never answers · is pulled out · has been reset by another program. */
  | { readonly does: 'hang' | 'pull' | 'reset' };

/** The C-APDU in hexadecimal, and what follows it. */
export type ReplayExchange = { readonly command: string } & ReplayTurn;

export interface ReplayReader {
  readonly reader: string;
  /** Answer to reset, in hexadecimal, of the card that lies in it at first; absent for none. */
  readonly atr?: string;
  /** What is said from one connection to its end; each connection takes the next of these. */
  readonly sessions: ReadonlyArray<ReadonlyArray<ReplayExchange>>;
}

export interface ReplayScript {
  readonly readers: ReadonlyArray<ReplayReader>;
}

export const octetsOf = (hex: string): Uint8Array => {
  const digits = hex.replaceAll(/\s/g, '');
  const pairs = digits.match(/[0-9a-f]{2}/gi) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
};

export const hexOf = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
