/**
 * How many tries cards have left, as far as they have said so.
 *
 * A card could be asked by an empty VERIFY, which on some cards is answered "right" while another program's PIN is still
 * verified. It is never asked; what a card said with a wrong PIN is remembered instead.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault } from '@mandate/domain';
import type { CardTransport } from '../transport/transport.js';

export interface KnownTries {
  /** Why a card must not be asked now; `undefined` where it may. */
  readonly refusal: (card: string, allowLastTry: boolean) => CardFault | undefined;
  /** What came of a VERIFY; `undefined`: the PIN was right. */
  readonly told: (card: string, fault: CardFault | undefined) => void;
  /** A card was taken out: one that was locked may come back unlocked. */
  readonly cardRemoved: () => void;
}

/** More cards than one reader sees between two right PINs. */
const most = 1_000;

/** What a card has at the most, as long as it has said nothing: the kinds that sign here have three. */
const usualTries = 3;

/** The card was not asked at all: a way to it is missing on this machine. */
const wasNotAsked = ({ code }: CardFault): boolean => code === 'SIGNING_UNSUPPORTED' || code === 'PIN_FORMAT';

export const knownTries = (): KnownTries => {
  const left = new Map<string, number>();
  const remember = (card: string, tries: number): void => {
    left.delete(card);
    left.set(card, tries);
    const [oldest] = left.keys();
    if (left.size > most && oldest !== undefined) left.delete(oldest);
  };
  return {
    refusal: (card, allowLastTry) => {
      const tries = left.get(card);
      if (tries === undefined || tries > 1 || allowLastTry) return undefined;
      return cardFault(tries === 0 ? 'PIN_LOCKED' : 'PIN_LAST_TRY', {
        triesLeft: tries,
        detail: 'the card was not asked: it said so before',
      });
    },
    told: (card, fault) => {
      if (fault === undefined) {
        left.delete(card);
        return;
      }
      if (wasNotAsked(fault)) return;
      const before = left.get(card) ?? usualTries;
      if (fault.code === 'PIN_LOCKED') remember(card, 0);
      else if (fault.code === 'PIN_WRONG' && fault.triesLeft !== undefined) remember(card, fault.triesLeft);
      // No answer: the card may have counted it.
      else if (before > 1) remember(card, before - 1);
    },
    cardRemoved: () => {
      for (const [card, tries] of left) if (tries === 0) left.delete(card);
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
