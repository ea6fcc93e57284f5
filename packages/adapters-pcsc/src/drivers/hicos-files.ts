/**
 * Files of a HiCOS card, of either generation (docs/cards.md): found by identifiers below 5030 and 0900, read in pieces.
 *
 * @packageDocumentation
 */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import type { Command } from '../apdu/command.js';
import { exchange } from '../apdu/exchange.js';
import { asciiOf, hexOf, joined, octetsOf } from '../apdu/octets.js';
import { swText } from '../apdu/status.js';
import type { CardSession } from '../transport/transport.js';
import type { Outcome } from './driver.js';

/** What differs between the generations. */
export interface HicosDialect {
  readonly cla: number;
  /** Goes to where paths begin: the MF, or the applet by its name. */
  readonly root: Command;
  readonly select: { readonly p2: number; readonly le?: number };
}

/** The most that one READ BINARY asks for. */
const piece = 200;
/** P1 of READ BINARY has seven bits for an offset. */
const maxOffset = 0x7fff;

const fault = (detail: string): E.Either<CardFault, never> => E.left(cardFault('CARD_FAULT', { detail }));

/** SELECT by file identifier, one after the other from the root. */
export const selectFile = async (
  session: CardSession,
  { cla, root, select: { p2, le } }: HicosDialect,
  ...path: ReadonlyArray<string>
): Outcome<void> => {
  const byIdentifier = (fid: string): Command => ({
    cla,
    ins: 0xa4,
    p1: 0,
    p2,
    data: octetsOf(fid),
    ...(le === undefined ? {} : { le }),
  });
  const way = [root, ...path.map(byIdentifier)];
  for (const [step, command] of way.entries()) {
    const answered = await exchange(session, command, () => way.slice(step + 1));
    if (E.isLeft(answered)) return answered;
    const { status, sw } = answered.right;
    if (status.kind !== 'ok' && status.kind !== 'warning') {
      return fault(`SELECT ${hexOf(command.data ?? new Uint8Array(0))}: ${swText(sw)}`);
    }
  }
  return E.right(undefined);
};

const readBinary = ({ cla }: HicosDialect, offset: number, le: number): Command => ({
  cla,
  ins: 0xb0,
  p1: offset >> 8,
  p2: offset & 0xff,
  le,
});

/**
 * Octets of the selected file from `offset` on, until `whole` says that they are as many as there should be, the end of the
 * file, or `most` octets. What a card gives beyond what was asked for is cut off.
 *
 * `whole`: the length that the first octets tell; without end while it is not known.
 */
export const readFrom = async (
  session: CardSession,
  dialect: HicosDialect,
  offset: number,
  most: number,
  whole: (octets: Uint8Array) => number = () => Number.POSITIVE_INFINITY,
): Outcome<Uint8Array> => {
  let read: Uint8Array = new Uint8Array(0);
  const pieceAt = (at: number): Command => readBinary(dialect, offset + at, Math.min(piece, most - at));
  /** The pieces after the next one, as far as the length is known. */
  const ahead = (): ReadonlyArray<Command> => {
    const length = read.length === 0 ? 0 : whole(read);
    if (!Number.isFinite(length)) return [];
    const end = Math.min(length, most, maxOffset + 1 - offset);
    const count = Math.max(0, Math.ceil((end - read.length) / piece) - 1);
    return Array.from({ length: count }, (_, place) => pieceAt(read.length + (place + 1) * piece));
  };
  while (read.length < most && offset + read.length <= maxOffset) {
    const wanted = Math.min(piece, most - read.length);
    const answered = await exchange(session, pieceAt(read.length), ahead);
    if (E.isLeft(answered)) return answered;
    const { data, status, sw } = answered.right;
    const good = status.kind === 'ok' || status.kind === 'warning';
    // An offset at the end of the file is refused, in one way or another; at the beginning it is no end.
    if (!good) return read.length === 0 ? fault(`READ BINARY: ${swText(sw)}`) : E.right(read);
    read = joined(read, data.subarray(0, wanted));
    if (data.length < wanted || read.length >= whole(read)) return E.right(read);
  }
  return E.right(read);
};

/** A short file of printable characters: card number, version. `undefined` where it is not there or is none. */
export const readText = async (
  session: CardSession,
  dialect: HicosDialect,
  length: number,
  ...path: ReadonlyArray<string>
): Outcome<string | undefined> => {
  const selected = await selectFile(session, dialect, ...path);
  if (E.isLeft(selected)) return selected.left.code === 'CARD_FAULT' ? E.right(undefined) : selected;
  const read = await readFrom(session, dialect, 0, length);
  if (E.isLeft(read)) return read.left.code === 'CARD_FAULT' ? E.right(undefined) : read;
  const end = read.right.findIndex((octet) => octet === 0 || octet === 0xff);
  const text = asciiOf(end === -1 ? read.right : read.right.subarray(0, end))?.trim();
  return E.right(text === '' ? undefined : text);
};
