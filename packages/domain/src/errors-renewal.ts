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
  CARD_ACTIVATION_OVERDUE: unusable(
    'IC卡未於期限內完成開卡程序,憑證已停用,請洽發卡單位。',
    'The card was not opened in time and is suspended; please call its issuer.',
  ),
  CERTIFICATE_SUPERSEDED: unusable(
    '此張憑證已展期或換發新卡,請使用展期後之憑證或新卡。',
    'This certificate was extended, or a new card was issued; please use the new one.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
