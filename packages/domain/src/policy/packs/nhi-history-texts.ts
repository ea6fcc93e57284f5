/**
 * NHI's history and its staff's pages in the words of its Q&A: units, 承辦人員, 註銷, 洽詢承辦人; there is no manager (NHI-16…19).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const nhiHistoryTexts = {
  'history.lead': text(
    '單位的註冊、指派與憑證異動,逐筆記錄,不會變更;註銷後重新註冊,歷程仍接續。',
    'Every change of registration, assignment and certificates as it was recorded; it goes on where a unit registers anew.',
  ),
  'history.title': text('指派歷程', 'History of assignments'),
  'history.whose': text('承辦人員', 'Clerk'),
  'event.AgencyRegistered': text('單位註冊', 'Unit registered'),
  'event.AgencySuspended': text('單位暫時關閉', 'Unit closed for the time being'),
  'event.AgencyReopened': text('單位重新開啟', 'Unit opened again'),
  'event.AgencyDeregistered': text('註銷帳號', "Unit's account ended"),
  'event.CertificateReplaced.agency': text('單位憑證變更', "Unit's certificate replaced"),
  'event.CertificateReplaced.clerk': text('承辦人員憑證更換', "Clerk's certificate replaced"),
  'event.ClerkAuthorized': text('新增承辦人員', 'Clerk assigned'),
  'event.HistoryImported': text('匯入承辦人員', 'Clerk imported'),
  'event.ClerkPermissionsChanged': text('變更承辦人員權限', "Clerk's permission changed"),
  'event.ClerkRevoked': text('刪除承辦人員', 'Clerk deleted'),
  'event.ClerkDetailsChanged': text('變更承辦人員資料', "Clerk's name or ID changed"),
  'event.ClerkCredentialProved': text('承辦人員憑證經卡片驗證', "Clerk's card shown for the first time"),
  'event.AgencyDataChanged': text('基本資料變更(不需證明文件)', 'Data changed without proof'),
  'event.AgencyDataChangeRequested': text(
    '基本資料變更申請(需證明文件)',
    'Change of data asked for, with proof',
  ),
  'event.AgencyDataChangeDecided': text('基本資料變更審核', 'Change of data decided'),
  'cause.deleted': text('由單位刪除', 'deleted by the unit'),
  'actor.agency': text('單位', 'The unit'),
  'actor.clerk': text('承辦人員', 'Clerk'),
  'actor.staff': text('本組承辦人', 'Staff'),
  'asOf.state': text('單位狀態', 'State of the unit'),
  'asOf.noClerks': text('當日沒有承辦人員。', 'There were no clerks then.'),
  'state.suspended': text('暫時關閉', 'Closed for the time being'),
  'state.deregistered': text('已註銷', 'Account ended'),
  'diff.joined': text('新增的承辦人員', 'Clerks who came'),
  'diff.left': text('離開的承辦人員', 'Clerks who left'),
  'diff.agency': text('單位', 'Unit'),
  'forecast.lead': text(
    '未來 {n} 日內,若不辦理更換,下列人員將無法登入。',
    'Who will be locked out in the next {n} days if nothing is done.',
  ),
  'forecast.all': text('單位', 'Unit'),
  'change.clerk': text('承辦人員', 'Clerk'),
  'clerks.all': text('承辦人員共 {n} 人', '{n} clerks'),
  'panel.agencyCertificate': text('單位憑證(負責人健保卡)', "Unit's certificate or health card"),
  'more.needsCards': text(
    '本頁顯示單位的資料,須先以單位憑證或負責人健保卡登入。',
    "This page shows the unit's own records. Please sign in as the unit first.",
  ),
  'clerk.read.title': text('讀取承辦人員憑證', 'Read the card'),
  'clerk.read.which': text(
    '讀卡機中有多張卡片,請選擇承辦人員的卡片:',
    'There are several cards; please choose:',
  ),
  'clerk.deleting': text('將刪除下列承辦人員及其權限:', 'This clerk and the permission will be deleted:'),
  'unassigned.text': text(
    '下列功能尚未指派給任何承辦人員;新功能須由單位指派後方可使用。',
    'No clerk has these functions. A new function reaches nobody until the unit assigns it.',
  ),
  'unassigned.assign': text('指派給承辦人員', 'Assign it'),
  'business.who': text('登入承辦人員', 'Signed in'),
  'deed.menu.told': text(
    '公布第 {n} 版,共 {count} 項功能。新功能不會自動指派予任何承辦人員。',
    'Version {n} will be published, with {count} functions. Nobody gets a new function by itself.',
  ),
  // staff
  'staff.area': text('健保署承辦人員作業', 'Staff'),
  'staff.role.reviewer': text('資料變更審核', 'decides changes'),
  'staff.role.operator': text('帳號管理', 'accounts of units'),
  'staff.reviews': text('憑證審核案件', 'Reviews of certificates'),
  'staff.agency': text('查詢投保單位', 'Look up a unit'),
  'staff.agency.text': text(
    '指派歷程、基本資料變更申請、暫時關閉與重新開啟、註銷帳號。',
    'Assignments, requests for changes, closing and opening, ending the account.',
  ),
  'staff.forecast': text('全部單位到期預報', 'Forecast of all units'),
  'agency.suspend': text('暫時關閉', 'Close for the time being'),
  'agency.reopen': text('重新開啟', 'Open again'),
  'agency.suspend.text': text(
    '關閉後,單位及其承辦人員登入時顯示「洽詢承辦人」,至重新開啟之隔天為止;指派資料仍予保留。',
    'Unit and clerks are told to call until the day after it is opened again; who may do what is kept.',
  ),
  'agency.now': text('單位目前狀態', 'State now'),
  'agency.unknown': text('查無此單位的紀錄。', 'Nothing is recorded of this unit.'),
  'deed.deregister': text('註銷多憑證帳號', "End the unit's account"),
  'deed.deregister.text': text(
    '註銷後,單位及其承辦人員均不得再使用本系統;歷程仍予保留。單位得以另一類憑證重新註冊,並重新指派承辦人員。',
    'Neither the unit nor its clerks can use the system; the history is kept. The unit may register anew with another kind of credential, and assigns its clerks anew.',
  ),
} as const satisfies Readonly<Record<string, Text>>;
