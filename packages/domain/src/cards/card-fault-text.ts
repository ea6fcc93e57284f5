/**
 * What a person is told when a card says no.
 *
 * @packageDocumentation
 */
import type { Helpdesk, PortalPolicy, Text } from '../policy/policy.js';
import type { CardFault } from '../ports/card-reader.js';
import { faultTexts, wrongPin, wrongPinWith } from './fault-texts.js';
import { type HeldCard, unlocking } from './unlocking.js';

/** The text, and whom to ask. Nothing in it comes from the card but the number of tries. */
export interface CardFaultText extends Text {
  /** The helpdesk of the card's CA, where its PIN is the trouble. */
  readonly desk?: Helpdesk;
  /** Ways to unlock a locked card. */
  readonly ways: ReadonlyArray<Text>;
}

const textOf = (fault: CardFault, locked: Text): Text => {
  switch (fault.code) {
    case 'PIN_LOCKED':
      return locked;
    case 'PIN_WRONG':
      // No try left is a locked card, whatever the code says.
      if (fault.triesLeft === 0) return locked;
      return fault.triesLeft === undefined ? wrongPin : wrongPinWith(fault.triesLeft);
    default:
      return faultTexts[fault.code];
  }
};

/**
 * The fault of a card in the pack's words, with the desk that can help (GEPI-17, GEPI-19, NHI-20, NHI-21). Of an
 * agency's card `held.ca` says whose desk; without it there is none, rather than a wrong one. Where no portal is known, as in
 * the card agent, there is no pack either: then it is told in the words of NHI-20 and NHI-21, and no desk is named.
 */
export const cardFaultText = (fault: CardFault, held: HeldCard, policy?: PortalPolicy): CardFaultText => {
  const { text: locked, ways, desk } = unlocking(held, policy);
  const { zh, en } = textOf(fault, locked);
  const isLocked = fault.code === 'PIN_LOCKED' || (fault.code === 'PIN_WRONG' && fault.triesLeft === 0);
  const nearly = fault.code === 'PIN_LAST_TRY' || (fault.code === 'PIN_WRONG' && fault.triesLeft === 1);
  return {
    zh,
    en,
    ways: isLocked ? ways : [],
    ...((isLocked || nearly) && desk !== undefined ? { desk } : {}),
  };
};
