/**
 * eCPA's history and its staff's pages in its own words: 認證 of the agency's certificate, 授權 of people (ECPA-2…6).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const ecpaHistoryTexts = {
  'history.lead': text(
    '貴機關的憑證認證與應用系統授權異動,逐筆記錄,不會變更。',
    'Every change of the certificate and of who may use which system, as it was recorded.',
  ),
  'history.whose': text('獲授權人員', 'Person'),
  'event.AgencyRegistered': text('完成機關憑證認證', 'Certificate bound'),
  'event.OfficerBound': text('機關憑證與人事人員帳號綁定', "Tied to the HR officer's account"),
  'event.AgencyDeregistered': text('終止機關憑證認證', 'Certificate unbound'),
  'event.CertificateReplaced.agency': text('重新認證機關憑證', 'New certificate bound'),
  'event.ClerkAuthorized': text('授權人員使用應用系統', 'Person let in'),
  'event.HistoryImported': text('匯入獲授權人員', 'Person imported'),
  'event.ClerkPermissionsChanged': text('變更應用系統授權', 'Application systems changed'),
  'event.ClerkRevoked': text('取消人員授權', 'Person let out'),
  'event.ClerkDetailsChanged': text('變更獲授權人員資料', "Person's name or ID changed"),
  'event.ClerkCredentialProved': text('獲授權人員帳號經驗證', 'Account shown for the first time'),
  'cause.deleted': text('由機關取消', 'taken away by the agency'),
  'actor.clerk': text('獲授權人員', 'Person let in'),
  'actor.officer': text('人事人員', 'HR officer'),
  'actor.staff': text('系統管理人員', 'Staff'),
  'asOf.noClerks': text('當日沒有獲授權人員。', 'Nobody had been let in then.'),
  'diff.joined': text('新獲授權的人員', 'People who came'),
  'diff.left': text('取消授權的人員', 'People who left'),
  'change.clerk': text('獲授權人員', 'Person'),
  'clerks.all': text('獲授權人員共 {n} 人', '{n} people'),
  'more.needsCards': text(
    '本頁顯示貴機關的資料,須先以機關憑證登入。',
    "This page shows your agency's own records. Please sign in with its certificate first.",
  ),
  'clerk.read.title': text('讀取獲授權人員憑證', 'Read the card'),
  'clerk.read.which': text(
    '讀卡機中有多張卡片,請選擇獲授權人員的卡片:',
    'There are several cards; please choose:',
  ),
  'clerk.deleting': text('將取消下列人員的全部授權:', 'Everything will be taken from this person:'),
  'unassigned.text': text(
    '下列權限尚未授予任何人員;新權限須由機關授權後方可使用。',
    'Nobody has these functions. A new function reaches nobody until the agency grants it.',
  ),
  'unassigned.assign': text('指派給獲授權人員', 'Assign it'),
  'business.who': text('登入獲授權人員', 'Signed in'),
  'deed.menu.told': text(
    '公布第 {n} 版,共 {count} 項功能。新功能不會自動指派予任何獲授權人員。',
    'Version {n} will be published, with {count} functions. Nobody gets a new function by itself.',
  ),
  'event.CertificateReplaced.clerk': text('更換獲授權人員憑證', "Person's credential replaced"),
  // staff
  'staff.area': text('eCPA 系統管理', 'Staff'),
  'staff.role.reviewer': text('複核', 'checks'),
  'staff.reviews': text('憑證審核案件', 'Reviews of certificates'),
  'staff.agency.text': text(
    '認證及授權歷程、暫停與恢復、終止認證。',
    'History, suspension and reopening, unbinding the certificate.',
  ),
  'agency.suspend.text': text(
    '暫停後,機關及其獲授權人員均不得使用應用系統,至恢復使用為止;授權資料仍予保留。',
    'Until it is opened again nobody of the agency can use the application systems; who may do what is kept.',
  ),
  'agency.reopen.text': text(
    '恢復後,機關及其獲授權人員得以原憑證、帳號及授權繼續使用。',
    'Afterwards the agency and its people can go on as before, with the same certificate, accounts and systems.',
  ),
  'deed.deregister': text('終止機關憑證認證', "Unbind the agency's certificate"),
  'deed.deregister.text': text(
    '終止後,機關及其獲授權人員均不得再使用應用系統;歷程仍予保留。機關得重新辦理機關憑證認證作業。',
    'Afterwards nobody of the agency can use the application systems; the history is kept. The agency may bind its certificate anew.',
  ),
} as const satisfies Readonly<Record<string, Text>>;
