/**
 * Wrong PINs and locked cards, word for word as `cardFaultText` of the domain has them where no portal has words of its own; a
 * test compares the two. They stand here again because this folder runs in a page as it is.
 *
 * @packageDocumentation
 */
import type { HeldCard, Text } from '@mandate/domain';

/** Whose card it is, which decides who unlocks it. */
export type CardKind = HeldCard['kind'];

export const isCardKind = (value: unknown): value is CardKind => value === 'citizen' || value === 'agency';

export const wrongPin: Text = { zh: 'PIN碼錯誤。', en: 'Wrong PIN.' };

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** With the tries that are left; the last one with its warning (GEPI-17, GEPI-19). */
export const wrongPinWith = (triesLeft: number): Text => {
  const zh = `PIN碼錯誤,尚可再試${triesLeft}次。`;
  const word = counts[triesLeft] ?? String(triesLeft);
  const en = `Wrong PIN; ${word} ${triesLeft === 1 ? 'try' : 'tries'} left.`;
  return triesLeft === 1
    ? { zh: `${zh}再輸入錯誤即鎖卡。`, en: `${en} Another wrong PIN locks the card.` }
    : { zh, en };
};

const locked: Readonly<Record<CardKind, Text>> = {
  citizen: {
    zh: '自然人憑證IC卡PIN碼輸入錯誤達次數上限,已鎖卡,請至內政部憑證管理中心『憑證作業』『鎖卡解碼』或各戶政事務所辦理解碼或重設密碼。',
    en: 'Too many wrong PINs have locked the citizen card; have it unlocked or set a new PIN at MOICA or at any household registration office.',
  },
  agency: {
    zh: '單位憑證IC卡PIN碼輸入錯誤達次數上限,已鎖卡,請向各發卡之管理中心詢問。',
    en: 'Too many wrong PINs have locked the card; please ask the certificate authority that issued it.',
  },
};

/** Where it is not known whose card it is, both are said. */
const lockedUnknown: Text = {
  zh: 'IC卡PIN碼輸入錯誤達次數上限,已鎖卡。自然人憑證請至內政部憑證管理中心『憑證作業』『鎖卡解碼』或各戶政事務所辦理,其他憑證請向各發卡之管理中心詢問。',
  en: 'Too many wrong PINs have locked the card. A citizen card is unlocked at MOICA or at any household registration office; of any other card ask the certificate authority that issued it.',
};

/** A locked card (GEPI-17, GEPI-19, NHI-20, NHI-21). */
export const lockedText = (kind: CardKind | undefined): Text =>
  kind === undefined ? lockedUnknown : locked[kind];
