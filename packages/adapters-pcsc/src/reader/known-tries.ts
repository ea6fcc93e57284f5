/**
 * How many tries cards have left, as far as they have said so.
 *
 * A card could be asked by an empty VERIFY, which on some cards is answered "right" while another program's PIN is still
 * verified. It is never asked; what a card said with a wrong PIN is remembered instead.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault } from '@mandate/domain';
import type { CardTransport, ReaderState } from '../transport/transport.js';

/** What is known where a card is in a certain reader. */
export interface TriesHere {
  /** Why a card must not be asked now; `undefined` where it may. */
  readonly refusal: (card: string, allowLastTry: boolean) => CardFault | undefined;
  /** What came of a VERIFY; `undefined`: the PIN was right. */
  readonly told: (card: string, fault: CardFault | undefined) => void;
  /** No card is in this reader: one that was locked here may come back unlocked. */
  readonly isEmpty: () => void;
}

export interface KnownTries {
  readonly inReader: (reader: string) => TriesHere;
  /** All readers there are; a card that was locked in any other, or in one that is empty now, was taken out. */
  readonly listed: (readers: ReadonlyArray<ReaderState>) => void;
}

/** More cards than one reader sees between two right PINs. */
const most = 1_000;

/** What a card has at the most, as long as it has said nothing: the kinds that sign here have three. */
const usualTries = 3;

interface Known {
  readonly left: number;
  /** By the card. Else it was counted here: it said nothing when it was asked. */
  readonly isSaid: boolean;
  /** Where the card was asked. */
  readonly reader: string;
}

/** The card was not asked at all: a way to it is missing on this machine. */
const wasNotAsked = ({ code }: CardFault): boolean => code === 'SIGNING_UNSUPPORTED' || code === 'PIN_FORMAT';

export const knownTries = (): KnownTries => {
  const cards = new Map<string, Known>();
  const remember = (card: string, known: Known): void => {
    cards.delete(card);
    cards.set(card, known);
    const [oldest] = cards.keys();
    if (cards.size > most && oldest !== undefined) cards.delete(oldest);
  };
  const forgetLocked = (wasTakenOutOf: (reader: string) => boolean): void => {
    for (const [card, { left, reader }] of cards) if (left === 0 && wasTakenOutOf(reader)) cards.delete(card);
  };
  return {
    inReader: (reader) => ({
      refusal: (card, allowLastTry) => {
        const known = cards.get(card);
        if (known === undefined || known.left > 1 || allowLastTry) return undefined;
        // It was taken out, since it lies in another reader now.
        if (known.left === 0 && known.reader !== reader) return undefined;
        return cardFault(known.left === 0 ? 'PIN_LOCKED' : 'PIN_LAST_TRY', {
          ...(known.isSaid ? { triesLeft: known.left } : {}),
          detail: `the card was not asked: ${known.isSaid ? 'it said so' : 'it fell silent in VERIFY'} before`,
        });
      },
      told: (card, fault) => {
        if (fault === undefined) {
          cards.delete(card);
          return;
        }
        if (wasNotAsked(fault)) return;
        const before = cards.get(card)?.left ?? usualTries;
        if (fault.code === 'PIN_LOCKED') remember(card, { left: 0, isSaid: true, reader });
        else if (fault.code === 'PIN_WRONG' && fault.triesLeft !== undefined)
          remember(card, { left: fault.triesLeft, isSaid: true, reader });
        // No answer: the card may have counted it.
        else if (before > 1) remember(card, { left: before - 1, isSaid: false, reader });
      },
      isEmpty: () => forgetLocked((one) => one === reader),
    }),
    listed: (readers) => {
      const full = new Set(readers.filter(({ atr }) => atr !== undefined).map(({ reader }) => reader));
      forgetLocked((reader) => !full.has(reader));
    },
  };
};

const shared = new WeakMap<CardTransport, KnownTries>();

/** One memory for all readers of a transport: a card that goes to another slot has no more tries there. */
export const triesOf = (transport: CardTransport): KnownTries => {
  const known = shared.get(transport) ?? knownTries();
  shared.set(transport, known);
  return known;
};
