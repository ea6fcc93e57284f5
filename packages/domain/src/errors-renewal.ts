/**
 * Texts for the life of a card: opened, extended, replaced; part of the one table of `errors.ts`.
 *
 * @packageDocumentation
 */
import type { ErrorEntry } from './errors-entry.js';

const later = (helper: ErrorEntry['helper'], zh: string, en: string): ErrorEntry => ({
  zh,
  en,
  status: 409,
  helper,
});
const unusable = (zh: string, en: string): ErrorEntry => ({ zh, en, status: 403, helper: 'issuingCa' });

export const renewalErrors = {
  RENEWAL_NOT_OFFERED: later(
    'issuingCa',
    '此類憑證不提供線上展期,請向發卡單位申請換發。',
    'Certificates of this kind are not extended; please apply for a new card with its issuer.',
  ),
  RENEWAL_TOO_EARLY: later(
    'none',
    '尚未到可線上展期期間,請於可線上展期期間內辦理。',
    'The period in which this certificate can be extended has not begun.',
  ),
  RENEWAL_TOO_LATE: later(
    'issuingCa',
    '已逾可線上展期期間,請重新申請憑證。',
    'The period in which this certificate could be extended is over; please apply for a new card.',
  ),
  RENEWAL_ALREADY_USED: later(
    'issuingCa',
    '此張憑證已辦理過展期,展期以一次為限,請申請換發新卡。',
    'This card was extended before, which is possible once; please apply for a new card.',
  ),
  RENEWAL_MAXIMUM_REACHED: later(
    'issuingCa',
    '此張憑證已達最長有效期間,不得再行展期,請申請換發新卡。',
    'This certificate has reached its longest validity and cannot be extended; please apply for a new card.',
  ),
  RENEWAL_NOT_FOUND: {
    zh: '查無此展期作業,請重新讀取IC卡。',
    en: 'There is no such renewal; please read the card again.',
    status: 404,
    helper: 'none',
  },
  RENEWAL_UNDER_WAY: later(
    'none',
    '此張IC卡已有進行中的展期作業,請接續辦理。',
    'A renewal of this card is under way; please go on with it.',
  ),
  RENEWAL_OUT_OF_STEP: later(
    'none',
    '展期作業的進度已變更,請依目前步驟辦理。',
    'The renewal has come to another step; please go on from there.',
  ),
  RENEWAL_OTHER_CARD: later(
    'none',
    '讀卡機中的IC卡與申請展期的IC卡不同,請放入申請展期的IC卡。',
    'The card in the reader is not the one whose renewal was begun; please put that one in.',
  ),
  RENEWAL_SUBMITTED: later(
    'none',
    '展期申請已送出至憑證管理中心,無法取消,請繼續完成展期。',
    'The request has gone to the certificate authority and cannot be cancelled; please go on to the end.',
  ),
  RENEWAL_WRITE_UNCONFIRMED: later(
    'none',
    '上次寫入IC卡未經確認,請放入同一張IC卡讀取確認;確認前請勿重新寫入。',
    'The last write was begun and not confirmed. Please put the same card in and have it read; do not write again before.',
  ),
  RENEWAL_ISSUED_OTHER_KEY: later(
    'issuingCa',
    '憑證管理中心簽發的憑證與IC卡金鑰不符,未寫入IC卡。',
    'The certificate that came is not for the key of this card; nothing was written.',
  ),
  RENEWAL_ISSUED_OTHER_SUBJECT: later(
    'issuingCa',
    '憑證管理中心簽發的憑證與持有人資料不符,未寫入IC卡。',
    'The certificate that came is not for the holder of this card; nothing was written.',
  ),
  RENEWAL_ISSUED_OTHER_VALIDITY: later(
    'issuingCa',
    '憑證管理中心簽發的憑證有效期間與應展期之期間不符,未寫入IC卡。',
    'The certificate that came has another validity than the renewal gives; nothing was written.',
  ),
  RENEWAL_ISSUED_OTHER_USE: later(
    'issuingCa',
    '憑證管理中心簽發的憑證用途與原憑證不符,未寫入IC卡。',
    'The certificate that came is for another use than the one before; nothing was written.',
  ),
  RENEWAL_ISSUED_SAME_SERIAL: later(
    'issuingCa',
    '憑證管理中心簽發的憑證序號與原憑證相同,未寫入IC卡。',
    'The certificate that came has the serial number of the one before; nothing was written.',
  ),
  CA_UNAVAILABLE: {
    zh: '憑證管理中心暫時無法連線,您的申請已保留,請稍後再繼續。',
    en: 'The certificate authority cannot be reached; your request is kept. Please go on later.',
    status: 503,
    helper: 'issuingCa',
  },
  BIRTH_DATE_IMPOSSIBLE: {
    zh: '出生年月日有誤,請重新選擇。',
    en: 'This cannot be the date of birth; please choose it again.',
    status: 422,
    helper: 'none',
  },
  CARD_ACTIVATION_OVERDUE: unusable(
    'IC卡未於期限內完成開卡程序,憑證已停用,請洽發卡單位。',
    'The card was not opened in time and is suspended; please call its issuer.',
  ),
  CERTIFICATE_SUPERSEDED: unusable(
    '此張憑證已展期或換發新卡,請使用展期後之憑證或新卡。',
    'This certificate was extended, or a new card was issued; please use the new one.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
