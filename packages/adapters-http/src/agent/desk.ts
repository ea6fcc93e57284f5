/**
 * What the agent does for whoever may ask: the protocol without HTTP.
 *
 * @packageDocumentation
 */
import { type CardFault, type Clock, singleUsePin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { answerOf } from '../hipki/answer.js';
import { retCodes } from '../hipki/codes.js';
import type { Bag } from '../hipki/json.js';
import { decodePackage, type SignPackage } from '../hipki/package.js';
import type { Ask, Asks } from './asks.js';
import { type AgentCards, isFault, readable, type SeenSlot } from './cards.js';
import { faultCodes } from './fault-codes.js';
import { infoAnswer } from './info.js';
import type { TrustedOrigin } from './options.js';
import { rehearsal } from './rehearsal.js';
import { cardOf, choicesOf, packageRefusal, refusal, refusalOf, signWith } from './signing.js';
import { askAnswer, cardChanged, noticeOf, type WindowNotice } from './window.js';

export interface DeskTerms {
  readonly cards: AgentCards;
  readonly asks: Asks;
  readonly origins: ReadonlyMap<string, TrustedOrigin>;
  readonly clock: Clock;
  readonly pagePins: boolean;
}

export interface PinGiven {
  readonly ask: string;
  readonly pin: string;
  readonly slotDescription: string | undefined;
  readonly allowLastTry: boolean;
}

export interface Desk {
  readonly info: (withCertificates: boolean) => Promise<Bag>;
  /** `ownWindow`: the person sits before the agent's window, which can ask for a PIN. */
  readonly sign: (tbsPackage: unknown, origin: string, ownWindow: boolean) => Promise<Bag>;
  readonly givePin: (given: PinGiven) => Promise<Bag>;
  readonly cancel: (ask: string) => Bag;
}

/** After these the person may try again: the card still takes a PIN. */
const mayTryAgain = ({ code, triesLeft }: CardFault): boolean =>
  code === 'PIN_FORMAT' ||
  code === 'PIN_LAST_TRY' ||
  code === 'CARD_BUSY' ||
  (code === 'PIN_WRONG' && triesLeft !== 0);

/** What may pass, told of a card that was looked at and shown no PIN: the window is left to wait for it. */
const mayPass = ({ code }: CardFault): boolean =>
  code === 'CARD_BUSY' || code === 'TIMEOUT' || code === 'CARD_FAULT';

/** Whether the card is still the one that the person saw when they typed its PIN. */
const sameCard = (before: SeenSlot, now: SeenSlot['card']): boolean => {
  const [old, found] = [cardOf(before)?.signing, readable(now)?.signing];
  return old !== undefined && old.fingerprint === found?.fingerprint;
};

export const agentDesk = ({ cards, asks, origins, clock, pagePins }: DeskTerms): Desk => {
  const askAgain = (ask: Ask, notice: WindowNotice): Bag => {
    asks.putBack(ask);
    return askAnswer(ask, origins.get(ask.origin), notice);
  };

  const choicesFor = async (wanted: SignPackage): Promise<E.Either<Bag, ReadonlyArray<SeenSlot>>> => {
    const seen = await cards.look(wanted.slotDescription);
    if (E.isLeft(seen)) return E.left(refusalOf(seen.left));
    const choices = choicesOf(seen.right, wanted, clock);
    if (E.isLeft(choices)) return choices;
    const rehearsed = await Promise.all(
      choices.right.map(async (slot) => ({ slot, no: await rehearsal(wanted, cardOf(slot), clock) })),
    );
    const able = rehearsed.filter(({ no }) => no === undefined).map(({ slot }) => slot);
    const [first] = rehearsed;
    return able.length > 0 || first?.no === undefined ? E.right(able) : E.left(refusal(first.no));
  };

  const askIn = (asked: Omit<Ask, 'id' | 'expiresAt'>, notice?: WindowNotice): Bag => {
    const ask = asks.put(asked);
    return ask === undefined ? refusal(retCodes.session) : askAnswer(ask, origins.get(ask.origin), notice);
  };

  /** The last try is no page's: where there is a window the person is asked in it, with the PIN once more. */
  const withPagePin = async (
    asked: Omit<Ask, 'id' | 'expiresAt'>,
    slot: SeenSlot,
    pin: string,
    ownWindow: boolean,
  ): Promise<Bag> => {
    const { wanted } = asked;
    const card = cardOf(slot);
    if (card === undefined) return refusal(retCodes.noCard);
    const terms = { reader: slot.reader, card, wanted, pin: singleUsePin(pin), allowLastTry: false, clock };
    const signed = await cards.alone(slot.slotDescription, () => signWith(terms));
    if (E.isRight(signed)) return signed.right;
    return ownWindow && signed.left.code === 'PIN_LAST_TRY'
      ? askIn({ ...asked, lastTryFor: slot.slotDescription }, noticeOf(signed.left, card))
      : refusalOf(signed.left, card);
  };

  const changed = async (ask: Ask): Promise<Bag> => {
    const choices = await choicesFor(ask.wanted);
    if (E.isLeft(choices)) return choices.left;
    const { lastTryFor, ...others } = ask;
    return askAgain({ ...others, choices: choices.right }, cardChanged);
  };

  return {
    info: async (withCertificates) => {
      const seen = await cards.look();
      if (E.isRight(seen)) return infoAnswer(seen.right, { withCertificates, asksPin: !pagePins });
      const { retCode, lastError } = faultCodes(seen.left);
      return answerOf('pkcs11info', retCode, { lastError, slots: [] });
    },

    sign: async (tbsPackage, origin, ownWindow) => {
      const wanted = decodePackage(tbsPackage);
      if (E.isLeft(wanted)) return refusal(wanted.left);
      if (wanted.right.func !== 'MakeSignature') return refusal(retCodes.unsupported);
      const refused =
        packageRefusal(wanted.right, origin) ?? (await rehearsal(wanted.right, undefined, clock));
      if (refused !== undefined) return refusal(refused);
      const choices = await choicesFor(wanted.right);
      if (E.isLeft(choices)) return choices.left;
      const { pin, ...withoutPin } = wanted.right;
      const asked = { origin, wanted: withoutPin, choices: choices.right };
      const [first, ...others] = choices.right;
      // Two cards and one PIN: a guess would cost a try of the wrong one.
      if (pagePins && pin !== undefined && first !== undefined && others.length === 0)
        return withPagePin(asked, first, pin, ownWindow);
      if (!ownWindow) return refusal(retCodes.pinNotEntered);
      return askIn(asked);
    },

    givePin: async ({ ask: id, pin, slotDescription, allowLastTry: saidYes }) => {
      const ask = asks.take(id);
      if (ask === undefined) return refusal(retCodes.timedOut);
      const slot = ask.choices.find((one) => one.slotDescription === slotDescription);
      const card = slot === undefined ? undefined : cardOf(slot);
      if (slot === undefined || card === undefined) return changed(ask);
      const { reader } = slot;
      const { lastTryFor, ...asked } = ask;
      const allowLastTry = saidYes && lastTryFor === slotDescription;
      const terms = { reader, card, wanted: ask.wanted, pin: singleUsePin(pin), allowLastTry, clock };
      let hindrance: CardFault | undefined;
      const signed = await cards.alone(slot.slotDescription, async () => {
        const now = await cards.lookAt(reader);
        if (now !== undefined && isFault(now) && mayPass(now)) hindrance = now;
        return sameCard(slot, now) ? signWith(terms) : undefined;
      });
      if (hindrance !== undefined) return askAgain(asked, noticeOf(hindrance, card));
      if (signed === undefined) return changed(ask);
      if (E.isRight(signed)) return signed.right;
      if (!mayTryAgain(signed.left)) return refusalOf(signed.left, card);
      const notice = noticeOf(signed.left, card);
      return askAgain(notice.lastTry ? { ...asked, lastTryFor: slot.slotDescription } : asked, notice);
    },

    cancel: (id) => {
      asks.take(id);
      return refusal(retCodes.cancelled);
    },
  };
};
