/**
 * Texts of the document portal's screens beside those of its manual (DOC-1…12).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';
import { screenTexts } from './screen-texts.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const docScreenTexts = {
  ...screenTexts,
  'area.delegation': text('使用者憑證登記', "Users' certificates"),
  'area.business': text('公文簽核', 'Signing documents'),
  'field.agencyCode': text('機關代碼', 'Agency code'),
  'session.agency': text('機關代碼', 'Agency code'),
  'button.login': text('登入', 'Sign in'),
  'button.save': text('存檔', 'Save'),
  'button.readCard': text('讀取憑證', 'Read the card'),
  'screen.clerkAccount.title': text('承辦人員帳號與密碼', "The officer's account"),
  'screen.accountStep.title': text('登記桌帳號與密碼', 'Account of the registry desk'),
  'step.card.clerk': text('帳號確認', 'Account'),
  'step.card.officer': text('帳號確認', 'Account'),
  'step.work': text('使用者憑證登記', 'Register certificates'),
  'session.cards': text('登入人員', 'Signed in'),
  'home.credentials.text': text(
    '承辦人員登入後,新增自己的憑證並啟用;憑證展期後序號不同,須再登記一次。',
    'An officer signs in, adds the own card and makes it active. A renewed card has other serials and is registered again.',
  ),
  'home.registry.text': text(
    '登記桌可替所有承辦人員新增及修改。',
    'The registry desk adds and modifies for everybody.',
  ),
  'planner.card.clerk': text('電子識別證', 'Electronic ID card'),
  'credential.list.title': text('使用者憑證登記(瀏覽)', "Users' certificates"),
  'credential.add.title': text('使用者憑證登記[新增]', "Users' certificates: add"),
  'credential.change.title': text('使用者憑證登記[修改]', "Users' certificates: maintain"),
  'credential.all': text('共 {n} 筆', '{n} in all'),
  'credential.none': text('尚無登記資料。', 'Nothing is registered yet.'),
  'credential.typed': text('自行登打', 'typed by hand'),
  'credential.days': text('{from} 至 {to}', '{from} to {to}'),
  'credential.basic': text('基本資料', 'Basic data'),
  'credential.user.id': text('承辦人員身分證統一編號', "The officer's national ID number"),
  'credential.read.title': text('讀取卡片', 'Read the card'),
  'credential.read.hint': text(
    '請將卡片放入讀卡機,按「讀取憑證」,兩個憑證序號即自動帶入;讀取時無須輸入PIN碼。',
    'Put the card into the reader and press "Read the card": both serials are filled in. No PIN is asked.',
  ),
  'credential.read.script': text(
    '讀取卡片須開啟瀏覽器的 JavaScript 功能。自然人憑證可自行登打憑證序號。',
    'Reading a card needs JavaScript. The serials of a citizen certificate can be typed.',
  ),
  'credential.read.working': text(
    '請稍待, 可能需多點時間讀取卡片資料',
    'Reading the card; this may take a moment',
  ),
  'credential.read.done': text('已讀取憑證序號1及憑證序號2。', 'Both serials were read.'),
  'credential.read.half': text(
    '此卡片中沒有加密用憑證,無法登記。',
    'This card has no certificate for encryption and cannot be registered.',
  ),
  'credential.serial.hint': text(
    '32 位十六進位數字,或前面加 00 共 34 位;字母大小寫及空白不拘。',
    '32 hexadecimal digits, or 34 with 00 before them; either case, with or without spaces.',
  ),
  'credential.day.hint': text('民國年月日,例如 115/03/02。', 'For example 2026-03-02.'),
  'credential.others': text('這些登記將變更為不啟用(資料仍保留):', 'These go out and stay on the list:'),
  'credential.renewed.title': text('憑證展期後重新登記', 'Register a renewed card'),
  'credential.renewed.lead': text(
    '憑證展期後序號不同,須再登記一次。請將展期後的卡片放入讀卡機,讀取後核對下列資料,按一次「登記並啟用」即完成。',
    'A renewed card has other serials and is registered again. Put the card into the reader, check what is shown, and press once.',
  ),
  'credential.renewed.before': text('原登記', 'On record now'),
  'credential.renewed.now': text('展期後的憑證', 'The renewed certificate'),
  'credential.renewed.button': text('登記並啟用', 'Register and activate'),
  'credential.renewed.ordinary': text('改用一般新增', 'The ordinary form'),
  'credential.renewed.same': text(
    '卡片尚未展期,或展期後的憑證尚未寫入卡片。',
    'The card was not renewed, or the new certificate was not written to it.',
  ),
  'credential.renewed.none': text(
    '您尚無登記資料,請使用一般新增。',
    'Nothing of yours is registered yet; please use the ordinary form.',
  ),
  'credential.onlyDesk': text(
    '承辦人員可新增;修改請洽登記桌。',
    'Officers add; for a change please ask the registry desk.',
  ),
  // what happened
  'event.CredentialRegistered': text('登記憑證', 'Credential registered'),
  'event.CredentialActivated': text('憑證啟用', 'Credential made active'),
  'event.CredentialDeactivated': text('憑證不啟用', 'Credential made inactive'),
  'asOf.credentials': text('啟用中的憑證', 'Active credentials'),
  'diff.activated': text('已啟用的憑證', 'Made active'),
  'diff.deactivated': text('已不啟用的憑證', 'Made inactive'),
  'cause.byHand': text('由登記桌變更', 'by the registry desk'),
  'cause.otherActivated': text('啟用其他憑證', 'another one was made active'),
  'actor.staff': text('系統管理人員', 'Staff'),
  'staff.area': text('系統管理與稽核', 'Administration and audit'),
  'actor.clerk': text('承辦人員', 'Officer'),
  'actor.officer': text('登記桌', 'Registry desk'),
  'credential.done.added': text('完成登記。', 'Registered.'),
  'credential.done.changed': text('存檔完成。', 'Saved.'),
} as const satisfies Readonly<Record<string, Text>>;
