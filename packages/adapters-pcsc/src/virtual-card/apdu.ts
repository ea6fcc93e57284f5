/** Commands and answers as a card sees them (ISO/IEC 7816-4 5.1). */
import { concat } from './octets.js';

export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Octets asked for; absent where none are. */
  readonly le?: number;
}

const number16 = (octets: Uint8Array, at: number): number => (octets[at] ?? 0) * 256 + (octets[at + 1] ?? 0);

type Body = Pick<Command, 'data' | 'le'>;

const noData = new Uint8Array(0);

const shortBody = (octets: Uint8Array): Body | undefined => {
  const lc = octets[4] ?? 0;
  if (octets.length === 5) return { data: noData, le: lc || 256 };
  const data = octets.subarray(5, 5 + lc);
  if (octets.length === 5 + lc) return { data };
  return octets.length === 6 + lc ? { data, le: octets[5 + lc] || 256 } : undefined;
};

const extendedBody = (octets: Uint8Array): Body | undefined => {
  const lc = number16(octets, 5);
  if (octets.length === 7) return { data: noData, le: lc || 65_536 };
  const data = octets.subarray(7, 7 + lc);
  if (lc > 0 && octets.length === 7 + lc) return { data };
  return lc > 0 && octets.length === 9 + lc ? { data, le: number16(octets, 7 + lc) || 65_536 } : undefined;
};

/** The command, or `undefined` where its lengths contradict each other. */
export const parseCommand = (octets: Uint8Array): Command | undefined => {
  const [cla, ins, p1, p2] = octets;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined;
  const header = { cla, ins, p1, p2 };
  if (octets.length === 4) return { ...header, data: noData };
  const body = octets[4] === 0 && octets.length > 6 ? extendedBody(octets) : shortBody(octets);
  return body === undefined ? undefined : { ...header, ...body };
};

/** Status words that the cards here answer (ISO/IEC 7816-4 5.1.3). */
export const sw = {
  ok: 0x9000,
  wrongLength: 0x6700,
  lastOfChainExpected: 0x6883,
  chainingNotSupported: 0x6884,
  securityNotSatisfied: 0x6982,
  blocked: 0x6983,
  conditionsNotSatisfied: 0x6985,
  noCurrentFile: 0x6986,
  wrongSecureMessage: 0x6988,
  wrongData: 0x6a80,
  notFound: 0x6a82,
  wrongParameters: 0x6a86,
  referenceNotFound: 0x6a88,
  offsetOutside: 0x6b00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
} as const;

/** `6Cxx`: ask again for exactly so many octets. */
export const exactLength = (length: number): number => 0x6c00 | (length & 0xff);

export const answer = (status: number, data: Uint8Array = noData): Uint8Array =>
  concat(data, Uint8Array.of(status >> 8, status & 0xff));
