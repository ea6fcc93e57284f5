/**
 * What can go wrong between a page and a card, in classes that a person can do something about, with their texts.
 *
 * @packageDocumentation
 */

import { type CardKind, lockedText, wrongPin, wrongPinWith } from './pin-texts.js';

/** One class for each different thing to do next. */
export type HipkiFaultKind =
  | 'not-installed'
  | 'popup-blocked'
  | 'untrusted-site'
  | 'too-old'
  | 'no-reader'
  /** There may be readers, but not the one that was named. */
  | 'reader-unknown'
  | 'no-card'
  | 'wrong-card'
  | 'card-unknown'
  | 'pin-missing'
  | 'pin-format'
  | 'pin-wrong'
  | 'pin-locked'
  | 'cancelled'
  | 'certificate-not-yet-valid'
  | 'certificate-expired'
  | 'timed-out'
  | 'busy'
  | 'unsupported'
  /** The page asked for something that makes no sense. */
  | 'bad-request'
  /** What answered did not speak the protocol. */
  | 'bad-answer'
  /** Any other code of the component. */
  | 'component';

export interface HipkiFault {
  readonly _tag: 'HipkiFault';
  readonly kind: HipkiFaultKind;
  /** PIN tries left, where the component says so. */
  readonly triesLeft?: number;
  /** Whose card it is, where the component says so: ours does, of a PIN that was wrong and of a locked card. */
  readonly cardKind?: CardKind;
  /** Codes of the component as unsigned numbers, for the helpdesk. */
  readonly retCode?: number;
  readonly lastError?: number;
}

export const hipkiFault = (
  kind: HipkiFaultKind,
  more: Omit<HipkiFault, '_tag' | 'kind'> = {},
): HipkiFault => ({ _tag: 'HipkiFault', kind, ...more });

/** A sentence in both languages; the page shows `zh` first. */
export interface HipkiText {
  readonly zh: string;
  readonly en: string;
}

const t = (zh: string, en: string): HipkiText => ({ zh, en });

const texts: Readonly<Record<Exclude<HipkiFaultKind, 'pin-wrong' | 'pin-locked'>, HipkiText>> = {
  'not-installed': t(
    '找不到讀卡元件。請確認已安裝並啟動後再試一次。',
    'The card component does not answer. Install and start it, then try again.',
  ),
  'popup-blocked': t(
    '瀏覽器封鎖了彈出視窗。請允許本網站開啟彈出視窗後再試一次。',
    'The browser blocked the window. Allow windows for this site, then try again.',
  ),
  'untrusted-site': t(
    '讀卡元件不信任本網站。請洽本網站的服務窗口。',
    'The card component does not trust this site. Please tell the site’s helpdesk.',
  ),
  'too-old': t('讀卡元件版本過舊，請更新。', 'The card component is too old; please update it.'),
  'no-reader': t('找不到讀卡機。請接上讀卡機。', 'No card reader was found. Please connect one.'),
  'reader-unknown': t(
    '找不到指定的讀卡機。請確認讀卡機已接上，或重新選擇。',
    'The reader that was asked for is not there. Connect it, or choose another.',
  ),
  'no-card': t('找不到卡片。請插入卡片。', 'No card was found. Please insert the card.'),
  'wrong-card': t(
    '插入的不是所需的卡片，請更換卡片。',
    'This is not the card that is needed; please change it.',
  ),
  'card-unknown': t('無法辨識此卡片。', 'This card is not known.'),
  'pin-missing': t('尚未輸入 PIN 碼。', 'The PIN was not entered.'),
  'pin-format': t(
    'PIN 碼為 6 至 8 碼半形英數字；未送至卡片。',
    'A PIN has 6 to 8 plain letters or digits; this one was not sent to the card.',
  ),
  cancelled: t('已取消。', 'Cancelled.'),
  'certificate-not-yet-valid': t('憑證尚未生效。', 'The certificate is not valid yet.'),
  'certificate-expired': t('憑證已過期。請辦理展期或換卡。', 'The certificate has expired; please renew it.'),
  'timed-out': t('作業逾時，請再試一次。', 'It took too long; please try again.'),
  busy: t('讀卡機正由其他程式使用，請稍後再試。', 'Another program uses the reader; please try again later.'),
  unsupported: t(
    '不支援此項作業，或找不到讀卡機與卡片。',
    'Not supported here, or the reader or the card is missing.',
  ),
  'bad-request': t(
    '網站送出的資料有誤。請洽本網站的服務窗口。',
    'The site sent something wrong. Please tell the site’s helpdesk.',
  ),
  'bad-answer': t('讀卡元件的回應無法辨識。', 'The answer of the card component cannot be read.'),
  component: t('讀卡元件發生錯誤。', 'The card component failed.'),
};

/** What the component says of a PIN that this page sent it: nobody here knows whether the card was shown it. */
const formatRefused = t(
  'PIN 碼長度或字元不符（應為 6 至 8 碼半形英數字）。是否計入錯誤次數，讀卡元件未說明。',
  'The PIN was not accepted: it has 6 to 8 plain letters or digits. The component does not say whether it was counted as wrong.',
);

const textOf = (fault: HipkiFault, expected: CardKind | undefined): HipkiText => {
  const { kind, triesLeft, retCode, cardKind = expected } = fault;
  if (kind === 'pin-locked' || (kind === 'pin-wrong' && triesLeft === 0)) return lockedText(cardKind);
  if (kind === 'pin-wrong') return triesLeft === undefined ? wrongPin : wrongPinWith(triesLeft);
  return kind === 'pin-format' && retCode !== undefined ? formatRefused : texts[kind];
};

const hex = (code: number): string => `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;

const codes = ({ kind, retCode, lastError }: HipkiFault): string =>
  kind !== 'component' || retCode === undefined
    ? ''
    : ` (${[retCode, ...(lastError ? [lastError] : [])].map(hex).join(', ')})`;

/**
 * What to tell the person. `expected`: whose card the page asked for, which decides who unlocks it (GEPI-17, GEPI-19, NHI-20,
 * NHI-21); what the component says of the card that is there counts before it. A portal has words of its own: `cardFaultText` of
 * the domain.
 */
export const hipkiFaultText = (fault: HipkiFault, expected?: CardKind): HipkiText => {
  const { zh, en } = textOf(fault, expected);
  return { zh: `${zh}${codes(fault)}`, en: `${en}${codes(fault)}` };
};
