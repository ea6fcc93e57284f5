/**
 * Texts of the work at the screen that no manual has words for: what to bring, lists and their forms, receipts. A pack takes
 * them as they are, or puts its own in their place.
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const workTexts = {
  // the left column beyond the purposes
  'more.title': text('其他服務', 'More'),
  'more.needsCards': text(
    '本頁顯示貴機關的資料,須先以機關憑證及授權管理者自然人憑證完成確認。',
    "This page shows your agency's own records. Please confirm the agency certificate and the manager's citizen certificate first.",
  ),
  'more.confirmCards': text('前往確認憑證', 'Confirm the certificates'),

  // planner (GEPI-44, 45)
  'planner.menu': text('憑證更換指引', 'What to bring'),
  'planner.question': text('哪些憑證已更換或展期?', 'Whose certificate was replaced or renewed?'),
  'planner.several': text('可複選。', 'Tick all that apply.'),
  'planner.managerIsClerk': text(
    '授權管理者兼任經辦人(同一張卡)',
    'The manager is a clerk too (the same card)',
  ),
  'planner.ask': text('查看應辦事項', 'Show what to do'),
  'planner.none': text('請至少勾選一項。', 'Please tick at least one.'),
  'planner.noRow': text(
    '此情形請洽服務窗口辦理。',
    'Please call the helpdesk: the portal has no operation for this.',
  ),
  'planner.bring': text('請備妥', 'Have these ready'),
  'planner.order': text('請依序辦理', 'Do this, in this order'),
  'planner.go': text('前往辦理', 'Go there'),

  // records (GEPI-50, 51)
  'records.of': text('收件紀錄', 'Records'),
  'records.newManager': text('授權管理者換人', 'New manager'),
  'records.used': text('審核通過,已辦理完成', 'Approved, and completed since'),
  'records.superseded': text('已由後續申請取代', 'Replaced by a later application'),
  'records.validFrom': text('可辦理起日', 'May be completed from'),

  // the tree of functions (GEPI-36)
  'tree.all': text('全部:', 'All: '),
  'tree.count': text('已勾選 {n} 項', '{n} ticked'),
  'tree.gone': text('已不在現行功能選單', 'No longer on the menu'),
  'tree.gone.hint': text(
    '下列功能已自選單移除:可保留,取消勾選後即無法再指派。',
    'These have left the menu. They may be kept; once unticked they cannot be given again.',
  ),
  'tree.new': text('新功能', 'new'),

  // clerks (GEPI-32…43)
  'clerks.serial': text('憑證序號', 'Serial number'),
  'clerks.forgotten': text('(資料已刪除)', '(deleted)'),
  'clerks.typed': text('自行輸入,尚未經卡片驗證', 'typed by hand; no card has shown it yet'),
  'clerks.functions': text('{n} 項功能', '{n} functions'),
  'clerks.all': text('經辦人共 {n} 人', '{n} clerks'),
  'clerk.read.title': text('讀取經辦人憑證', "Read the clerk's card"),
  'clerk.read.script': text(
    '讀取憑證須開啟瀏覽器的 JavaScript 功能;亦可於下方自行輸入憑證序號。',
    'Reading a card needs JavaScript. The serial number can be typed below instead.',
  ),
  'clerk.read.working': text('讀取卡片中…', 'Reading the card…'),
  'clerk.read.done': text(
    '已讀取憑證,請核對憑證序號及姓名,並輸入身分證統一編號。',
    'The card was read. Please check serial number and name, and type the national ID number.',
  ),
  'clerk.read.which': text(
    '讀卡機中有多張卡片,請選擇經辦人的卡片:',
    "There are several cards; please choose the clerk's:",
  ),
  'clerk.old': text('目前登記', 'On record'),
  'clerk.deleting': text('將刪除下列經辦人及其全部權限:', 'This clerk and all permissions will be deleted:'),
  'clerk.delete.sure': text('確定刪除', 'Delete'),

  // functions that nobody has
  'unassigned.title': text('尚未指派的功能', 'Functions that nobody has'),
  'unassigned.fresh': text('新功能尚未指派', 'New functions that nobody has yet'),
  'unassigned.text': text(
    '下列功能尚未指派給任何經辦人;新功能須由授權管理者指派後方可使用。',
    'No clerk has these functions. A new function reaches nobody until the manager assigns it.',
  ),
  'unassigned.none': text('所有功能皆已指派。', 'Every function is held by somebody.'),
  'unassigned.function': text('功能', 'Function'),
  'unassigned.since': text('選單版本', 'On the menu since version'),
  'unassigned.assign': text('指派給經辦人', 'Assign it to a clerk'),

  // what changed (receipts, history)
  'change.number': text('作業編號', 'Number'),
  'change.recordedAt': text('登記時間', 'Recorded'),
  'change.effectiveAt': text('生效時間', 'In force from'),
  'change.kind': text('異動情形', 'What changed'),
  'change.by': text('辦理人', 'By'),
  'change.clerk': text('經辦人', 'Clerk'),
  'change.granted': text('新增權限', 'Granted'),
  'change.revoked': text('取消權限', 'Taken away'),
  'change.from': text('原憑證序號', 'Serial before'),
  'change.to': text('新憑證序號', 'Serial now'),
  'change.catalogue': text('功能選單版本', 'Version of the menu'),
  'change.terms': text('用戶約定條款版本', 'Version of the terms'),
  'receipt.of': text('收執聯', 'Receipt'),
  'receipt.show': text('檢視及列印收執聯', 'Show and print the receipt'),
  'receipt.unknown': text('查無此作業。', 'There is no such operation.'),
  'receipt.samePerson': text('同一人換發或展期憑證', 'The same person, with a new certificate'),
  'receipt.newManager': text('更換授權管理者', 'A new manager was appointed'),

  // copying (GEPI-35, 53)
  'button.copy': text('複製', 'Copy'),
  'copy.done': text('已複製', 'Copied'),

  // log-in and business (GEPI-1…3)
  'business.who': text('登入經辦人', 'Signed in'),
  'business.functions': text('可使用之功能', 'Functions that you may use'),
  'business.open': text('進入', 'Open'),
  'business.may': text('可使用', 'Allowed'),
  'business.mayNot': text('不可使用', 'Not allowed'),
  'business.why': text('說明', 'Why'),
  'business.nothing': text(
    '業務功能不在本示範範圍內;此處顯示系統查詢授權登記簿所得之答覆。',
    'The business itself is not part of this demonstration; what is shown is the answer of the register.',
  ),
  'business.denied.title': text('無法登入', 'You cannot sign in'),
} satisfies Readonly<Record<string, Text>>;
