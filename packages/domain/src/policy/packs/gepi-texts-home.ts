/**
 * Texts of the way in: login gate, home page, menus, breadcrumbs, help (GEPI-1…11).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const gepiHomeTexts = {
  // names and the two areas (GEPI-1)
  'portal.name': text(
    '公教人員保險網路作業e系統',
    'Government Employee and School Staff Insurance Online Services',
  ),
  'area.business': text('要保機關網路作業', 'Services for insuring agencies'),
  'area.delegation': text('憑證註冊與指派作業', 'Certificate registration and delegation'),
  'area.login': text('要保機關網路作業登入畫面', 'Sign-in page of the services for insuring agencies'),
  'link.home': text('回首頁', 'Back to the home page'),
  'link.business': text('回要保機關作業', 'Back to agency services'),
  'link.insurance': text('回公保服務', 'Back to insurance services'),

  // login (GEPI-2, 3, 4)
  'login.title': text('要保機關網路作業', 'Services for insuring agencies'),
  'login.gate': text(
    '已完成機關註冊及授權之承辦人,請以要保機關代號及自然人憑證登入,尚未註冊或授權者請先辦理憑證註冊與指派作業',
    'Clerks of a registered agency who have been authorised sign in with the agency code and their citizen certificate. If the agency is not registered, or you are not authorised, please go to certificate registration and delegation first.',
  ),
  'login.agencyCode': text('要保機關代號(五碼):', 'Agency code (five characters):'),
  'login.pin': text('自然人憑證IC卡密碼(為PIN碼):', 'PIN of the citizen certificate card:'),
  'login.hours': text('開放時間7-24', 'Open 07:00–24:00'),
  'login.closedDays': text('除外日期', 'Closed on'),

  // system notes (GEPI-5)
  'system.title': text('系統設定須知', 'Setting up your computer'),
  'system.component': text('1.下載元件安裝檔', '1. Download the card component'),
  'system.manual': text('2.操作手冊', '2. User manual'),

  // breadcrumbs (GEPI-6)
  'crumb.home': text('首頁', 'Home'),
  'crumb.firstRegistration': text('首次註冊', 'First registration'),
  'crumb.delegation': text('指派作業', 'Delegation'),
  'crumb.delegationWork': text('授權指派作業', 'Delegation to clerks'),
  'crumb.replace': text('更換憑證', 'Replace certificates'),
  'crumb.query': text('查詢作業', 'Enquiries'),
  'crumb.terms': text('同意條款畫面', 'Terms of use'),

  // home cards (GEPI-7)
  'home.title': text('首頁', 'Home'),
  'home.firstRegistration.title': text('首次註冊', 'First registration'),
  'home.firstRegistration.text': text(
    '提供註冊作業畫面,先進行機關憑證相關資料之登錄、建檔,再進行授權管理人自然人憑證之登錄。',
    "Registers the agency's certificate first, then the manager's citizen certificate.",
  ),
  'home.delegation.title': text('授權指派', 'Delegation'),
  'home.delegation.text': text(
    '必須使用「機關憑證」及授權管理人「自然人憑證」才能進行授權作業,設定各經辦於系統之作業權限。',
    "Sets what each clerk may do. Needs the agency certificate and the manager's citizen certificate.",
  ),
  'home.replace.title': text('更換憑證', 'Replace certificates'),
  'home.replace.text': text(
    '提供更換「機關憑證」或授權管理人「自然人憑證」之作業功能。',
    "Replaces the agency certificate or the manager's citizen certificate.",
  ),
  'home.records.title': text('查詢憑證註冊收件記錄', 'Registration records'),
  'home.records.text': text(
    '提供憑證註冊、憑證更換,申請及審核情形之查詢功能。',
    'Shows applications for registration and replacement, and how their review stands.',
  ),
  'home.serial.title': text('查詢作業', 'Enquiries'),
  'home.serial.text': text(
    '提供自然人憑證序號查詢功能。',
    'Shows the serial number of a citizen certificate.',
  ),
  'home.oid.title': text('查詢作業', 'Enquiries'),
  'home.oid.text': text(
    '查詢機關憑證包括政府、工商、組織及團體及醫事 OID。',
    'Shows the OID of an agency certificate: government, business, organisation or medical.',
  ),

  // whom to ask (GEPI-8, 9, 26, 27)
  'help.title': text('服務窗口', 'Whom to ask'),
  'help.agencyCertificate.title': text('申請機關憑證', 'Applying for an agency certificate'),
  'help.agencyCertificate.text': text(
    '依投保單位之屬性,向發卡單位申請單位憑證。',
    'Apply to the certificate authority that serves your kind of organisation.',
  ),
  'help.citizenCertificate.title': text('申請自然人憑證', 'Applying for a citizen certificate'),
  'help.citizenCertificate.text': text(
    '要保機關之授權管理者及被指派之經辦人,須使用自然人憑證。',
    'The manager of an agency and the clerks whom the manager assigns use citizen certificates.',
  ),
  'help.phone': text('連絡電話', 'Phone'),
  'help.extension': text('分機', 'Extension'),
  'help.site': text('服務網址', 'Website'),
  'help.apply': text('憑證申請作業流程', 'How to apply'),
  'help.unlock': text('鎖卡解碼', 'Unlock a card'),
  'help.regions': text('服務地區', 'Regions'),

  // words that mean the same (GEPI-11)
  'term.manager': text('授權管理者', 'manager'),
  'term.manager.synonym': text('授權管理人', 'manager'),
  'term.clerk': text('經辦人', 'clerk'),
  'term.clerk.synonym': text('承辦人', 'clerk'),
  'term.agencyCertificate': text('機關憑證', 'agency certificate'),
  'term.agencyCertificate.synonym': text('單位憑證', 'agency certificate'),
} satisfies Readonly<Record<string, Text>>;
