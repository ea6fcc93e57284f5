/**
 * Lines of the story.
 *
 * @packageDocumentation
 */
import {
  cardFaultText,
  gepiPolicy,
  printRocDate,
  type RenewalOffer,
  type RenewalView,
} from '@mandate/domain';
import type { Refusal } from './programme.js';

export type Line = (text?: string) => void;

/** Both texts of a refusal. */
export const textOf = (
  refusal: Refusal,
): { readonly code: string; readonly zh: string; readonly en: string } => {
  const { code } = refusal;
  if (refusal._tag === 'RegisterError') return { code, zh: refusal.zh, en: refusal.en };
  const { zh, en } = cardFaultText(refusal, { kind: 'citizen' }, gepiPolicy);
  return { code, zh, en };
};

const days = ({ from, to }: RenewalOffer['window']): string =>
  `${printRocDate(from, 'long')} 到 ${printRocDate(to, 'long')}`;

/** 請您確認要做憑證展期的資料 (MOICA-5). */
export const offerLines = (offer: RenewalOffer): ReadonlyArray<string> => [
  `可線上展期期間: ${days(offer.window)}`,
  `IC卡卡號: ${offer.cardNumber}`,
  `持有人姓名: ${offer.name}`,
  `原憑證有效期間: ${days(offer.original)}`,
  `憑證展期有效期間: ${days(offer.extended)}`,
];

/** 收執聯 (MOICA-15). */
export const receiptLines = (renewal: RenewalView): ReadonlyArray<string> => [
  `收執號碼: ${renewal.id}`,
  `完成時間: ${renewal.since}`,
  ...offerLines(renewal).slice(1),
  `原憑證序號: ${renewal.previous.serial}`,
  `新憑證序號: ${renewal.next?.serial ?? ''}`,
];
