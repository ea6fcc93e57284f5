/**
 * One command with its whole answer, whatever rounds the card asks for (ISO/IEC 7816-4 5.1.3, 7816-3 12.2).
 *
 * A card is a stranger: the rounds and the octets that it may ask for are bounded, and every answer is read by its own
 * length.
 *
 * @packageDocumentation
 */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { CardSession, TransportFault } from '../transport/transport.js';
import { cardFault } from './card-fault.js';
import { type Command, chainOf, encodeCommand } from './command.js';
import { joined } from './octets.js';
import { type Status, statusOf, swText } from './status.js';

/** The answer to a command: its octets, and what the card says at the end. */
export interface Answer {
  readonly data: Uint8Array;
  readonly sw: number;
  readonly status: Status;
}

export type Answered = E.Either<CardFault, Answer>;

/** More than the largest object of any known card, and fewer rounds than a person waits for. */
export const exchangeLimits = { octets: 65_536, rounds: 300 } as const;

const codes: Readonly<Record<TransportFault['code'], CardFault['code']>> = {
  NO_PCSC: 'NO_PCSC',
  NO_READER: 'NO_READER',
  NO_CARD: 'NO_CARD',
  CARD_REMOVED: 'CARD_REMOVED',
  CARD_BUSY: 'CARD_BUSY',
  // Another program came between: whatever was selected or verified is gone.
  CARD_RESET: 'CARD_BUSY',
  TIMEOUT: 'TIMEOUT',
  TRANSPORT: 'CARD_FAULT',
  CLOSED: 'CANCELLED',
};

/** A fault of the transport as the card's. */
export const faultOfTransport = ({ code, detail }: TransportFault): CardFault =>
  cardFault(codes[code], { detail: `${code}: ${detail}` });

const wrongAnswer = (detail: string): E.Either<CardFault, never> =>
  E.left(cardFault('CARD_FAULT', { detail }));

/** An R-APDU: at least the two octets of its status. */
const parsed = (response: Uint8Array): Answered => {
  const [sw1, sw2] = response.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) {
    return E.left(cardFault('CARD_REMOVED', { detail: `answer of ${response.length} octets` }));
  }
  const sw = sw1 * 256 + sw2;
  return E.right({ data: response.slice(0, -2), sw, status: statusOf(sw) });
};

/** What will follow, worked out only where it is of use. */
type Ahead = () => ReadonlyArray<Command>;

const nothing: Ahead = () => [];

/** One C-APDU for one R-APDU; the octets that were sent are overwritten. */
const round = async (session: CardSession, command: Command, ahead: Ahead): Promise<Answered> => {
  const octets = encodeCommand(command);
  try {
    // What is sent once is sent alone.
    const isAlone = command.once === true || session.anticipates === false;
    const announced = isAlone ? undefined : ahead().map(encodeCommand);
    const response = await session.transmit(octets, announced)();
    return E.isLeft(response) ? E.left(faultOfTransport(response.left)) : parsed(response.right);
  } catch {
    return wrongAnswer('the transport threw');
  } finally {
    octets.fill(0);
  }
};

const getResponse = (length: number): Command => ({ cla: 0x00, ins: 0xc0, p1: 0, p2: 0, le: length || 256 });

/** A round; where the card names another length (6Cxx), once more with that one. */
const withLength = async (session: CardSession, command: Command, ahead: Ahead): Promise<Answered> => {
  const first = await round(session, command, ahead);
  if (E.isLeft(first) || first.right.status.kind !== 'length' || command.once === true) return first;
  const second = await round(session, { ...command, le: first.right.status.length || 256 }, ahead);
  return E.isRight(second) && second.right.status.kind === 'length'
    ? wrongAnswer(`${swText(second.right.sw)} twice`)
    : second;
};

/**
 * Sends a command and collects its answer: 61xx is followed by GET RESPONSE, 6Cxx by the same command with that
 * length, once. A command that is to be sent `once` is not sent again for anything.
 *
 * `ahead` are the commands that will follow it if it is answered with 9000, for reading alone: a transport may send them at
 * once, and have their answers when they are exchanged.
 *
 * Errors: `CARD_FAULT` for an answer without end; those of the transport.
 */
export const exchange = async (
  session: CardSession,
  command: Command,
  ahead: Ahead = nothing,
): Promise<Answered> => {
  const parts: Uint8Array[] = [];
  let octets = 0;
  let answered = await withLength(session, command, ahead);
  for (let rounds = 0; E.isRight(answered); rounds += 1) {
    const { data, status, sw } = answered.right;
    parts.push(data);
    octets += data.length;
    if (octets > exchangeLimits.octets) return wrongAnswer(`more than ${exchangeLimits.octets} octets`);
    if (status.kind !== 'more') return E.right({ data: joined(...parts), sw, status });
    // A card that has more, and gives none of it, would never come to an end.
    if (rounds > 0 && data.length === 0) return wrongAnswer(`${swText(sw)} without data`);
    if (rounds === exchangeLimits.rounds) return wrongAnswer(`more than ${exchangeLimits.rounds} rounds`);
    answered = await withLength(session, getResponse(status.length), ahead);
  }
  return answered;
};

/** A chain of commands as one: a link that is not taken ends it, and its status is the answer. */
export const exchangeChain = async (session: CardSession, command: Command): Promise<Answered> => {
  const links = chainOf(command);
  for (const link of links.slice(0, -1)) {
    const answered = await exchange(session, link);
    if (E.isLeft(answered) || answered.right.status.kind !== 'ok') return answered;
  }
  return exchange(session, links.at(-1) ?? command);
};

/** The octets of an answer that must be a good one. */
export const dataOf = (answered: Answered, what: string): E.Either<CardFault, Uint8Array> => {
  if (E.isLeft(answered)) return answered;
  const { status, data, sw } = answered.right;
  return status.kind === 'ok' ? E.right(data) : wrongAnswer(`${what}: ${swText(sw)}`);
};
