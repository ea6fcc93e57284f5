/**
 * What a fault of a card says where no pack has words of its own.
 *
 * @packageDocumentation
 */
import type { Text } from '../policy/policy.js';
import type { CardFault } from '../ports/card-reader.js';

const text = (zh: string, en: string): Text => ({ zh, en });

/** Faults whose text does not depend on whose card it is. */
export const faultTexts: Readonly<Record<Exclude<CardFault['code'], 'PIN_WRONG' | 'PIN_LOCKED'>, Text>> = {
  NO_PCSC: text(
    '此電腦的智慧卡服務未啟動,請確認後再試。',
    'The smart card service of this computer does not run.',
  ),
  NO_READER: text('找不到讀卡機,請確認讀卡機已接妥。', 'No card reader was found; is it plugged in?'),
  NO_CARD: text('讀卡機內沒有IC卡,請將IC卡放入讀卡機。', 'There is no card in the reader; please put it in.'),
  PIN_FORMAT: text(
    'PIN碼長度或字元不符,尚未送入IC卡,不計入錯誤次數。',
    'The PIN has not the length or characters that the card takes. The card was not asked, and no try was used.',
  ),
  PIN_LAST_TRY: text(
    'PIN碼可能只剩最後1次機會,再錯可能鎖卡。確定要使用,請再確認一次。',
    'This may be the last try; another wrong PIN may lock the card. To use it, confirm it once more.',
  ),
  CARD_REMOVED: text(
    '作業中IC卡已被取出,請重新放入後再試。',
    'The card was taken out; put it in again and retry.',
  ),
  CARD_BUSY: text(
    'IC卡正由其他程式使用中,請關閉其他程式後再試。',
    'Another program is using the card; close it and retry.',
  ),
  CARD_UNKNOWN: text('無法辨識此卡片。', 'This card is not known here.'),
  SIGNING_UNSUPPORTED: text('此卡片無法在此進行簽章。', 'This card cannot sign here.'),
  WRITE_UNSUPPORTED: text(
    '此張IC卡的寫入指令未公開,無法在此寫入憑證,卡片未變更。',
    'How this card is written is not public, so no certificate can be written to it here; it is unchanged.',
  ),
  WRITE_UNCONFIRMED: text(
    '寫入IC卡未能確認結果,請放入同一張IC卡讀取確認,確認前請勿作其他使用。',
    'A write to the card was begun, and what came of it is not known. Put the same card in and have it read before any other use.',
  ),
  TIMEOUT: text(
    'IC卡未在時限內回應,請重新放入後再試。',
    'The card did not answer in time; put it in again and retry.',
  ),
  CARD_FAULT: text(
    'IC卡回應異常,請重新放入後再試。',
    'The card answered wrongly; put it in again and retry.',
  ),
  CANCELLED: text('已取消。', 'Cancelled.'),
};

/** The wrong PIN, when the card does not say how many tries are left. */
export const wrongPin = text('PIN碼錯誤。', 'Wrong PIN.');

const counts = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** The wrong PIN with its tries; the last one with its warning (GEPI-17, GEPI-19). */
export const wrongPinWith = (triesLeft: number): Text => {
  const word = counts[triesLeft] ?? String(triesLeft);
  const left = text(
    `PIN碼錯誤,尚可再試${triesLeft}次。`,
    `Wrong PIN; ${word} ${triesLeft === 1 ? 'try' : 'tries'} left.`,
  );
  return triesLeft === 1
    ? text(`${left.zh}再輸入錯誤即鎖卡。`, `${left.en} Another wrong PIN locks the card.`)
    : left;
};
