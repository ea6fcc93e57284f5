/**
 * Files of a HiCOS card, of either generation (docs/cards.md): found by identifiers below 5030 and 0900, read in pieces.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Command } from '../apdu/command.js';
import { type Answered, exchange } from '../apdu/exchange.js';
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
  for (const command of [root, ...path.map(byIdentifier)]) {
    const answered = await exchange(session, command);
    if (E.isLeft(answered)) return answered;
    const { status, sw } = answered.right;
    if (status.kind !== 'ok' && status.kind !== 'warning') {
      return fault(`SELECT ${hexOf(command.data ?? new Uint8Array(0))}: ${swText(sw)}`);
    }
  }
  return E.right(undefined);
};

const readBinary = (
  session: CardSession,
  { cla }: HicosDialect,
  offset: number,
  le: number,
): Promise<Answered> => exchange(session, { cla, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le });

/**
 * Octets of the selected file from `offset` on, until `isEnough`, its end, or `most` octets. What a card gives beyond
 * what was asked for is cut off.
 */
export const readFrom = async (
  session: CardSession,
  dialect: HicosDialect,
  offset: number,
  most: number,
  isEnough: (octets: Uint8Array) => boolean = () => false,
): Outcome<Uint8Array> => {
  let read: Uint8Array = new Uint8Array(0);
  while (read.length < most && offset + read.length <= maxOffset) {
    const wanted = Math.min(piece, most - read.length);
    const answered = await readBinary(session, dialect, offset + read.length, wanted);
    if (E.isLeft(answered)) return answered;
    const { data, status, sw } = answered.right;
    const good = status.kind === 'ok' || status.kind === 'warning';
    // An offset at the end of the file is refused, in one way or another; at the beginning it is no end.
    if (!good) return read.length === 0 ? fault(`READ BINARY: ${swText(sw)}`) : E.right(read);
    read = joined(read, data.subarray(0, wanted));
    if (data.length < wanted || isEnough(read)) return E.right(read);
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
