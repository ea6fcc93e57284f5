/**
 * What the agent tells its own window: that a PIN is to be asked for, by whom and for what.
 *
 * @packageDocumentation
 */
import { subjectFacts } from '@mandate/certificates';
import { type CardFault, cardFaultText } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { HipkiText } from '../hipki/fault.js';
import type { Bag } from '../hipki/json.js';
import type { Ask } from './asks.js';
import { cardKindOf } from './card-kind.js';
import { isFault, type SeenCard, type SeenSlot } from './cards.js';
import type { TrustedOrigin } from './options.js';
import { shownContent, shownName } from './shown.js';

/** What the person is told after a PIN that did not lead to a signature. */
export interface WindowNotice {
  readonly text: HipkiText;
  /** This may be the last try: it is used only after the person said so. */
  readonly lastTry: boolean;
}

/** Counted where the card said nothing, and as it was when the card was last asked: nobody knows it for certain. */
const lastTryText: HipkiText = {
  zh: '這可能是最後一次機會，再輸入錯誤可能鎖卡。確定要試，請勾選下方方塊並重新輸入 PIN 碼。',
  en: 'This may be the last try; another wrong PIN may lock the card. To use it, tick the box and enter the PIN again.',
};

/** In the words of the domain; no portal is known here, so there is no pack to ask. */
export const noticeOf = (fault: CardFault, card: SeenCard): WindowNotice => {
  if (fault.code === 'PIN_LAST_TRY') return { text: lastTryText, lastTry: true };
  const { zh, en } = cardFaultText(fault, { kind: cardKindOf(card) ?? 'agency' });
  return { text: { zh, en }, lastTry: fault.code === 'PIN_WRONG' && fault.triesLeft === 1 };
};

export const cardChanged: WindowNotice = {
  text: {
    zh: '卡片已更換。請確認下方卡片後，重新輸入 PIN 碼。',
    en: 'The card was changed. Check the card below, then enter the PIN again.',
  },
  lastTry: false,
};

const holderOf = ({ signing }: SeenCard): string => {
  if (signing === undefined) return '';
  const facts = subjectFacts(signing);
  return E.isRight(facts) ? facts.right.displayName : signing.subject.text;
};

const choiceOf = ({ slotDescription, card }: SeenSlot): Bag =>
  card === undefined || isFault(card)
    ? { slotDescription, cardNumber: '', holder: '' }
    : { slotDescription, cardNumber: card.view.cardNumber ?? '', holder: holderOf(card) };

/** The answer that only the agent's own window gets; a page never sees it. */
export const askAnswer = (ask: Ask, site: TrustedOrigin | undefined, notice?: WindowNotice): Bag => ({
  func: 'askPin',
  ask: ask.id,
  origin: ask.origin,
  site: site?.name ?? '',
  choices: ask.choices.map(choiceOf),
  content: shownContent(ask.wanted.content),
  ...(ask.wanted.purposeName === undefined ? {} : { purposeName: shownName(ask.wanted.purposeName) }),
  ...(notice === undefined ? {} : { notice }),
});
