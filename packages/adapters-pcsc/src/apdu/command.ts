/**
 * A C-APDU (ISO/IEC 7816-4 5.1).
 *
 * @packageDocumentation
 */
import { joined } from './octets.js';

export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** At most 65,535 octets. */
  readonly data?: Uint8Array;
  /** Octets wanted, 1 to 65,536; 256 is written as 00. Absent: none are asked for. */
  readonly le?: number;
  /**
   * Sent once, whatever the card answers. For a PIN: an answer that asks for the same command again would make a second
   * try of it.
   */
  readonly once?: true;
}

const isShort = ({ data, le }: Command): boolean => (data?.length ?? 0) <= 255 && (le ?? 0) <= 256;

const twoOctets = (value: number): ReadonlyArray<number> => [(value >> 8) & 0xff, value & 0xff];

const shortBody = ({ data, le }: Command): Uint8Array =>
  joined(
    data === undefined || data.length === 0 ? new Uint8Array(0) : joined(Uint8Array.of(data.length), data),
    le === undefined ? new Uint8Array(0) : Uint8Array.of(le & 0xff),
  );

/** The extended form: lengths of two octets, and a leading 00 that tells it apart. */
const extendedBody = ({ data, le }: Command): Uint8Array => {
  const hasData = data !== undefined && data.length > 0;
  return joined(
    Uint8Array.of(0),
    hasData ? joined(Uint8Array.from(twoOctets(data.length)), data) : new Uint8Array(0),
    le === undefined ? new Uint8Array(0) : Uint8Array.from(twoOctets(le)),
  );
};

/** The octets; in the short form where it holds them. */
export const encodeCommand = (command: Command): Uint8Array<ArrayBuffer> => {
  const { cla, ins, p1, p2 } = command;
  return joined(
    Uint8Array.of(cla, ins, p1, p2),
    isShort(command) ? shortBody(command) : extendedBody(command),
  );
};

/**
 * A command with much data as a chain of short ones (ISO/IEC 7816-4 5.1.1.1), for cards that take no extended form: each
 * but the last has the chaining bit in its class and asks for nothing.
 */
export const chainOf = (command: Command): ReadonlyArray<Command> => {
  const { data = new Uint8Array(0), le, ...header } = command;
  const chain: Command[] = [];
  let at = 0;
  for (; data.length - at > 255; at += 255) {
    chain.push({ ...header, cla: header.cla | 0x10, data: data.subarray(at, at + 255) });
  }
  return [...chain, { ...header, data: data.subarray(at), ...(le === undefined ? {} : { le }) }];
};
